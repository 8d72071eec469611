import { Badge, Button, Chip, Group, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import type { DataColumn } from '../../components/data-table.js';
import { useDialog } from '../../components/dialog.js';
import { formatDuration } from '../../components/format.js';
import { PagedTable } from '../../components/paged-table.js';
import { Section } from '../../components/section.js';
import { Time } from '../../components/time.js';
import { type Attempt, type AttemptState, resendDelivery, useAttempts } from './use-attempts.js';
import { resumeWebhook, type Webhook } from './use-webhooks.js';

const STATES: Record<AttemptState, { color: string; label: string }> = {
  delivered: { color: 'green', label: 'Delivered' },
  recovered: { color: 'petrol', label: 'Recovered' },
  failed: { color: 'red', label: 'Failed' },
};
const ALL = 'all';

/** Chosen to be sent again: one message, or everything from it on. */
interface Wish {
  attempt: Attempt;
  isFromHere: boolean;
}

/** Attempts to deliver messages to a webhook, newest first. */
export function Deliveries({ of }: { of: Webhook }) {
  const [shown, setShown] = useState<string>(ALL);
  const resending = useDialog<Wish>();
  const attempts = useAttempts(of.id, shown === ALL ? undefined : (shown as AttemptState));
  const columns = useMemo(
    () => columnsWith(resending.open),
    // `open` never changes.
    [],
  );
  return (
    <Section title="Deliveries" actions={<StateChips shown={shown} onChange={setShown} />}>
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

function StateChips({ shown, onChange }: { shown: string; onChange: (shown: string) => void }) {
  return (
    <Chip.Group value={shown} onChange={(value) => onChange(String(value))}>
      <Group gap="xs" role="group" aria-label="Results of deliveries">
        <Chip value={ALL} size="sm">
          All
        </Chip>
        {Object.entries(STATES).map(([state, { label }]) => (
          <Chip key={state} value={state} size="sm">
            {label}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

const columnsWith = (resend: (wish: Wish) => void): DataColumn<Attempt>[] => [
  { id: 'at', header: 'When', cell: ({ attemptedAt }) => <Time at={attemptedAt} /> },
  { id: 'state', header: 'State', cell: (attempt) => <State of={attempt} /> },
  { id: 'status', header: 'Status', cell: ({ status }) => status ?? 'none' },
  { id: 'duration', header: 'Duration', from: 'sm', cell: ({ durationMs }) => formatDuration(durationMs) },
  {
    id: 'attempt',
    header: 'Attempt',
    from: 'md',
    cell: ({ attempt, resentBy }) => attempt ?? `resent by ${resentBy}`,
  },
  {
    id: 'notification',
    header: 'Notification',
    from: 'md',
    cell: ({ title, seq }) => (seq === null ? 'no longer kept' : `${title} (seq ${seq})`),
  },
  {
    id: 'actions',
    header: 'Actions',
    cell: (attempt) => <Actions of={attempt} resend={resend} />,
  },
];

function State({ of: { state, error, nextAttemptAt } }: { of: Attempt }) {
  return (
    <>
      <Badge color={STATES[state].color}>{STATES[state].label}</Badge>
      {error && (
        <Text size="xs" c="dimmed" component="div">
          {error}
          {nextAttemptAt && (
            <div>
              Next attempt <Time at={nextAttemptAt} />
            </div>
          )}
        </Text>
      )}
    </>
  );
}

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
