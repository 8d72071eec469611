import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../../components/confirm-dialog.js';

interface Props {
  noun: 'channel' | 'webhook';
  /** True: deliveries fail, or nobody tries any more. */
  isStopped: boolean;
  test: { isPending: boolean; mutate: () => void };
  onResume: () => Promise<void>;
  onDelete: () => Promise<void>;
  /** Says what a deletion ends. */
  deletion: ReactNode;
  /** Buttons that only this receiver has. */
  children?: ReactNode;
}

/** Buttons of a receiver of notifications, with their dialogs. */
export function ReceiverActions({ noun, isStopped, test, onResume, onDelete, deletion, children }: Props) {
  const navigate = useNavigate();
  const [isResuming, resume] = useDisclosure();
  const [isDeleting, remove] = useDisclosure();
  return (
    <Group gap="xs">
      <Button size="xs" loading={test.isPending} onClick={() => test.mutate()}>
        Test
      </Button>
      {isStopped && (
        <Button size="xs" variant="default" onClick={resume.open}>
          Resume
        </Button>
      )}
      {children}
      <Button size="xs" variant="light" color="red" onClick={remove.open}>
        Delete
      </Button>
      <ConfirmDialog
        title={`Resume the ${noun}`}
        action="Resume"
        opened={isResuming}
        onClose={resume.close}
        onConfirm={onResume}
      >
        The waiting notifications are delivered now, in their order.
      </ConfirmDialog>
      <ConfirmDialog
        title={`Delete the ${noun}`}
        action="Delete"
        isDangerous
        opened={isDeleting}
        onClose={remove.close}
        onConfirm={async () => {
          await onDelete();
          await navigate(`/settings/${noun}s`);
        }}
      >
        {deletion}
      </ConfirmDialog>
    </Group>
  );
}
