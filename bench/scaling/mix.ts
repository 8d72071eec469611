import type { Report } from '../report.js';
import type { ScalingReport } from './scaling-report.js';
import type { ServiceTimes, Workload } from './simulation.js';

export interface Sources {
  bench: Report;
  scaling: ScalingReport;
  times: ServiceTimes;
}

/** The workload that capacities are given for: an assumption, which `bench:scaling -- --calls` replaces. */
export const MIX = {
  streamSeconds: 8,
  eventsPerStream: 200,
  readsOfCall: 2,
  switchesOfCall: 0.05,
  useCaseSwitches: 1 / 60,
  callsOfConversation: 5,
};

/** The workload with so many calls a second. */
export const workloadOf = (calls: number, changes: Partial<Workload> = {}): Workload => ({
  calls,
  reads: calls * MIX.readsOfCall,
  switches: calls * MIX.switchesOfCall,
  useCaseSwitches: MIX.useCaseSwitches,
  streamSeconds: MIX.streamSeconds,
  eventsPerStream: MIX.eventsPerStream,
  ...changes,
});

/** Nothing of one kind. */
export const NOTHING: Workload = {
  ...{ calls: 0, reads: 0, switches: 0, useCaseSwitches: 0 },
  streamSeconds: MIX.streamSeconds,
  eventsPerStream: MIX.eventsPerStream,
};
