import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A modal; render it also while it is closed: so it gives the focus back to the button that opened it. */
export function Dialog({ title, opened, onClose, children }: Props) {
  const isNarrow = useMediaQuery('(max-width: 36em)');
  return (
    <Modal.Root opened={opened} onClose={onClose} size="lg" fullScreen={isNarrow}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="lg">
          <Modal.Title fz="h2" fw={650} mb="sm" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Modal.Title>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** State of a dialog about one item; the item stays until the dialog is closed visibly. */
export function useDialog<Item>() {
  const [item, setItem] = useState<Item>();
  const [opened, setOpened] = useState(false);
  return {
    item,
    opened,
    open(item: Item) {
      setItem(item);
      setOpened(true);
    },
    close: () => setOpened(false),
  };
}
