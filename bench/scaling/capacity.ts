import {
  byPart,
  PARTS,
  type Part,
  type Parts,
  type ServiceTimes,
  type Simulated,
  simulate,
  type Workload,
} from './simulation.js';

/** Bounds within which an installation carries a workload. */
export const TARGET = {
  /** Of each core, so that a peak or a lost instance leaves room. */
  utilisation: 0.7,
  /** p99 of the time that a request waits for others. */
  waitedMs: 100,
};
export const ONE_OF_EACH: Parts = { api: 1, worker: 1, postgres: 1, redis: 1 };
/** Redis processes commands in one thread, and all keys of an installation are in one slot. */
const CANNOT_GROW: readonly Part[] = ['redis'];
/** Steps of the search for a rate: each halves what is unknown. */
const STEPS = 7;
const MAX_ROUNDS = 40;

export interface Fit {
  /** Null: no number of instances carries the workload. */
  parts: Parts | null;
  /** Part that has too much to do with one of each, or `places`: calls find none; null: one of each carries it. */
  first: Part | 'places' | null;
  simulated: Simulated;
}

export const carries = ({ utilisation, refused, waitedMs }: Simulated): boolean =>
  refused === 0 &&
  waitedMs.p99 <= TARGET.waitedMs &&
  PARTS.every((part) => utilisation[part] <= TARGET.utilisation);

/** Adds what is missing to one of each until the workload is carried. */
export function fit(workload: Workload, times: ServiceTimes): Fit {
  let parts = ONE_OF_EACH;
  let simulated = simulate(workload, parts, times);
  const first = carries(simulated) ? null : bottleneck(simulated);
  // Fewer have no places for the calls that run at the same time.
  const apis = Math.ceil((workload.calls * workload.streamSeconds) / times.modelCalls);
  for (let round = 0; !carries(simulated); round += 1) {
    if (round === MAX_ROUNDS || CANNOT_GROW.some((part) => simulated.utilisation[part] > TARGET.utilisation))
      return { parts: null, first, simulated };
    parts = enlarged({ ...parts, api: Math.max(parts.api, apis) }, simulated);
    simulated = simulate(workload, parts, times);
  }
  return { parts, first, simulated };
}

/** The highest rate that one of each carries. @param at the workload of a rate */
export function highestRate(at: (rate: number) => Workload, times: ServiceTimes): number {
  const isCarried = (rate: number) => carries(simulate(at(rate), ONE_OF_EACH, times));
  let [low, high] = [0, 1];
  while (isCarried(high)) [low, high] = [high, high * 2];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (isCarried(middle)) low = middle;
    else high = middle;
  }
  return low;
}

export function bottleneck({ utilisation, refused }: Simulated): Part | 'places' {
  const busiest = PARTS.reduce((one, other) => (utilisation[one] >= utilisation[other] ? one : other));
  return refused > 0 && utilisation[busiest] <= TARGET.utilisation ? 'places' : busiest;
}

/** As many as would have enough, and one api in ten more where requests still wait or are refused. */
function enlarged(parts: Parts, { utilisation }: Simulated): Parts {
  const needed = byPart((part) =>
    Math.max(parts[part], Math.ceil((parts[part] * utilisation[part]) / TARGET.utilisation)),
  );
  const isEnough = PARTS.every((part) => needed[part] === parts[part]);
  return isEnough ? { ...needed, api: needed.api + Math.ceil(needed.api / 10) } : needed;
}
