import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { formatShortUtcDay } from '../components/format.js';

const hourOf = (iso: string): string => iso.slice(11, 16);

interface Point extends Record<string, string | number | null> {
  /** Day or hour (UTC) of the point. */
  at: string;
}

export interface TimeChartProps {
  /** A value of null is unknown, and has no bar. */
  points: Point[];
  unit: 'day' | 'hour';
  series: { name: string; label: string; color: string }[];
  formatValue?: (value: number) => string;
  /** Beside each other instead of on top of each other. */
  isGrouped?: true;
}

/** A bar for each day or hour; the table below has the same figures. */
export function TimeChart({ points, unit, series, formatValue, isGrouped }: TimeChartProps) {
  const format = unit === 'hour' ? hourOf : formatShortUtcDay;
  return (
    <BarChart
      aria-hidden="true"
      h={220}
      data={points.map((point) => ({ ...point, at: format(point.at) }))}
      dataKey="at"
      type={isGrouped ? 'default' : 'stacked'}
      series={series}
      valueFormatter={formatValue}
      withLegend={series.length > 1}
      barProps={{ isAnimationActive: false }}
      barChartProps={{ accessibilityLayer: false }}
      yAxisProps={{ width: 72, allowDecimals: formatValue !== undefined }}
    />
  );
}
