import { Anchor, Badge, Button, Group, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { Copyable } from '../components/copyable.js';
import type { DataColumn } from '../components/data-table.js';
import { PagedTable } from '../components/paged-table.js';
import { EmptyState } from '../components/query-state.js';
import { SearchSelect } from '../components/search-select.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { useFilters } from '../components/use-filters.js';
import { ModelLink } from '../models/model-link.js';
import { useModels } from '../models/use-models.js';
import { useUseCases } from '../use-cases/use-use-cases.js';
import { type Conversation, type ConversationsFilter, useConversations } from './use-conversations.js';

type Filters = ReturnType<typeof useFilters>;

const TEXTS = ['userId', 'useCase', 'modelId'] as const;
const PINNED = { '': 'All', true: 'Pinned', false: 'Follow their use case' };

function filterOf({ of }: Filters): ConversationsFilter {
  const texts = TEXTS.filter((name) => of(name) !== '').map((name) => [name, of(name)]);
  const pinned = of('pinned');
  return {
    ...Object.fromEntries(texts),
    ...((pinned === 'true' || pinned === 'false') && { pinned: pinned === 'true' }),
  };
}

/** Conversations by user, use case and model, a page at a time. */
export function ConversationList() {
  const filters = useFilters();
  const found = useConversations(filterOf(filters));
  return (
    <Section title="All conversations">
      <ListFilters key={filters.of('userId')} filters={filters} />
      <PagedTable
        query={found}
        label="Conversations"
        columns={COLUMNS}
        none={
          <EmptyState title="No conversation found">
            A conversation is known from its first switch or chat on. Use fewer filters to see others.
          </EmptyState>
        }
      />
    </Section>
  );
}

function ListFilters({ filters }: { filters: Filters }) {
  const { data: useCases = [] } = useUseCases();
  const { data: models = [] } = useModels();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    filters.set({ userId: String(new FormData(event.currentTarget).get('userId') ?? '').trim() });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <TextInput name="userId" label="User" maxLength={128} defaultValue={filters.of('userId')} />
        <SearchSelect
          label="Use case"
          choices={useCases.map(({ name }) => ({ value: name, label: name }))}
          value={filters.of('useCase')}
          onChange={(useCase) => filters.set({ useCase })}
        />
        <SearchSelect
          label="Model"
          choices={models.map(({ id, name }) => ({ value: id, label: name }))}
          value={filters.of('modelId')}
          onChange={(modelId) => filters.set({ modelId })}
        />
        <NativeSelect
          label="Pin"
          data={Object.entries(PINNED).map(([value, label]) => ({ value, label }))}
          value={filters.of('pinned')}
          onChange={(event) => filters.set({ pinned: event.currentTarget.value })}
        />
        <Button type="submit" variant="default">
          Apply
        </Button>
      </Group>
    </form>
  );
}

const PINS = {
  manual: { color: 'blue', label: 'Pinned' },
  fallback: { color: 'orange', label: 'Fallback' },
} as const;

const COLUMNS: DataColumn<Conversation>[] = [
  {
    id: 'id',
    header: 'Conversation',
    cell: ({ id }) => (
      <Copyable value={id}>
        <Anchor component={Link} to={`/conversations/${encodeURIComponent(id)}`} inherit>
          {id}
        </Anchor>
      </Copyable>
    ),
  },
  { id: 'model', header: 'Model', cell: ({ modelId }) => <ModelLink id={modelId} /> },
  {
    id: 'pin',
    header: 'Pin',
    from: 'sm',
    cell: ({ pin }) => (pin ? <Badge color={PINS[pin.kind].color}>{PINS[pin.kind].label}</Badge> : '–'),
  },
  {
    id: 'useCase',
    header: 'Use case',
    cell: ({ useCase }) => (
      <Anchor component={Link} to={`/use-cases/${encodeURIComponent(useCase)}`} inherit>
        {useCase}
      </Anchor>
    ),
  },
  {
    id: 'user',
    header: 'User',
    from: 'md',
    cell: ({ userId }) => (
      <Anchor component={Link} to={`/conversations?${new URLSearchParams({ userId })}`} inherit>
        {userId}
      </Anchor>
    ),
  },
  { id: 'updated', header: 'Updated', from: 'md', cell: ({ updatedAt }) => <Time at={updatedAt} /> },
  { id: 'created', header: 'Created', isOptional: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
];
