import { Drawer, Group } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  size?: string;
  position?: 'right' | 'bottom';
  children: ReactNode;
}

/** Dialog at the side of the page. Its head is no `header` element, which would be a second banner of the page. */
export function SidePanel({ title, opened, onClose, size = 'lg', position = 'right', children }: Props) {
  return (
    <Drawer.Root opened={opened} onClose={onClose} size={size} position={position}>
      <Drawer.Overlay />
      <Drawer.Content>
        <Group justify="space-between" wrap="nowrap" p="md">
          <Drawer.Title fz="h2" fw={650}>
            {title}
          </Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </Group>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
