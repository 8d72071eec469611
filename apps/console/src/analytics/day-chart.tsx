import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { formatShortUtcDay } from '../components/format.js';

interface Props {
  /** null: not known; there is no bar. */
  points: ({ day: string } & Record<string, string | number | null>)[];
  series: { name: string; label: string; color: string }[];
  formatValue?: (value: number) => string;
}

/** A bar a day, in parts; the table beneath says the same in words. */
export function DayChart({ points, series, formatValue }: Props) {
  return (
    <BarChart
      aria-hidden="true"
      h={220}
      data={points.map((point) => ({ ...point, day: formatShortUtcDay(point.day) }))}
      dataKey="day"
      type="stacked"
      series={series}
      valueFormatter={formatValue}
      withLegend={series.length > 1}
      barProps={{ isAnimationActive: false }}
      barChartProps={{ accessibilityLayer: false }}
      yAxisProps={{ width: 72, allowDecimals: formatValue !== undefined }}
    />
  );
}
