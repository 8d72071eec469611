import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { type DataColumn, DataTable } from './data-table.js';
import { QueryState } from './query-state.js';

interface Props<Row> {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>>;
  /** Name of the table for screen readers. */
  label: string;
  /** Stable: define it outside of the component, or memoize it. */
  columns: readonly DataColumn<Row>[];
  /** Shown where there are no rows. */
  none: ReactNode;
}

/** Table of a query that is read a page at a time: it reads the next page at its end. */
export function PagedTable<Row extends { id: string }>({ query, label, columns, none }: Props<Row>) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  return (
    <QueryState query={query}>
      {() =>
        rows.length === 0 ? (
          none
        ) : (
          <DataTable
            label={label}
            rows={rows}
            columns={columns}
            rowId={({ id }) => id}
            onEnd={hasNextPage ? () => void fetchNextPage() : undefined}
            isLoadingMore={isFetchingNextPage}
          />
        )
      }
    </QueryState>
  );
}
