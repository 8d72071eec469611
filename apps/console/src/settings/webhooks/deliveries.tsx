import { Button, Group, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import type { DataColumn } from '../../components/data-table.js';
import { useDialog } from '../../components/dialog.js';
import { PagedTable } from '../../components/paged-table.js';
import { Section } from '../../components/section.js';
import {
  ATTEMPT_COLUMNS,
  type AttemptState,
  AttemptStates,
  notificationColumn,
} from '../receivers/attempts.js';
import { type Attempt, resendDelivery, useAttempts } from './use-attempts.js';
import { resumeWebhook, type Webhook } from './use-webhooks.js';

/** Chosen to be sent again: one message, or everything from it on. */
interface Wish {
  attempt: Attempt;
  isFromHere: boolean;
}

/** Attempts to deliver messages to a webhook, newest first. */
export function Deliveries({ of }: { of: Webhook }) {
  const [state, setState] = useState<AttemptState>();
  const resending = useDialog<Wish>();
  const attempts = useAttempts(of.id, state);
  const columns = useMemo(
    () => columnsWith(resending.open),
    // `open` never changes.
    [],
  );
  return (
    <Section title="Deliveries" actions={<AttemptStates state={state} onChange={setState} />}>
      <PagedTable
        query={attempts}
        label="Deliveries"
        columns={columns}
        none={
          <Text c="dimmed" size="sm">
            No attempt was found. Attempts are kept for 14 days. Test the webhook, or switch a use case.
          </Text>
        }
      />
      <ConfirmDialog
        title={resending.item?.isFromHere ? 'Resend notifications' : 'Resend the message'}
        action="Resend"
        opened={resending.opened}
        onClose={resending.close}
        onConfirm={() => send(of, resending.item!)}
      >
        {resending.item?.isFromHere
          ? `All notifications from seq ${resending.item.attempt.seq} on are delivered again, in their order.`
          : 'The message is sent once more now.'}{' '}
        It keeps its webhook-id, so a receiver can ignore what it has.
      </ConfirmDialog>
    </Section>
  );
}

const send = (of: Webhook, { attempt, isFromHere }: Wish): Promise<unknown> =>
  isFromHere ? resumeWebhook(of.id, attempt.seq! - 1) : resendDelivery(of.id, attempt.attemptId);

const columnsWith = (resend: (wish: Wish) => void): DataColumn<Attempt>[] => [
  ...ATTEMPT_COLUMNS,
  {
    id: 'attempt',
    header: 'Attempt',
    from: 'md',
    cell: ({ attempt, resentBy }) => attempt ?? `resent by ${resentBy}`,
  },
  notificationColumn('no longer kept'),
  {
    id: 'actions',
    header: 'Actions',
    cell: (attempt) => <Actions of={attempt} resend={resend} />,
  },
];

/** A message whose notification is no longer kept cannot be sent again. */
function Actions({ of, resend }: { of: Attempt; resend: (wish: Wish) => void }) {
  if (of.seq === null) return null;
  return (
    <Group gap="xs">
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Resend: seq ${of.seq}`}
        onClick={() => resend({ attempt: of, isFromHere: false })}
      >
        Resend
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={`Resend from here: seq ${of.seq}`}
        onClick={() => resend({ attempt: of, isFromHere: true })}
      >
        From here
      </Button>
    </Group>
  );
}
