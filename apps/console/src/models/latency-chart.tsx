import '@mantine/charts/styles.css';
import { ScatterChart } from '@mantine/charts';
import { formatTime } from '../components/format.js';

export interface Latency {
  at: string;
  ms: number;
  /** A person asked for it; sweeps ask at their own times. */
  isManual: boolean;
}

const pointsOf = (latencies: Latency[], isManual: boolean) =>
  latencies.filter((each) => each.isManual === isManual).map(({ at, ms }) => ({ at: Date.parse(at), ms }));

/** Latencies of probes over time. The table beneath has the same figures in words. */
export function LatencyChart({ latencies }: { latencies: Latency[] }) {
  return (
    <ScatterChart
      aria-hidden="true"
      h={180}
      data={[
        { name: 'Sweeps', color: 'petrol.6', data: pointsOf(latencies, false) },
        { name: 'On request', color: 'orange.6', data: pointsOf(latencies, true) },
      ]}
      dataKey={{ x: 'at', y: 'ms' }}
      unit={{ y: ' ms' }}
      withLegend
      xAxisProps={{
        type: 'number',
        scale: 'time',
        domain: ['dataMin', 'dataMax'],
        tickFormatter: (at: number) => formatTime(new Date(at).toISOString()),
        minTickGap: 60,
      }}
      yAxisProps={{ domain: [0, 'auto'] }}
      valueFormatter={{ x: (at) => formatTime(new Date(at).toISOString()), y: (ms) => `${ms} ms` }}
      scatterChartProps={{ accessibilityLayer: false }}
    />
  );
}
