import { SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { DataTable } from '../components/data-table.js';
import { formatCount, formatMonth } from '../components/format.js';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { TableFilters, useFilteredRows } from '../components/table-filters.js';
import { useFilters } from '../components/use-filters.js';
import { ChangeCalendar } from '../freezes/change-calendar.js';
import { FreezesSection } from '../freezes/freezes-section.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { Saving } from '../switching/preview.js';
import { calendarOf, type LifecycleRow, type Month, rowsOf } from './calendar.js';
import classes from './lifecycle.module.css';
import { LIFECYCLE_COLUMNS, LIFECYCLE_FACETS, MONTH_FACET } from './lifecycle-columns.js';
import { type Ending, useLifecycle } from './use-lifecycle.js';

export function LifecyclePage() {
  const mayReadModels = useAllowed(RIGHTS.catalogue);
  return (
    <Page
      title="Lifecycle"
      about={
        mayReadModels
          ? 'When models become legacy, dearer or end, by use case.'
          : 'When use cases may change.'
      }
    >
      {mayReadModels && <Dates />}
      <ChangeCalendar />
      <FreezesSection />
    </Page>
  );
}

function Dates() {
  return (
    <QueryState query={useLifecycle()}>
      {(all) =>
        all.length === 0 ? (
          <EmptyState title="No date to come">
            Dates come with the synchronisation of the catalogue.
          </EmptyState>
        ) : (
          <Endings endings={all} />
        )
      }
    </QueryState>
  );
}

const FACETS = [...LIFECYCLE_FACETS, MONTH_FACET];

function Endings({ endings }: { endings: Ending[] }) {
  const rows = useMemo(() => rowsOf(endings), [endings]);
  const found = useFilteredRows(rows, { text, facets: FACETS });
  return (
    <>
      <Section title="Next 12 months">
        <Calendar months={calendarOf(endings, new Date())} />
      </Section>
      <TableFilters
        label="Find a use case or model"
        placeholder="Use case or model"
        facets={LIFECYCLE_FACETS}
      />
      {found.length === 0 ? (
        <EmptyState title="No such date">
          Clear the search, the month or a filter to see other dates.
        </EmptyState>
      ) : (
        <DataTable
          label="Dates by use case"
          rows={found}
          total={rows.length}
          columns={LIFECYCLE_COLUMNS}
          rowId={({ ending, useCase }) => `${ending.modelId} ${useCase ?? ''}`}
        />
      )}
    </>
  );
}

const text = ({ ending, useCase }: LifecycleRow) => `${useCase ?? ''} ${ending.name} ${ending.modelId}`;

/** Months as buttons that narrow the list; the chosen one is in the address. */
function Calendar({ months }: { months: Month[] }) {
  const filters = useFilters();
  const chosen = filters.of('month');
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, sm: 4, lg: 6 }} spacing="xs">
      {months.map(({ month, models, useCases, savedUsd }) => (
        <UnstyledButton
          key={month}
          className={classes.month}
          disabled={models === 0}
          aria-pressed={month === chosen}
          onClick={() => filters.set({ month: month === chosen ? '' : month })}
        >
          <Text size="sm" fw={600}>
            {formatMonth(month)}
          </Text>
          <Text size="xs" c="dimmed">
            {models === 0
              ? 'no date'
              : `${formatCount(models)} ${models === 1 ? 'model' : 'models'}, ${formatCount(useCases)} ${useCases === 1 ? 'use case' : 'use cases'}`}
          </Text>
          {savedUsd !== null && <Saving impact={{ savedUsd, horizon: '30 days' }} />}
        </UnstyledButton>
      ))}
    </SimpleGrid>
  );
}
