import { Anchor, Badge, Group, Text } from '@mantine/core';
import { dataOf } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { DescriptionList } from '../components/description-list.js';
import { QueryState } from '../components/query-state.js';
import { Time } from '../components/time.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';
import { useMay } from '../session/use-session.js';

/** Away: no worker has taken its regular jobs for a while. The overview knows, which needs the scope read. */
const useWorker = (isEnabled: boolean) =>
  useQuery({
    queryKey: ['worker'],
    queryFn: async () => {
      const { attention } = await dataOf(api.GET('/v1/overview'));
      return { awaySince: attention.find(({ kind }) => kind === 'worker_away')?.since ?? null };
    },
    refetchInterval: NOW_AND_THEN_MS,
    enabled: isEnabled,
  });

/** The api that answers this page, and the tools beside the console. */
export function Service({ mayOperate }: { mayOperate: boolean }) {
  const { data: worker } = useWorker(useMay('read'));
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
              ...(worker && { Worker: <WorkerState {...worker} /> }),
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

const WorkerState = ({ awaySince }: { awaySince: string | null }) =>
  awaySince === null ? (
    <State isGood good="Up" bad="Away" />
  ) : (
    <>
      <Badge color="red">Away</Badge> since <Time at={awaySince} />
    </>
  );

const State = ({ isGood, good, bad }: { isGood: boolean; good: string; bad: string }) => (
  <Badge color={isGood ? 'green' : 'red'}>{isGood ? good : bad}</Badge>
);
