import { Anchor, Button, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { DataColumn } from '../components/data-table.js';
import { Page } from '../components/page.js';
import { PagedTable } from '../components/paged-table.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { EmptyState, Loading } from '../components/query-state.js';
import { SearchSelect } from '../components/search-select.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { useFilters } from '../components/use-filters.js';
import { useUseCases } from '../use-cases/use-use-cases.js';
import { isReviewOpen, STATES, StateBadge } from './change-state.js';
import { type ChangeState, type ChangeSummary, useChangeRequests, useMayApprove } from './use-changes.js';

/** Queue of the changes that people propose and approve. */
export function ChangesPage() {
  return (
    <Page title="Change requests" about="Changes that need the approval of another person, newest first.">
      <WaitingForMe />
      <AllChanges />
    </Page>
  );
}

const pageOf = ({ id }: ChangeSummary): string => `/changes/${id}`;

function WaitingForMe() {
  const mayApprove = useMayApprove();
  const found = useChangeRequests({ waiting: true }, mayApprove);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const items = mayApprove ? data?.pages.flatMap((page) => page.items) : [];
  return (
    <Section title="Waiting for me">
      {error && <ProblemAlert error={error} />}
      {items === undefined && !error && <Loading />}
      {items?.length === 0 && (
        <Text size="sm" c="dimmed">
          No change waits for your decision.
        </Text>
      )}
      {items && items.length > 0 && (
        <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Waiting for me">
          {items.map((item) => (
            <WaitingRow key={item.id} item={item} />
          ))}
        </Stack>
      )}
      {hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt="xs"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Show more that wait for me
        </Button>
      )}
    </Section>
  );
}

const WaitingRow = ({ item }: { item: ChangeSummary }) => (
  <Paper component="li" withBorder p="sm">
    <Anchor component={Link} to={pageOf(item)} fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
      {item.reason}
    </Anchor>
    <Text size="xs" c="dimmed">
      {namesOf(item)} · {item.proposer} · <Time at={item.createdAt} /> · expires <Time at={item.expiresAt} />
    </Text>
  </Paper>
);

const MAX_NAMED = 3;

function namesOf({ useCases }: ChangeSummary): string {
  if (useCases.length === 0) return 'no use case';
  const more = useCases.length - MAX_NAMED;
  return `${useCases.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

type Review = 'open' | 'overdue';

const REVIEWS: Record<Review, string> = { open: 'Open', overdue: 'Overdue' };
const REVIEW_OPTIONS = Object.entries(REVIEWS).map(([value, label]) => ({ value, label }));
const STATE_OPTIONS = Object.entries(STATES).map(([value, { label }]) => ({ value, label }));

function AllChanges() {
  const filters = useFilters();
  const { data: useCases = [] } = useUseCases();
  const [state, useCase, review] = [filters.of('state'), filters.of('useCase'), filters.of('review')];
  const found = useChangeRequests({
    ...(state in STATES && { state: state as ChangeState }),
    ...(useCase !== '' && { useCase }),
    ...(review in REVIEWS && { review: review as Review }),
  });
  return (
    <Section title="All change requests">
      <Group align="flex-end">
        <Select
          label="State"
          placeholder="All"
          data={STATE_OPTIONS}
          value={state in STATES ? state : null}
          onChange={(chosen) => filters.set({ state: chosen ?? '' })}
          clearable
          clearButtonProps={{ 'aria-label': 'Clear State' }}
        />
        <Select
          label="Review"
          placeholder="All"
          data={REVIEW_OPTIONS}
          value={review in REVIEWS ? review : null}
          onChange={(chosen) => filters.set({ review: chosen ?? '' })}
          clearable
          clearButtonProps={{ 'aria-label': 'Clear Review' }}
        />
        <SearchSelect
          label="Use case"
          choices={useCases.map(({ name }) => ({ value: name, label: name }))}
          value={useCase}
          onChange={(chosen) => filters.set({ useCase: chosen })}
        />
      </Group>
      <PagedTable
        query={found}
        label="Change requests"
        columns={COLUMNS}
        none={
          <EmptyState title="No change request found">
            Switch a use case that is reviewed, or edit it: this proposes a change. Fewer filters show others.
          </EmptyState>
        }
      />
    </Section>
  );
}

const COLUMNS: DataColumn<ChangeSummary>[] = [
  {
    id: 'reason',
    header: 'Reason',
    cell: (item) => (
      <Anchor component={Link} to={pageOf(item)} size="sm" style={{ overflowWrap: 'anywhere' }}>
        {item.reason}
      </Anchor>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: (item) => (
      <>
        <StateBadge state={item.state} />
        {isReviewOpen(item) && (
          <Text size="xs" c="dimmed">
            needs a review
          </Text>
        )}
      </>
    ),
  },
  { id: 'useCases', header: 'Use cases', from: 'sm', cell: namesOf },
  { id: 'proposer', header: 'Proposer', from: 'sm', cell: ({ proposer }) => proposer },
  { id: 'created', header: 'Proposed', from: 'md', cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    id: 'applyAt',
    header: 'Time',
    from: 'lg',
    cell: ({ applyAt }) => (applyAt ? <Time at={applyAt} isExact /> : 'when approved'),
  },
  { id: 'revision', header: 'Revision', isOptional: true, cell: ({ revision }) => String(revision) },
];
