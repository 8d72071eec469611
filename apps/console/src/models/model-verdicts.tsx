import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { api, queries } from '../api.js';
import { formatMoment } from '../components/format.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Loading, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useMay } from '../session/use-session.js';
import type { Latency } from './latency-chart.js';
import { useVerdicts } from './use-models.js';

const LatencyChart = lazy(async () => ({ default: (await import('./latency-chart.js')).LatencyChart }));

type Validation = Schemas['Validation'];
export const COLORS = { passed: 'green', failed: 'red', inconclusive: 'gray' } as const;
export const METHODS = {
  control_plane: 'Looked up',
  probe: 'Scheduled probe',
  deep: 'Manual probe',
} as const;
const LINES = 8;

/** Results of sweeps, their latencies, and a button for a deep check. */
export function ModelVerdicts({ modelId }: { modelId: string }) {
  const verdicts = useVerdicts(modelId);
  const mayAsk = useMay('operate');
  return (
    <Section title="Verdicts" actions={mayAsk && <AskNow modelId={modelId} />}>
      <QueryState query={verdicts}>
        {(found) =>
          found.length === 0 ? (
            <Text c="dimmed">Not validated yet.</Text>
          ) : (
            <Stack>
              <Latencies found={found} />
              <Results found={found.slice(0, LINES)} />
            </Stack>
          )
        }
      </QueryState>
    </Section>
  );
}

function Latencies({ found }: { found: Validation[] }) {
  const latencies = latenciesOf(found);
  if (latencies.length < 2) return null;
  return (
    <Suspense fallback={<Loading />}>
      <LatencyChart latencies={latencies} />
    </Suspense>
  );
}

/** Look-ups have no latency. */
export const latenciesOf = (checks: Validation[]): Latency[] =>
  checks.flatMap(({ checkedAt, latencyMs, method }) =>
    latencyMs === null ? [] : [{ at: checkedAt, ms: latencyMs, isManual: method === 'deep' }],
  );

function Results({ found }: { found: Validation[] }) {
  return (
    <Table aria-label="The last verdicts" highlightOnHover={false}>
      <Table.Tbody>
        {found.map(({ id, checkedAt, outcome, method, latencyMs, detail }) => (
          <Table.Tr key={id}>
            <Table.Td>{formatMoment(checkedAt)}</Table.Td>
            <Table.Td>
              <Badge color={COLORS[outcome]}>{outcome}</Badge>
            </Table.Td>
            <Table.Td>
              {METHODS[method]}
              {latencyMs !== null && `, ${latencyMs} ms`}
              {detail && (
                <Text size="xs" c="dimmed">
                  {detail}
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function AskNow({ modelId }: { modelId: string }) {
  const ask = useMutation({
    mutationFn: () => dataOf(api.POST('/orchestrate', { body: { action: 'validate', modelId, deep: true } })),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <Group>
      {ask.error && <ProblemAlert error={ask.error} />}
      <Button size="xs" variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
        Validate now
      </Button>
    </Group>
  );
}
