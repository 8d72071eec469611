import { Table } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { formatUtcDay } from '../components/format.js';
import { Loading } from '../components/query-state.js';
import classes from './analytics.module.css';

/** Loads the chart library only when there is something to draw. */
const DayChart = lazy(async () => ({ default: (await import('./day-chart.js')).DayChart }));

interface Props extends Pick<Parameters<typeof DayChart>[0], 'points' | 'series' | 'formatValue'> {
  name: string;
  columns: string[];
  /** One per day that has something. */
  rows: { day: string; cells: ReactNode[] }[];
}

/** A drawing of days, and their figures for those who ask. */
export function ByDay({ name, columns, rows, ...chart }: Props) {
  return (
    <>
      <Suspense fallback={<Loading />}>
        <DayChart {...chart} />
      </Suspense>
      <details>
        <summary>Day by day</summary>
        <div className={classes.wide}>
          <Table aria-label={name}>
            <Table.Thead>
              <Table.Tr>
                {['Day (UTC)', ...columns].map((column) => (
                  <Table.Th key={column}>{column}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ day, cells }) => (
                <Table.Tr key={day}>
                  <Table.Td>{formatUtcDay(day)}</Table.Td>
                  {cells.map((cell, n) => (
                    <Table.Td key={columns[n]}>{cell}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </details>
    </>
  );
}
