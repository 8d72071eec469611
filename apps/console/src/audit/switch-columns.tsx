import { Anchor, Badge, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { DataColumn } from '../components/data-table.js';
import { Time } from '../components/time.js';
import { ModelLink } from '../models/model-link.js';
import { FromTo } from '../switching/from-to.js';
import type { Switch } from '../switching/switch-list.js';
import { estimateOf } from './saving-text.js';
import { ACTIONS, type TextFilter } from './use-audit.js';

/** A fallback is a failure; the others are decisions. */
const ACTION_COLORS = {
  manual_switch: 'blue',
  auto_switch: 'gray',
  fallback_switch: 'orange',
} as const;

export const ActionBadge = ({ action }: Pick<Switch, 'action'>) => (
  <Badge color={ACTION_COLORS[action]}>{ACTIONS[action]}</Badge>
);

/** Where a switch happened: in one conversation, or in all of a use case. */
export function ScopeLink({ item: { conversationId, useCase } }: { item: Switch }) {
  const to = conversationId
    ? `/conversations/${encodeURIComponent(conversationId)}`
    : `/use-cases/${encodeURIComponent(useCase)}`;
  return (
    <Anchor component={Link} to={to} inherit>
      {conversationId ?? `All of ${useCase}`}
    </Anchor>
  );
}

/** Lists everything with the same value. */
export const FilterLink = ({ name, value }: { name: TextFilter; value: string }) => (
  <Anchor component={Link} to={`/audit?${new URLSearchParams({ [name]: value })}`} inherit>
    {value}
  </Anchor>
);

export const SWITCH_COLUMNS: DataColumn<Switch>[] = [
  {
    id: 'time',
    header: 'Time',
    cell: ({ id, timestamp }) => (
      <Anchor component={Link} to={`/audit/${id}`} inherit>
        <Time at={timestamp} />
      </Anchor>
    ),
  },
  {
    id: 'switch',
    header: 'Switch',
    cell: (item) => (
      <>
        <ScopeLink item={item} />
        <br />
        <FromTo from={<ModelLink id={item.previousModelId} />} to={<ModelLink id={item.newModelId} />} />
      </>
    ),
  },
  { id: 'action', header: 'Action', cell: ({ action }) => <ActionBadge action={action} /> },
  {
    id: 'actor',
    header: 'Actor',
    from: 'sm',
    cell: ({ actor, onBehalfOf }) => (
      <>
        <FilterLink name="actor" value={actor} />
        {onBehalfOf && ` for ${onBehalfOf}`}
      </>
    ),
  },
  { id: 'reason', header: 'Reason', from: 'md', cell: ({ reason }) => reason ?? '–' },
  {
    id: 'estimate',
    header: 'Estimate',
    from: 'lg',
    cell: (item) => (
      <Text size="sm" c="dimmed">
        {estimateOf(item)}
      </Text>
    ),
  },
  { id: 'user', header: 'User', isOptional: true, cell: ({ userId }) => userId },
  {
    id: 'request',
    header: 'Request id',
    isOptional: true,
    cell: ({ requestId }) => <FilterLink name="requestId" value={requestId} />,
  },
  {
    id: 'notification',
    header: 'Notification',
    isOptional: true,
    cell: ({ notificationShown }) => (notificationShown ? 'shown' : 'silent'),
  },
];
