import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatCount } from '../components/format.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { ModelLink } from '../models/model-link.js';
import type { Attention } from './use-overview.js';

interface Task {
  badge: string;
  color: 'red' | 'orange' | 'blue';
  text: ReactNode;
  /** The one action that changes the state. */
  action: { label: string; to: string };
}

const counted = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
const pageOf = (path: string, id: string): string => `${path}/${encodeURIComponent(id)}`;

const moveOff = (modelId: string | null): string => `${pageOf('/models', modelId ?? '')}?move=1`;

const TASKS: Record<Attention['kind'], (attention: Attention) => Task> = {
  worker_away: () => ({
    badge: 'No worker',
    color: 'red',
    text: 'No worker runs jobs: audit rows, notifications and sweeps wait.',
    action: { label: 'See the queues', to: '/health' },
  }),
  breaker_open: ({ modelId }) => ({
    badge: 'Breaker open',
    color: 'red',
    text: (
      <>
        <ModelLink id={modelId ?? ''} /> fails: its calls go to other models.
      </>
    ),
    action: { label: 'Move off this model', to: moveOff(modelId) },
  }),
  dead_letters: ({ count }) => ({
    badge: 'Dead letters',
    color: 'red',
    text: `${counted(count, 'entry', 'entries')} of the outbox failed too often.`,
    action: { label: 'Requeue', to: '/health' },
  }),
  sweep_failed: () => ({
    badge: 'Sweep failed',
    color: 'red',
    text: 'The last sweep did not end: the health of models may be old.',
    action: { label: 'Sweep now', to: '/health' },
  }),
  webhook_disabled: ({ count }) => ({
    badge: 'Webhook disabled',
    color: 'orange',
    text: `${counted(count, 'webhook gets', 'webhooks get')} no notifications.`,
    action: { label: 'Resume', to: '/settings/webhooks' },
  }),
  channel_disabled: ({ count }) => ({
    badge: 'Channel disabled',
    color: 'orange',
    text: `${counted(count, 'channel gets', 'channels get')} no notifications.`,
    action: { label: 'Resume', to: '/settings/channels' },
  }),
  legacy_in_use: ({ modelId, count }) => ({
    badge: 'Legacy in use',
    color: 'orange',
    text: (
      <>
        <ModelLink id={modelId ?? ''} /> is the active model of {counted(count, 'use case', 'use cases')}, and
        its life ends.
      </>
    ),
    action: { label: 'Move off this model', to: moveOff(modelId) },
  }),
  budget_reached: ({ useCase, count }) => ({
    badge: 'Budget spent',
    color: 'orange',
    text: useCase
      ? `The budget of ${useCase} is spent.`
      : `${counted(count, 'budget is', 'budgets are')} spent.`,
    action: { label: 'See the cost', to: useCase ? `/cost?useCase=${encodeURIComponent(useCase)}` : '/cost' },
  }),
  move_running: ({ modelId }) => ({
    badge: 'Move running',
    color: 'blue',
    text: (
      <>
        Conversations move off <ModelLink id={modelId ?? ''} />.
      </>
    ),
    action: { label: 'See the move', to: pageOf('/models', modelId ?? '') },
  }),
};

/** Lists what needs an operator, each with the action that changes it. */
export function AttentionList({ items }: { items: Attention[] }) {
  if (items.length === 0)
    return (
      <Text c="dimmed" role="status">
        Nothing needs you: workers run, models answer, nothing waits.
      </Text>
    );
  return (
    <Section title="Needs you">
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Needs you">
        {items.map((item) => (
          <AttentionRow key={`${item.kind} ${item.modelId} ${item.useCase}`} item={item} />
        ))}
      </Stack>
    </Section>
  );
}

function AttentionRow({ item }: { item: Attention }) {
  const { badge, color, text, action } = TASKS[item.kind](item);
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" gap="xs">
        <Group gap="xs" style={{ flex: '1 1 260px' }}>
          <Badge color={color}>{badge}</Badge>
          <Text size="sm">
            {text}
            {item.since && (
              <Text span size="xs" c="dimmed">
                {' '}
                since <Time at={item.since} />
              </Text>
            )}
          </Text>
        </Group>
        <Button component={Link} to={action.to} size="xs" variant="default">
          {action.label}
        </Button>
      </Group>
    </Paper>
  );
}
