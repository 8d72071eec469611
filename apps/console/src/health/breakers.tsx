import { Button, Group, Stack, Text } from '@mantine/core';
import { dataOf } from '@orchestrator/client/client.js';
import { useMutation } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { QueryState } from '../components/query-state.js';
import { Time } from '../components/time.js';
import { BREAKERS, type Breaker, useBreakers } from '../live/breakers.js';
import { ModelLink } from '../models/model-link.js';

/** Models that get no chats, with a probe on request. */
export function Breakers({ mayOperate }: { mayOperate: boolean }) {
  const breakers = useBreakers();
  return (
    <QueryState query={breakers}>
      {(open) =>
        open.length === 0 ? (
          <Text size="sm" c="dimmed">
            None: every model gets calls.
          </Text>
        ) : (
          <Stack component="ul" gap="sm" p={0} m={0} aria-label="Open breakers">
            {open.map((breaker) => (
              <OpenBreaker key={breaker.modelId} of={breaker} mayOperate={mayOperate} />
            ))}
          </Stack>
        )
      }
    </QueryState>
  );
}

function OpenBreaker({ of: { modelId, kind, recheckAt }, mayOperate }: { of: Breaker; mayOperate: boolean }) {
  const probe = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/breakers/{modelId}/recheck', { params: { path: { modelId } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: BREAKERS }),
  });
  return (
    <Group component="li" justify="space-between" style={{ listStyle: 'none' }}>
      <div>
        <ModelLink id={modelId} />
        <Text size="sm">
          {kind}, next probe <Time at={recheckAt} />
        </Text>
        {probe.data?.closed === false && (
          <Text size="sm" role="status">
            It failed again.
          </Text>
        )}
        {probe.error && <ProblemAlert error={probe.error} />}
      </div>
      {mayOperate && (
        <Button
          size="xs"
          variant="default"
          loading={probe.isPending}
          aria-label={`Probe now: ${modelId}`}
          onClick={() => probe.mutate()}
        >
          Probe now
        </Button>
      )}
    </Group>
  );
}
