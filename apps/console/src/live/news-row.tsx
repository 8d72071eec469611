import { Badge, Group, Paper, Text } from '@mantine/core';
import { ModelLink } from '../models/model-link.js';
import { formatMoment } from '../parts/format.js';
import type { News } from './use-news.js';

type Other = Exclude<News, { kind: 'switch' }>;

interface Told {
  badge: string;
  color: string;
  modelId: string;
  text: string;
}

function told(news: Other): Told {
  if (news.kind === 'breaker') {
    const { modelId, kind } = news.one;
    return kind
      ? { badge: 'Breaker open', color: 'orange', modelId, text: `Chats are not sent to it: ${kind}` }
      : { badge: 'Breaker closed', color: 'green', modelId, text: 'It is healthy again' };
  }
  const { kind, verdict, title, message, modelId, budget } = news.one;
  if (kind === 'validation')
    return { badge: title, color: verdict === 'failed' ? 'red' : 'green', modelId, text: message };
  const color = budget && budget.threshold < 100 ? 'orange' : COLORS[kind];
  return { badge: title, color, modelId, text: message };
}

const COLORS = { switch: 'blue', lifecycle: 'orange', alert: 'red' } as const;

/** One thing that is no switch, or a switch of which only this is known. */
export function NewsRow({ news }: { news: Other }) {
  const { badge, color, modelId, text } = told(news);
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
        <Text size="xs" c="dimmed" component="time" dateTime={news.at}>
          {formatMoment(news.at)}
        </Text>
      </Group>
      <Text size="sm" mt={4}>
        {text}
      </Text>
    </Paper>
  );
}
