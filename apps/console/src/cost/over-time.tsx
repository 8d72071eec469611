import { Table } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { formatUtcDay } from '../components/format.js';
import { Loading } from '../components/query-state.js';
import classes from './cost.module.css';
import type { TimeChartProps } from './time-chart.js';

/** Loads the chart library only when there is something to draw. */
const TimeChart = lazy(async () => ({ default: (await import('./time-chart.js')).TimeChart }));

interface Props extends TimeChartProps {
  name: string;
  columns: string[];
  /** One for each day or hour that has something. */
  rows: { at: string; cells: ReactNode[] }[];
}

/** A chart of days or hours, and their figures in a table on demand. */
export function OverTime({ name, columns, rows, ...chart }: Props) {
  const isHours = chart.unit === 'hour';
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Suspense fallback={<Loading />}>
        <TimeChart {...chart} />
      </Suspense>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{isHours ? 'Hour by hour' : 'Day by day'}</summary>
        {isOpen && (
          <div className={classes.wide}>
            <Table aria-label={name}>
              <Table.Thead>
                <Table.Tr>
                  {[isHours ? 'Hour (UTC)' : 'Day (UTC)', ...columns].map((column) => (
                    <Table.Th key={column}>{column}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(({ at, cells }) => (
                  <Table.Tr key={at}>
                    <Table.Td>{isHours ? hourText(at) : formatUtcDay(at)}</Table.Td>
                    {cells.map((cell, n) => (
                      <Table.Td key={columns[n]}>{cell}</Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </details>
    </>
  );
}

const hourText = (iso: string): string => `${formatUtcDay(iso)}, ${iso.slice(11, 16)}`;
