import { Button, Chip, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { DataTable } from '../components/data-table.js';
import { Page } from '../components/page.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { EmptyState, Loading } from '../components/query-state.js';
import { useFilters } from '../components/use-filters.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import type { ActivityRow } from './activity.js';
import { ACTIVITY_COLUMNS } from './activity-columns.js';
import { SHOWN, type Shown, useActivity } from './use-activity.js';

const ALL = Object.keys(SHOWN) as Shown[];
/** Grouped switches can leave one row of a page: older ones are loaded for so many rows, and so many pages at most. */
const ENOUGH_ROWS = 15;
const MAX_PAGES_BY_ITSELF = 4;

export function ActivityPage() {
  const filters = useFilters();
  const shown = filters
    .of('show')
    .split(',')
    .filter((name): name is Shown => name in SHOWN);
  return (
    <Page
      title="Activity"
      about="Switches, breakers, verdicts, warnings, changes and deliveries, as they happen."
    >
      <Chips shown={shown} onChange={(names) => filters.set({ show: names.join(',') })} />
      <ScopeNotice />
      <Stream key={shown.join()} shown={shown} />
    </Page>
  );
}

function Chips({ shown, onChange }: { shown: Shown[]; onChange: (shown: Shown[]) => void }) {
  return (
    <Chip.Group
      multiple
      value={shown}
      onChange={(names) => onChange(ALL.filter((name) => names.includes(name)))}
    >
      <Group gap="xs" role="group" aria-label="Kinds of activity; none chosen: all">
        {ALL.map((name) => (
          <Chip key={name} value={name} size="sm">
            {SHOWN[name]}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function ScopeNotice() {
  const seesAll = useAllowed(RIGHTS.switches);
  if (seesAll) return null;
  return (
    <Text size="sm" c="dimmed">
      This key sees the notifications for operators. Switches of single conversations need the scope audit.
    </Text>
  );
}

function Stream({ shown }: { shown: Shown[] }) {
  const activity = useActivity(shown);
  const [paused, setPaused] = useState<ActivityRow[]>();
  useEnoughRows(activity);
  if (activity.error) return <ProblemAlert error={activity.error} onRetry={activity.refetch} />;
  if (activity.isLoading) return <Loading />;
  const rows = paused ?? activity.rows;
  return (
    <>
      <Pause rows={activity.rows} paused={paused} onChange={setPaused} />
      {rows.length === 0 ? (
        <EmptyState title="Nothing has happened yet">
          New activity appears here by itself. Choose other kinds to see more.
        </EmptyState>
      ) : (
        <DataTable label="Activity" rows={rows} columns={ACTIVITY_COLUMNS} rowId={({ id }) => id} />
      )}
      {activity.fetchOlder && !paused && (
        <Button variant="default" loading={activity.isLoadingOlder} onClick={activity.fetchOlder}>
          Show older ones
        </Button>
      )}
    </>
  );
}

function useEnoughRows({
  rows,
  fetchOlder,
  isLoading,
  isLoadingOlder,
}: ReturnType<typeof useActivity>): void {
  const [pages, setPages] = useState(0);
  const isWanted = rows.length < ENOUGH_ROWS && pages < MAX_PAGES_BY_ITSELF && !isLoading && !isLoadingOlder;
  useEffect(() => {
    if (!isWanted || !fetchOlder) return;
    setPages((count) => count + 1);
    fetchOlder();
  });
}

interface PauseProps {
  rows: ActivityRow[];
  /** Rows at the time of the pause. */
  paused: ActivityRow[] | undefined;
  onChange: (paused: ActivityRow[] | undefined) => void;
}

/** Keeps the rows in their places while somebody reads them. */
function Pause({ rows, paused, onChange }: PauseProps) {
  const newest = paused?.[0]?.at ?? '';
  const missed = paused ? rows.filter(({ at }) => at > newest).length : 0;
  return (
    <Group gap="sm">
      <Button size="xs" variant="default" onClick={() => onChange(paused ? undefined : rows)}>
        {paused ? 'Resume' : 'Pause'}
      </Button>
      {paused && (
        <Text size="sm" c="dimmed" role="status">
          Paused{missed > 0 && `: ${missed} new`}
        </Text>
      )}
    </Group>
  );
}
