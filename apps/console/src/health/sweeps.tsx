import { Badge, Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { formatCount, formatDuration } from '../components/format.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { isInProgress, type Sweep, useRequestSweep, useSweepRuns } from './use-sweep-runs.js';

const STATES: Record<Sweep['state'], { color: string; label: string }> = {
  waiting: { color: 'yellow', label: 'Waiting for a worker' },
  running: { color: 'blue', label: 'Running' },
  done: { color: 'green', label: 'Done' },
  failed: { color: 'red', label: 'Failed' },
};

/** The last sweeps and the running one, with a button that does not wait for the schedule. */
export function Sweeps({ mayOperate }: { mayOperate: boolean }) {
  const sweeps = useSweepRuns();
  const request = useRequestSweep();
  const isBusy = request.isPending || (sweeps.data ?? []).some(isInProgress);
  return (
    <Section
      title="Sweeps"
      actions={
        mayOperate && (
          <Group gap="xs">
            <Button size="xs" disabled={isBusy} onClick={() => request.mutate(false)}>
              Sweep now
            </Button>
            <Button size="xs" variant="default" disabled={isBusy} onClick={() => request.mutate(true)}>
              Deep sweep
            </Button>
          </Group>
        )
      }
    >
      <Text size="sm" c="dimmed">
        A sweep looks every available model up in Bedrock's lists, and probes those whose last answer is old.
        A deep sweep probes all of them.
      </Text>
      {request.error && <ProblemAlert error={request.error} />}
      <QueryState query={sweeps}>{(runs) => <Runs runs={runs} />}</QueryState>
    </Section>
  );
}

function Runs({ runs }: { runs: Sweep[] }) {
  if (runs.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No sweep yet. A worker sweeps every quarter of an hour.
      </Text>
    );
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label="Sweeps">
        <Table.Thead>
          <Table.Tr>
            {['Started', 'State', 'Checked', 'Failed', 'Took', 'By'].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((sweep) => (
            <Run key={sweep.id} of={sweep} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Run({ of }: { of: Sweep }) {
  const { state, startedAt, endedAt, failed, by, deep } = of;
  return (
    <Table.Tr>
      <Table.Td>
        <Time at={startedAt} />
      </Table.Td>
      <Table.Td>
        <Badge color={STATES[state].color}>{STATES[state].label}</Badge>
      </Table.Td>
      <Table.Td>
        <Checked of={of} />
      </Table.Td>
      <Table.Td>{formatCount(failed)}</Table.Td>
      <Table.Td>{endedAt ? formatDuration(Date.parse(endedAt) - Date.parse(startedAt)) : '–'}</Table.Td>
      <Table.Td>
        {by}
        {deep && ', deep'}
      </Table.Td>
    </Table.Tr>
  );
}

function Checked({ of: { state, checked, total, startedAt } }: { of: Sweep }) {
  if (total === null) return '–';
  return (
    <Stack gap={2}>
      <Text size="sm">
        {formatCount(checked)} of {formatCount(total)}
      </Text>
      {state === 'running' && (
        <Progress
          value={(100 * checked) / Math.max(1, total)}
          aria-label={`Progress of the sweep of ${startedAt}`}
        />
      )}
    </Stack>
  );
}
