import { fit } from './capacity.js';
import { footprint } from './footprint.js';
import { MIX, workloadOf } from './mix.js';
import { bytes, number } from './page-template.js';
import { readBenchReport, readScalingReport } from './scaling-report.js';
import { serviceTimes } from './service-times.js';
import { PARTS, type Workload } from './simulation.js';

/** Says what carries so many calls a second, as text. @param changes of the mix; undefined: as it is */
export function describe(
  calls: number,
  changes: { [name in keyof Omit<Workload, 'calls' | 'useCaseSwitches'>]?: number | undefined },
): string {
  const set = Object.entries(changes).filter(([, value]) => value !== undefined);
  const workload = workloadOf(calls, Object.fromEntries(set));
  const scaling = readScalingReport();
  const times = serviceTimes(readBenchReport().report, scaling);
  const { parts, first, simulated } = fit(workload, times);
  const { rowsOfDay, retainedBytes, bytesOfYear, walBytesOfDay } = footprint(
    scaling,
    workload,
    MIX.callsOfConversation,
  );
  const utilisation = PARTS.map((part) => `${part} ${Math.round(simulated.utilisation[part] * 100)} %`);
  return [
    `workload: ${Object.entries(workload)
      .map(([name, value]) => `${name} ${number(value)}`)
      .join(', ')}`,
    `first limit of one of each: ${first ?? 'none'}`,
    `needed: ${parts ? PARTS.map((part) => `${part} ${parts[part]}`).join(', ') : 'nothing carries it'}`,
    `utilisation then: ${utilisation.join(', ')}; requests wait ${number(simulated.waitedMs.p99)} ms for others (p99)`,
    `rows a day: ${number(rowsOfDay)}; calls and notifications kept: ${bytes(retainedBytes)}; what stays, a year: ${bytes(bytesOfYear)}; WAL a day: ${bytes(walBytesOfDay)}`,
  ].join('\n');
}
