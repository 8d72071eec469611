import { Button, Group, Menu, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import classes from './data-table.module.css';
import { formatCount } from './format.js';
import { useFilters } from './use-filters.js';

const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

export interface DataColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Sorts the column; undefined values come last. Left out: the column cannot be sorted. */
  value?: (row: Row) => string | number | undefined;
  /** Narrower screens hide the column until the reader chooses it. */
  from?: 'sm' | 'md' | 'lg';
  /** Hidden until the reader chooses it. */
  isOptional?: true;
}

interface Props<Row> {
  /** Name of the table for screen readers. */
  label: string;
  rows: readonly Row[];
  /** Stable: define it outside of the component, or memoize it. */
  columns: readonly DataColumn<Row>[];
  rowId: (row: Row) => string;
  /** Number of rows before filters, where it differs from that of `rows`. */
  total?: number;
  /** Loads more rows at the end of the list. */
  onEnd?: () => void;
  isLoadingMore?: boolean;
}

/** Table of any length: sorted by its headers, with columns to choose, and only the visible rows in the document. */
export function DataTable<Row extends object>({
  label,
  rows,
  columns,
  rowId,
  total = rows.length,
  onEnd,
  isLoadingMore,
}: Props<Row>) {
  const { sorting, setSorting } = useSorting();
  const hidden = useHiddenColumns(columns);
  const definitions = useMemo(() => columns.map(toDefinition), [columns]);
  const table = useTable({
    features,
    data: rows,
    columns: definitions,
    getRowId: rowId,
    state: { sorting, columnVisibility: hidden.state },
    onSortingChange: (update) => setSorting(typeof update === 'function' ? update(sorting) : update),
    enableSortingRemoval: true,
  });
  const sorted = table.getRowModel().rows;
  const { frame, items, before, after, measure } = useVirtualRows(sorted, onEnd, isLoadingMore);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {total > rows.length && `${formatCount(rows.length)} of `}
          {formatCount(total)} {total === 1 ? 'row' : 'rows'}
        </Text>
        <ColumnMenu columns={columns} hidden={hidden} />
      </Group>
      <div ref={frame} className={classes.frame}>
        <Table aria-label={label} aria-rowcount={sorted.length + 1} className={classes.table}>
          <Table.Thead>
            {table.getHeaderGroups().map((group) => (
              <Table.Tr key={group.id}>
                {group.headers.map(({ id, column }) => (
                  <HeaderCell
                    key={id}
                    name={String(column.columnDef.header)}
                    direction={column.getIsSorted()}
                    onSort={column.getCanSort() ? () => column.toggleSorting() : undefined}
                  />
                ))}
              </Table.Tr>
            ))}
          </Table.Thead>
          <Table.Tbody>
            <Spacer height={before} />
            {items.map(({ index, key }) => {
              const row = sorted[index]!;
              return (
                <Table.Tr key={key} data-index={index} ref={measure} aria-rowindex={index + 2}>
                  {row.getVisibleCells().map((cell) => (
                    <Table.Td key={cell.id}>
                      <table.FlexRender cell={cell} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
            <Spacer height={after} />
          </Table.Tbody>
        </Table>
      </div>
    </Stack>
  );
}

/** Renders the rows that the window shows, and calls `onEnd` at the last one. */
function useVirtualRows(rows: readonly { id: string }[], onEnd?: () => void, isLoading?: boolean) {
  const frame = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  // Filters and notices above the table come and go.
  useLayoutEffect(() => {
    const box = frame.current?.getBoundingClientRect();
    const found = box ? Math.round(box.top + window.scrollY) : 0;
    if (Math.abs(found - top) > 1) setTop(found);
  });
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => 57,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => rows[index]!.id,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1);
  const isAtEnd = (last?.index ?? -1) >= rows.length - 1;
  useLayoutEffect(() => {
    if (onEnd && isAtEnd && !isLoading) onEnd();
  }, [onEnd, isAtEnd, isLoading]);
  return {
    frame,
    items,
    before: (items[0]?.start ?? top) - top,
    after: virtualizer.getTotalSize() - ((last?.end ?? top) - top),
    measure: virtualizer.measureElement,
  };
}

const toDefinition = <Row extends object>({
  id,
  header,
  cell,
  value,
}: DataColumn<Row>): ColumnDef<typeof features, Row> => ({
  id,
  header,
  accessorFn: (row) => value?.(row),
  cell: ({ row }) => cell(row.original),
  enableSorting: value !== undefined,
  sortUndefined: 'last',
  sortFn: (a, b) => compare(value?.(a.original), value?.(b.original)),
});

const collator = new Intl.Collator('en', { numeric: true });
const compare = (a: string | number | undefined, b: string | number | undefined): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));

/** Keeps the order in the address: `?sort=name` or `?sort=-name`. */
function useSorting() {
  const filters = useFilters();
  const sort = filters.of('sort');
  const sorting = useMemo(
    () => (sort === '' ? [] : [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }]),
    [sort],
  );
  return {
    sorting,
    setSorting: ([first]: { id: string; desc: boolean }[]) =>
      filters.set({ sort: first ? `${first.desc ? '-' : ''}${first.id}` : '' }),
  };
}

function useHiddenColumns<Row>(columns: readonly DataColumn<Row>[]) {
  const width = {
    sm: useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false }),
    md: useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false }),
    lg: useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false }),
  };
  const [chosen, setChosen] = useState<Record<string, boolean>>({});
  const isShown = ({ id, from, isOptional }: DataColumn<Row>) =>
    chosen[id] ?? (!isOptional && (from === undefined || width[from]));
  return {
    state: Object.fromEntries(columns.map((column) => [column.id, isShown(column)])),
    toggle: (column: DataColumn<Row>) => setChosen({ ...chosen, [column.id]: !isShown(column) }),
  };
}

function ColumnMenu<Row>({
  columns,
  hidden,
}: {
  columns: readonly DataColumn<Row>[];
  hidden: ReturnType<typeof useHiddenColumns<Row>>;
}) {
  const count = Object.values(hidden.state).filter((isShown) => !isShown).length;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs">
          Columns{count > 0 && ` (${count} hidden)`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map((column) => (
          <Menu.CheckboxItem
            key={column.id}
            checked={hidden.state[column.id] ?? true}
            onChange={() => hidden.toggle(column)}
          >
            {column.header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const DIRECTIONS = { asc: 'ascending', desc: 'descending' } as const;

function HeaderCell({
  name,
  direction,
  onSort,
}: {
  name: string;
  direction: 'asc' | 'desc' | false;
  onSort?: () => void;
}) {
  if (!onSort) return <Table.Th>{name}</Table.Th>;
  return (
    <Table.Th aria-sort={direction ? DIRECTIONS[direction] : undefined}>
      <UnstyledButton onClick={onSort} fw={700} fz="sm">
        {name}
        <span aria-hidden="true">{direction === 'asc' ? ' ↑' : direction === 'desc' ? ' ↓' : ''}</span>
      </UnstyledButton>
    </Table.Th>
  );
}

/** Takes the place of the rows outside of the window. */
const Spacer = ({ height }: { height: number }) => (height > 0 ? <tr style={{ height }} /> : null);
