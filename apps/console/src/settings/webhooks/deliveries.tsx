import { Badge, Button, Text } from '@mantine/core';
import { useMemo } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { type DataColumn, DataTable } from '../../components/data-table.js';
import { useDialog } from '../../components/dialog.js';
import { QueryState } from '../../components/query-state.js';
import { Section } from '../../components/section.js';
import { Time } from '../../components/time.js';
import { useMay } from '../../session/use-session.js';
import {
  type Delivered,
  type DeliveryState,
  deliveryStates,
  resumeWebhook,
  useOperatorFeed,
  type Webhook,
} from './use-webhooks.js';

const STATES: Record<DeliveryState, { color: string; label: string }> = {
  delivered: { color: 'green', label: 'Delivered' },
  failing: { color: 'red', label: 'Failing' },
  waiting: { color: 'yellow', label: 'Waiting' },
  before: { color: 'gray', label: 'Before the webhook' },
};

/** Delivered and waiting notifications of a webhook. The feed of users has no list. */
export function Deliveries({ of }: { of: Webhook }) {
  const isListed = useMay('read', 'operate') && of.feed === 'operators';
  const feed = useOperatorFeed(isListed);
  if (!isListed)
    return (
      <Section title="Deliveries">
        <Text c="dimmed" size="sm">
          {of.feed === 'users'
            ? 'Messages of users are not listed. The position above says what has arrived.'
            : 'It needs a service key with the scope read or operate.'}
        </Text>
      </Section>
    );
  return (
    <Section title="Deliveries">
      <QueryState query={feed}>
        {({ pages }) => <FeedTable of={of} feed={pages.flatMap(({ items }) => items)} more={feed} />}
      </QueryState>
    </Section>
  );
}

interface Props {
  of: Webhook;
  feed: Delivered[];
  more: Pick<ReturnType<typeof useOperatorFeed>, 'hasNextPage' | 'fetchNextPage' | 'isFetchingNextPage'>;
}

function FeedTable({ of, feed, more }: Props) {
  const resending = useDialog<Delivered>();
  const states = useMemo(() => deliveryStates(of, feed), [of, feed]);
  const columns = useMemo(
    () => deliveryColumns(of, states, resending.open),
    // `open` never changes.
    [of, states],
  );
  if (feed.length === 0)
    return (
      <Text c="dimmed" size="sm">
        There is no notification yet. Test the webhook, or switch a use case.
      </Text>
    );
  return (
    <>
      <DataTable label="Deliveries" rows={feed} columns={columns} rowId={({ id }) => id} />
      {more.hasNextPage && (
        <Button variant="default" loading={more.isFetchingNextPage} onClick={() => void more.fetchNextPage()}>
          Show older ones
        </Button>
      )}
      <ConfirmDialog
        title="Resend notifications"
        action="Resend"
        opened={resending.opened}
        onClose={resending.close}
        onConfirm={() => resumeWebhook(of.id, resending.item!.seq - 1)}
      >
        All notifications from seq {resending.item?.seq} on are delivered again, in their order. They keep
        their webhook-id, so a receiver can ignore what it has.
      </ConfirmDialog>
    </>
  );
}

const deliveryColumns = (
  { lastError, nextAttemptAt }: Webhook,
  states: Map<string, DeliveryState>,
  resend: (notification: Delivered) => void,
): DataColumn<Delivered>[] => [
  { id: 'seq', header: 'seq', cell: ({ seq }) => seq },
  {
    id: 'status',
    header: 'Status',
    cell: ({ id }) => {
      const state = states.get(id) ?? 'waiting';
      return (
        <>
          <Badge color={STATES[state].color}>{STATES[state].label}</Badge>
          {state === 'failing' && (
            <Text size="xs" c="dimmed" component="div">
              {lastError}
              {nextAttemptAt && (
                <div>
                  Next attempt <Time at={nextAttemptAt} />
                </div>
              )}
            </Text>
          )}
        </>
      );
    },
  },
  {
    id: 'notification',
    header: 'Notification',
    cell: ({ title, message }) => (
      <>
        {title}
        <Text size="xs" c="dimmed" lineClamp={2}>
          {message}
        </Text>
      </>
    ),
  },
  { id: 'at', header: 'Created', from: 'sm', cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    id: 'actions',
    header: 'Actions',
    cell: (notification) => (
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Resend from here: seq ${notification.seq}`}
        onClick={() => resend(notification)}
      >
        Resend from here
      </Button>
    ),
  },
];
