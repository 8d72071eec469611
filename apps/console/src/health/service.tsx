import { Anchor, Badge, Group, Text } from '@mantine/core';
import { dataOf } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { DescriptionList } from '../components/description-list.js';
import { QueryState } from '../components/query-state.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';

/** The api that answers this page, and the tools beside the console. */
export function Service({ mayOperate }: { mayOperate: boolean }) {
  const readiness = useQuery({
    queryKey: ['readiness'],
    queryFn: () => dataOf(api.GET('/readyz')),
    refetchInterval: NOW_AND_THEN_MS,
  });
  return (
    <>
      <QueryState query={readiness}>
        {({ status, redis }) => (
          <DescriptionList
            facts={{
              Api: <State isGood={status === 'ok'} good="Ready" bad="Degraded" />,
              PostgreSQL: <State isGood good="Up" bad="Down" />,
              Redis: <State isGood={redis === 'up'} good="Up" bad="Down" />,
            }}
          />
        )}
      </QueryState>
      <Group gap="md">
        {mayOperate && (
          <Anchor href="/queues" target="_blank" size="sm">
            Queues
          </Anchor>
        )}
        <Anchor href="/docs" target="_blank" size="sm">
          API documentation
        </Anchor>
        <Text size="sm" c="dimmed">
          Both open in a new tab.
        </Text>
      </Group>
    </>
  );
}

const State = ({ isGood, good, bad }: { isGood: boolean; good: string; bad: string }) => (
  <Badge color={isGood ? 'green' : 'red'}>{isGood ? good : bad}</Badge>
);
