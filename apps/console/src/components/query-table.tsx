import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type DataColumn, DataTable } from './data-table.js';
import { QueryState } from './query-state.js';

interface Props<Row> {
  query: Pick<UseQueryResult<Row[]>, 'data' | 'error' | 'refetch'>;
  /** Name of the table for screen readers. */
  label: string;
  columns: readonly DataColumn<Row>[];
  /** Shown where there are no rows. */
  none: ReactNode;
}

/** Table of a query that reads all rows. */
export const QueryTable = <Row extends { id: string }>({ query, label, columns, none }: Props<Row>) => (
  <QueryState query={query}>
    {(rows) =>
      rows.length === 0 ? (
        none
      ) : (
        <DataTable label={label} rows={rows} columns={columns} rowId={({ id }) => id} />
      )
    }
  </QueryState>
);
