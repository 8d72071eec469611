import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { formatMoment } from '../components/format.js';

/** How fast the model answered; the oldest first. The table beneath says the same in words. */
export function LatencyChart({ points }: { points: { at: string; ms: number }[] }) {
  return (
    <AreaChart
      aria-hidden="true"
      h={140}
      data={points.map(({ at, ms }) => ({ at: formatMoment(at), ms }))}
      dataKey="at"
      series={[{ name: 'ms', label: 'Time to answer', color: 'petrol.6' }]}
      unit=" ms"
      curveType="monotone"
      withXAxis={false}
      withDots={false}
      areaChartProps={{ accessibilityLayer: false }}
    />
  );
}
