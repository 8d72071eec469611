import { ActionIcon, Button, Kbd, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { Icon } from '../components/icon.js';
import type { Session } from '../session/use-session.js';

/** Comes when it is first opened. */
const Palette = lazy(async () => ({ default: (await import('./palette.js')).Palette }));
const GLASS = 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M20 20l-4.800-4.800';
const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the command palette, also by ⌘K or Ctrl+K. */
export function PaletteButton({ session }: { session: Session }) {
  const [openings, setOpenings] = useState(0);
  const open = () => setOpenings((count) => count + 1);
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <Button
        variant="default"
        px="xs"
        onClick={open}
        aria-keyshortcuts="Control+K Meta+K"
        leftSection={<Icon path={GLASS} size={16} />}
        rightSection={<Kbd size="xs">{IS_MAC ? '⌘K' : 'Ctrl K'}</Kbd>}
        visibleFrom="md"
      >
        <Text size="sm" c="dimmed">
          Search
        </Text>
      </Button>
      <ActionIcon variant="default" size="lg" aria-label="Search" onClick={open} hiddenFrom="md">
        <Icon path={GLASS} size={16} />
      </ActionIcon>
      {openings > 0 && (
        <Suspense fallback={null}>
          <Palette session={session} openings={openings} />
        </Suspense>
      )}
    </>
  );
}
