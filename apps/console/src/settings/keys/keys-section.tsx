import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMemo } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { Dialog, useDialog } from '../../components/dialog.js';
import { PagedTable } from '../../components/paged-table.js';
import { EmptyState } from '../../components/query-state.js';
import { keyColumns } from './key-columns.js';
import { CreateKey, EditKey, RotateKey } from './key-dialogs.js';
import { type Key, revokeKey, useKeys } from './use-keys.js';

/** Service keys: who has one, with which rights, and when it was used. */
export function KeysSection() {
  const keys = useKeys();
  const [isCreating, create] = useDisclosure();
  const editing = useDialog<Key>();
  const rotating = useDialog<Key>();
  const revoking = useDialog<Key>();
  const columns = useMemo(
    () => keyColumns({ edit: editing.open, rotate: rotating.open, revoke: revoking.open }),
    // The setters behind these never change.
    [],
  );
  return (
    <>
      <Group justify="space-between">
        <Text c="dimmed" size="sm">
          Make a key for each program, and for each person who cannot sign in: audit rows name it.
        </Text>
        <Button onClick={create.open}>Create key</Button>
      </Group>
      <PagedTable
        query={keys}
        label="Keys"
        columns={columns}
        none={
          <EmptyState title="No key yet">
            The bootstrap key of the environment is not in this list. Create a key for each program.
          </EmptyState>
        }
      />
      <Dialog title="Create a key" opened={isCreating} onClose={create.close}>
        <CreateKey onClose={create.close} />
      </Dialog>
      <Dialog title={`Edit ${editing.item?.name}`} opened={editing.opened} onClose={editing.close}>
        {editing.item && <EditKey of={editing.item} onClose={editing.close} />}
      </Dialog>
      <Dialog title={`Rotate ${rotating.item?.name}`} opened={rotating.opened} onClose={rotating.close}>
        {rotating.item && <RotateKey of={rotating.item} onClose={rotating.close} />}
      </Dialog>
      <ConfirmDialog
        title={`Revoke ${revoking.item?.name}`}
        action="Revoke"
        isDangerous
        opened={revoking.opened}
        onClose={revoking.close}
        onConfirm={() => revokeKey(revoking.item!.id)}
      >
        Its clients are refused within a second. A revoked key cannot be used again.
      </ConfirmDialog>
    </>
  );
}
