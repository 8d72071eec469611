import { Badge, Text } from '@mantine/core';
import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { type DataColumn, DataTable } from '../components/data-table.js';
import { QueryState } from '../components/query-state.js';
import { Time } from '../components/time.js';

type Instance = Schemas['Instance'];

/** Heartbeats come every ten seconds. */
const READ_AGAIN_MS = 10_000;

const useInstances = () =>
  useQuery({
    queryKey: ['instances'],
    queryFn: async () => (await dataOf(api.GET('/v1/instances'))).items,
    refetchInterval: READ_AGAIN_MS,
  });

const KINDS: Record<Instance['kind'], string> = { api: 'Api', worker: 'Worker' };

const COLUMNS: readonly DataColumn<Instance>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ name }) => <Text style={{ overflowWrap: 'anywhere' }}>{name}</Text>,
  },
  { id: 'kind', header: 'Kind', cell: ({ kind }) => KINDS[kind] },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => (
      <Badge color={state === 'alive' ? 'green' : 'red'}>{state === 'alive' ? 'Alive' : 'Stale'}</Badge>
    ),
  },
  { id: 'version', header: 'Version', from: 'sm', cell: ({ version }) => version },
  { id: 'started', header: 'Started', from: 'sm', cell: ({ startedAt }) => <Time at={startedAt} /> },
  { id: 'seen', header: 'Last seen', cell: ({ seenAt }) => <Time at={seenAt} /> },
];

/** Processes of the service; a stale one has died, or cannot reach PostgreSQL. */
export function Instances() {
  const instances = useInstances();
  return (
    <QueryState query={instances}>
      {(rows) =>
        rows.length === 0 ? (
          <Text size="sm" c="dimmed">
            No process has reported yet.
          </Text>
        ) : (
          <DataTable label="Instances" rows={rows} columns={COLUMNS} rowId={({ id }) => id} />
        )
      }
    </QueryState>
  );
}
