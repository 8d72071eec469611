import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog } from '../components/confirm-dialog.js';
import { useSession } from '../session/use-session.js';
import { isOpen } from './change-state.js';
import { type ChangeRequest, useChangeCommand } from './use-changes.js';

/** What the reader may do with a change, beside the decision on it. */
export function ChangeActions({ change }: { change: ChangeRequest }) {
  const { data: session } = useSession();
  const command = useChangeCommand(change.id);
  const [isApplying, apply] = useDisclosure();
  const [isWithdrawing, withdraw] = useDisclosure();
  const isMine = change.proposer === session?.actor;
  const mayApply = session?.kind === 'person' || session?.scopes.includes('operate') === true;
  return (
    <Group gap="xs">
      {mayApply && change.state === 'approved' && <Button onClick={apply.open}>Apply now</Button>}
      {isMine && isOpen(change) && (
        <Button variant="default" onClick={withdraw.open}>
          Withdraw
        </Button>
      )}
      <ConfirmDialog
        title="Apply the change"
        action="Apply"
        opened={isApplying}
        onClose={apply.close}
        onConfirm={() => command.mutateAsync('apply')}
      >
        All its operations take effect now, or none. It is refused outside of a change window and in a freeze.
      </ConfirmDialog>
      <ConfirmDialog
        title="Withdraw the change request"
        action="Withdraw"
        isDangerous
        opened={isWithdrawing}
        onClose={withdraw.close}
        onConfirm={() => command.mutateAsync('withdraw')}
      >
        Nobody can approve or apply it any more.
      </ConfirmDialog>
    </Group>
  );
}
