import { Stack } from '@mantine/core';
import { useMemo } from 'react';
import { DataTable } from '../components/data-table.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useFilters } from '../components/use-filters.js';
import { AuditFilters } from './audit-filters.js';
import { Exports } from './exports.js';
import { SWITCH_COLUMNS } from './switch-columns.js';
import { type AuditFilter, filterOf, useAudit } from './use-audit.js';

/** Every switch that the filter in the address lets through. */
export function Switches() {
  const filters = useFilters();
  const filter = filterOf(filters);
  return (
    <Stack gap="lg">
      <AuditFilters key={JSON.stringify(filter)} filter={filter} onFilter={filters.set} />
      <Section title="Switches" actions={<Exports filter={filter} />}>
        <SwitchTable filter={filter} />
      </Section>
    </Stack>
  );
}

function SwitchTable({ filter }: { filter: AuditFilter }) {
  const audit = useAudit(filter);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = audit;
  const switches = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  return (
    <QueryState query={audit}>
      {() =>
        switches.length === 0 ? (
          <EmptyState title="No switch found">Use fewer filters, or another period.</EmptyState>
        ) : (
          <DataTable
            label="Switches"
            rows={switches}
            columns={SWITCH_COLUMNS}
            rowId={({ id }) => id}
            onEnd={hasNextPage ? () => void fetchNextPage() : undefined}
            isLoadingMore={isFetchingNextPage}
          />
        )
      }
    </QueryState>
  );
}
