import { Badge, Group, Paper, Text } from '@mantine/core';
import { Time } from '../components/time.js';
import { ModelLink } from '../models/model-link.js';
import type { Activity } from './use-activity-feed.js';

type Other = Exclude<Activity, { kind: 'switch' }>;

interface Told {
  badge: string;
  color: string;
  modelId: string;
  text: string;
}

function told(activity: Other): Told {
  if (activity.kind === 'breaker') {
    const { modelId, kind } = activity.item;
    return kind
      ? { badge: 'Breaker open', color: 'orange', modelId, text: `Chats are not sent to it: ${kind}` }
      : { badge: 'Breaker closed', color: 'green', modelId, text: 'It is healthy again' };
  }
  const { kind, verdict, title, message, modelId, budget } = activity.item;
  if (kind === 'validation')
    return { badge: title, color: verdict === 'failed' ? 'red' : 'green', modelId, text: message };
  const color = budget && budget.threshold < 100 ? 'orange' : COLORS[kind];
  return { badge: title, color, modelId, text: message };
}

const COLORS = { switch: 'blue', lifecycle: 'orange', alert: 'red' } as const;

/** One thing that is no switch, or a switch of which only this is known. */
export function ActivityItem({ activity }: { activity: Other }) {
  const { badge, color, modelId, text } = told(activity);
  return (
    <Paper withBorder p="sm" component="li">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Badge color={color}>{badge}</Badge>
          {modelId !== '' && (
            <Text size="sm" fw={600}>
              <ModelLink id={modelId} />
            </Text>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          <Time at={activity.at} />
        </Text>
      </Group>
      <Text size="sm" mt={4}>
        {text}
      </Text>
    </Paper>
  );
}
