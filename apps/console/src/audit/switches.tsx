import { Stack } from '@mantine/core';
import { PagedTable } from '../components/paged-table.js';
import { EmptyState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useFilters } from '../components/use-filters.js';
import { AuditFilters } from './audit-filters.js';
import { Exports } from './exports.js';
import { SWITCH_COLUMNS } from './switch-columns.js';
import { filterOf, useAudit } from './use-audit.js';

/** Every switch that the filter in the address lets through. */
export function Switches() {
  const filters = useFilters();
  const filter = filterOf(filters);
  const audit = useAudit(filter);
  return (
    <Stack gap="lg">
      <AuditFilters key={JSON.stringify(filter)} filter={filter} onFilter={filters.set} />
      <Section title="Switches" actions={<Exports filter={filter} />}>
        <PagedTable
          query={audit}
          label="Switches"
          columns={SWITCH_COLUMNS}
          none={<EmptyState title="No switch found">Use fewer filters, or another period.</EmptyState>}
        />
      </Section>
    </Stack>
  );
}
