import { Anchor, Badge, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { DataColumn } from '../components/data-table.js';
import { formatCount } from '../components/format.js';
import { Time } from '../components/time.js';
import type { Activity, ActivityRow, Notification } from './activity.js';
import { ActivityText } from './activity-text.js';

interface Label {
  text: string;
  color: string;
}

const ACTIONS: Record<string, Label> = {
  manual_switch: { text: 'Manual switch', color: 'blue' },
  auto_switch: { text: 'Automatic switch', color: 'blue' },
  fallback_switch: { text: 'Fallback', color: 'orange' },
};
const KINDS = { switch: 'blue', lifecycle: 'orange', alert: 'red', change: 'blue' } as const;
/** Colours of changes that need somebody. */
const CHANGES: Partial<Record<NonNullable<Notification['change']>['event'], string>> = {
  broken_glass: 'red',
  review_overdue: 'red',
  conflicted: 'orange',
  failed: 'orange',
  expired: 'orange',
  missed: 'orange',
  frozen: 'orange',
};

function labelOf(activity: Activity): Label {
  switch (activity.kind) {
    case 'switch':
      return ACTIONS[activity.item.action]!;
    case 'breaker':
      return activity.item.kind
        ? { text: 'Breaker open', color: 'red' }
        : { text: 'Breaker closed', color: 'green' };
    case 'change':
      return { text: 'Change', color: 'gray' };
    case 'delivery':
      return activity.item.state === 'failed'
        ? { text: 'Delivery failed', color: 'red' }
        : { text: 'Delivery recovered', color: 'green' };
    case 'notification':
      return labelOfNotification(activity.item);
  }
}

function labelOfNotification({ kind, verdict, title, budget, change }: Notification): Label {
  if (change) return { text: title, color: CHANGES[change.event] ?? KINDS.change };
  if (kind === 'validation') return { text: title, color: verdict === 'failed' ? 'red' : 'green' };
  const isEarly = budget !== null && budget.threshold < 100;
  return { text: title, color: isEarly ? 'orange' : KINDS[kind] };
}

/** Address of what happened; undefined: it has no page. */
function addressOf({ newest, count }: ActivityRow): string | undefined {
  switch (newest.kind) {
    case 'switch':
      return count > 1
        ? `/audit?requestId=${encodeURIComponent(newest.item.requestId)}`
        : `/audit/${newest.item.id}`;
    case 'change':
      return `/audit?tab=changes&entity=${newest.item.entity}`;
    case 'delivery':
      return `/settings/webhooks/${newest.item.webhookId}`;
    case 'breaker':
      return `/models/${encodeURIComponent(newest.item.modelId)}`;
    case 'notification':
      if (newest.item.change) return pageOfChange(newest.item.change);
      return newest.item.modelId === '' ? undefined : `/models/${encodeURIComponent(newest.item.modelId)}`;
  }
}

function pageOfChange({ id, event }: NonNullable<Notification['change']>): string {
  return event === 'frozen' || event === 'freeze_ended' ? '/lifecycle' : `/changes/${id}`;
}

const actorOf = ({ kind, item }: Activity): string => {
  if (kind === 'switch') return item.onBehalfOf ? `${item.actor} for ${item.onBehalfOf}` : item.actor;
  if (kind === 'delivery') return item.resentBy ?? '';
  return kind === 'change' ? item.actor : '';
};

export const ACTIVITY_COLUMNS: readonly DataColumn<ActivityRow>[] = [
  { id: 'at', header: 'When', cell: (row) => <When row={row} /> },
  { id: 'kind', header: 'Kind', cell: (row) => <Kind row={row} /> },
  { id: 'text', header: 'What happened', cell: (row) => <ActivityText row={row} /> },
  {
    id: 'actor',
    header: 'By',
    cell: ({ newest }) => (
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {actorOf(newest) || '–'}
      </Text>
    ),
    from: 'md',
  },
];

function When({ row }: { row: ActivityRow }) {
  const to = addressOf(row);
  if (!to) return <Time at={row.at} />;
  return (
    <Anchor component={Link} to={to} size="sm">
      <Time at={row.at} />
    </Anchor>
  );
}

function Kind({ row: { newest, count, isOpen } }: { row: ActivityRow }) {
  const { text, color } = labelOf(newest);
  const counter = count > 1 ? ` × ${formatCount(count)}${isOpen ? ' or more' : ''}` : '';
  return (
    <Badge color={color} variant={color === 'red' ? 'filled' : 'light'} autoContrast>
      {text}
      {counter}
    </Badge>
  );
}
