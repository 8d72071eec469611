import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { ConfirmDialog } from '../components/confirm-dialog.js';
import { Dialog } from '../components/dialog.js';
import type { Session } from '../session/use-session.js';
import { useSession } from '../session/use-session.js';
import { ScheduleForm, UndoForm } from './change-forms.js';
import { isOpen } from './change-state.js';
import { BreakGlassForm } from './emergency-forms.js';
import { type ChangeRequest, useChangeCommand } from './use-changes.js';

/** Offers what the reader may do with a change, beside the decision on it. */
export function ChangeActions({ change }: { change: ChangeRequest }) {
  const { data: session } = useSession();
  const command = useChangeCommand(change.id);
  const [isWithdrawing, withdraw] = useDisclosure();
  const [isApplying, apply] = useDisclosure();
  if (!session) return null;
  const may = actionsOf(change, session);
  return (
    <Group gap="xs">
      {may.apply && <Button onClick={apply.open}>Apply now</Button>}
      {may.schedule && (
        <FormAction label="Schedule" title="Schedule the change">
          {(close) => <ScheduleForm change={change} onClose={close} />}
        </FormAction>
      )}
      {may.undo && (
        <FormAction label="Undo" title="Undo the change">
          {(close) => <UndoForm change={change} onClose={close} />}
        </FormAction>
      )}
      {may.withdraw && (
        <Button variant="default" onClick={withdraw.open}>
          Withdraw
        </Button>
      )}
      {may.breakGlass && (
        <FormAction label="Break glass" title="Apply without approvals" isDangerous>
          {(close) => <BreakGlassForm change={change} onClose={close} />}
        </FormAction>
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

function actionsOf(change: ChangeRequest, { actor, kind, scopes }: Session) {
  const mayOperate = kind === 'person' || scopes.includes('operate');
  const isMine = change.proposer === actor && isOpen(change);
  return {
    apply: mayOperate && change.state === 'approved',
    schedule: isMine,
    withdraw: isMine,
    undo: mayOperate && change.state === 'applied',
    breakGlass: kind === 'person' && scopes.includes('break-glass') && isOpen(change),
  };
}

interface FormActionProps {
  label: string;
  title: string;
  isDangerous?: boolean;
  children: (close: () => void) => ReactNode;
}

/** Button that opens a form. */
function FormAction({ label, title, isDangerous = false, children }: FormActionProps) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button
        variant={isDangerous ? 'light' : 'default'}
        color={isDangerous ? 'red' : undefined}
        onClick={open}
      >
        {label}
      </Button>
      <Dialog title={title} opened={opened} onClose={close}>
        {children(close)}
      </Dialog>
    </>
  );
}
