import { Anchor, Badge, Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { Copyable } from '../components/copyable.js';
import { type DataColumn, DataTable } from '../components/data-table.js';
import { formatCount } from '../components/format.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { EmptyState, Loading } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { useFilters } from '../components/use-filters.js';
import { ChangeDiff } from './change-diff.js';
import type { Change } from './merge-changes.js';
import { type ChangesFilter, ENTITIES, type Entity, useChanges } from './use-changes.js';

const isEntity = (name: string): name is Entity => name in ENTITIES;

/** Lists who changed the catalogue, keys, webhooks, channels and budgets, with the values before and after. */
export function Changes() {
  const filters = useFilters();
  const entity = filters.of('entity');
  const filter: ChangesFilter = {
    entity: isEntity(entity) ? entity : undefined,
    actor: filters.of('actor'),
    withSweeps: filters.of('sweeps') === 'shown',
  };
  return (
    <Section title="Changes">
      <ChangeFilters key={filter.actor} filter={filter} onFilter={filters.set} />
      <ChangeList filter={filter} />
    </Section>
  );
}

interface FilterProps {
  filter: ChangesFilter;
  onFilter: (changes: Record<string, string>) => void;
}

function ChangeFilters({ filter: { entity, actor, withSweeps }, onFilter }: FilterProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onFilter({ actor: String(new FormData(event.currentTarget).get('actor') ?? '').trim() });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <NativeSelect
          label="Changes of"
          data={[
            { value: '', label: 'All' },
            ...Object.entries(ENTITIES).map(([value, label]) => ({ value, label })),
          ]}
          value={entity ?? ''}
          onChange={(event) => onFilter({ entity: event.currentTarget.value })}
        />
        <TextInput name="actor" label="Actor" placeholder="service:…" maxLength={128} defaultValue={actor} />
        <Button type="submit" variant="default">
          Apply
        </Button>
        <Checkbox
          label="Results of sweeps"
          checked={withSweeps}
          onChange={(event) => onFilter({ sweeps: event.currentTarget.checked ? 'shown' : '' })}
          mb={8}
        />
      </Group>
    </form>
  );
}

function ChangeList({ filter }: { filter: ChangesFilter }) {
  const found = useChanges(filter);
  const { changes, readCount, isLoading, isLoadingMore, error, refetch, readMore } = found;
  if (error) return <ProblemAlert error={error} onRetry={refetch} />;
  if (isLoading) return <Loading />;
  return (
    <Stack>
      {changes.length === 0 ? (
        <EmptyState title="No change found">
          {readMore
            ? `None of the last ${formatCount(readCount)} changes matches. Look at older ones, or use fewer filters.`
            : 'Use fewer filters.'}
        </EmptyState>
      ) : (
        <DataTable label="Changes" rows={changes} columns={COLUMNS} rowId={({ id }) => id} />
      )}
      {found.lacksAccess && (
        <Text size="sm" c="dimmed">
          Changes of keys, webhooks and channels need a key with the scope audit or admin.
        </Text>
      )}
      {readMore && (
        <Button variant="default" loading={isLoadingMore} onClick={readMore}>
          Show older changes
        </Button>
      )}
    </Stack>
  );
}

const LINKS: Record<string, string> = { model: '/models/', use_case: '/use-cases/' };

function EntityName({ change: { entity, entityId } }: { change: Change }) {
  const link = LINKS[entity];
  return (
    <>
      <Badge color="gray">{isEntity(entity) ? ENTITIES[entity] : entity}</Badge>
      <br />
      {link ? (
        <Anchor component={Link} to={`${link}${encodeURIComponent(entityId)}`} inherit>
          {entityId}
        </Anchor>
      ) : (
        entityId
      )}
    </>
  );
}

const COLUMNS: DataColumn<Change>[] = [
  {
    id: 'time',
    header: 'Time',
    cell: ({ at }) => <Time at={at} />,
  },
  { id: 'entity', header: 'Of', cell: (change) => <EntityName change={change} /> },
  { id: 'change', header: 'Change', cell: (change) => <ChangeDiff change={change} /> },
  {
    id: 'actor',
    header: 'Actor',
    from: 'sm',
    cell: ({ actor }) => (
      <Anchor component={Link} to={`/audit?${new URLSearchParams({ tab: 'changes', actor })}`} inherit>
        {actor}
      </Anchor>
    ),
  },
  {
    id: 'request',
    header: 'Request id',
    isOptional: true,
    cell: ({ requestId }) =>
      requestId === null ? <Text size="sm">–</Text> : <Copyable value={requestId} label="request id" />,
  },
];
