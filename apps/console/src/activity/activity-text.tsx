import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatCount, formatUsd } from '../components/format.js';
import { ModelLink } from '../models/model-link.js';
import { useModels } from '../models/use-models.js';
import type { Activity, ActivityRow, CatalogueChange, Delivery, Switch } from './activity.js';
import { directionOf, directionText, operatorText } from './operator-text.js';

/** Says in a sentence what happened, with links to what it is about. */
export function ActivityText({ row }: { row: ActivityRow }) {
  return (
    <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
      {sentenceOf(row.newest, row.count)}
    </Text>
  );
}

function sentenceOf(activity: Activity, count: number): ReactNode {
  switch (activity.kind) {
    case 'switch':
      return <SwitchText item={activity.item} count={count} />;
    case 'change':
      return changeText(activity.item);
    case 'delivery':
      return deliveryText(activity.item);
    case 'breaker':
      return (
        <>
          <ModelLink id={activity.item.modelId} />:{' '}
          {activity.item.kind ? `chats are not sent to it: ${activity.item.kind}` : 'it is healthy again'}
        </>
      );
    case 'notification': {
      const { modelId, kind } = activity.item;
      return (
        <>
          {modelId !== '' && kind !== 'switch' && (
            <>
              <ModelLink id={modelId} />:{' '}
            </>
          )}
          {operatorText(activity.item)}
        </>
      );
    }
  }
}

function SwitchText({ item, count }: { item: Switch; count: number }) {
  const { data: models } = useModels();
  const tierOf = (id: string) => models?.find((model) => model.id === id)?.tier;
  const direction = directionOf(tierOf(item.previousModelId), tierOf(item.newModelId));
  return (
    <>
      {count > 1 ? `${formatCount(count)} switches of one request; the last: ` : ''}
      <Scope item={item} /> moved from <ModelLink id={item.previousModelId} /> to{' '}
      <ModelLink id={item.newModelId} /> {directionText(direction)}
      {item.reason && <Text size="sm">{item.reason}</Text>}
      <Text size="xs" c="dimmed">
        {[item.notificationShown ? '' : 'no notification', moneyOf(item)].filter(Boolean).join(' · ')}
      </Text>
    </>
  );
}

function Scope({ item: { conversationId, useCase } }: { item: Switch }) {
  const to = conversationId
    ? `/conversations/${encodeURIComponent(conversationId)}`
    : `/use-cases/${encodeURIComponent(useCase)}`;
  return (
    <Anchor component={Link} to={to} fw={600} inherit>
      {conversationId ?? `All of ${useCase}`}
    </Anchor>
  );
}

function moneyOf({ status, costImpact, costImpactHorizon }: Switch): string {
  if (status === 'pending') return 'recording…';
  if (costImpact === null || costImpactHorizon === 'first assignment') return '';
  const amount = formatUsd(costImpact.replace('-', ''));
  return `${costImpact.startsWith('-') ? `costs ${amount} more` : `saves ${amount}`} · ${costImpactHorizon}`;
}

function deliveryText({ url, title, seq, state, attempt, error }: Delivery): string {
  const what = seq === null ? 'a notification' : `“${title}” (seq ${seq})`;
  if (state === 'failed') return `${url} did not take ${what}: ${error}`;
  const failures = (attempt ?? 1) - 1;
  return `${url} took ${what} after ${formatCount(failures)} failed ${failures === 1 ? 'attempt' : 'attempts'}`;
}

const ENTITIES = {
  model: 'model',
  use_case: 'use case',
  candidate: 'candidate',
  assistant: 'assistant',
} as const;

function changeText({ entity, entityId, before, after }: CatalogueChange): string {
  const verb = before === null ? 'added' : after === null ? 'removed' : 'changed';
  const fields = before && after ? Object.keys(after).filter((name) => !isSame(before, after, name)) : [];
  const what = `${ENTITIES[entity]} ${entityId} ${verb}`;
  return fields.length === 0 ? what : `${what}: ${fields.join(', ')}`;
}

const isSame = (before: Record<string, unknown>, after: Record<string, unknown>, name: string): boolean =>
  JSON.stringify(before[name]) === JSON.stringify(after[name]);
