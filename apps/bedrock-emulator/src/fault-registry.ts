import type { Fate, Fault, StopFault } from './faults.js';
import { isStreaming, type Target } from './operations.js';

/** Everything that is to go wrong with one call. */
export interface FaultEffect {
  latencyMs: number;
  firstTokenMs: number;
  stop: StopFault['reason'] | undefined;
  /** The first of the list that matches; undefined: the call goes well. */
  fate: Fate | undefined;
}

interface Entry {
  fault: Fault;
  setAt: number;
  matched: number;
  hits: number;
}

/** The faults that are set, and how often each has struck. */
export class FaultRegistry {
  private entries: Entry[] = [];

  set(faults: Fault[]): void {
    this.entries = faults.map((fault) => ({ fault, setAt: Date.now(), matched: 0, hits: 0 }));
  }

  list(): (Fault & { matched: number; hits: number })[] {
    return this.entries.map(({ fault, matched, hits }) => ({ ...fault, matched, hits }));
  }

  /** Counts the call and returns the faults that apply to it. */
  apply(target: Target): FaultEffect {
    const disturbance: FaultEffect = { latencyMs: 0, firstTokenMs: 0, stop: undefined, fate: undefined };
    for (const entry of this.entries) {
      // One call has one end: a second fate keeps its count for the next call.
      if (isFate(entry.fault) && disturbance.fate) continue;
      if (strikes(entry, target)) apply(entry.fault, disturbance);
    }
    return disturbance;
  }
}

const isFate = (fault: Fault): fault is Fate =>
  !['latency', 'first_token_delay', 'stop'].includes(fault.kind);

function apply(fault: Fault, disturbance: FaultEffect): void {
  if (fault.kind === 'latency') disturbance.latencyMs += fault.ms;
  else if (fault.kind === 'first_token_delay') disturbance.firstTokenMs += fault.ms;
  else if (fault.kind === 'stop') disturbance.stop ??= fault.reason;
  else disturbance.fate ??= fault;
}

function strikes(entry: Entry, target: Target): boolean {
  const { fault } = entry;
  if (!matches(fault, target)) return false;
  if (fault.times !== undefined && entry.hits >= fault.times) return false;
  entry.matched += 1;
  if (entry.matched % (fault.everyNth ?? 1) !== 0) return false;
  if (fault.flapping && isUp(fault.flapping, Date.now() - entry.setAt)) return false;
  entry.hits += 1;
  return true;
}

const isUp = ({ downMs, upMs }: { downMs: number; upMs: number }, elapsedMs: number): boolean =>
  elapsedMs % (downMs + upMs) >= downMs;

function matches(fault: Fault, { modelId, plane, operation }: Target): boolean {
  if (fault.plane !== undefined && fault.plane !== plane) return false;
  if (fault.operation !== undefined && fault.operation !== operation) return false;
  if (needsStream(fault) && !isStreaming(operation)) return false;
  if (fault.modelId === undefined) return true;
  return modelId !== null && (modelId === fault.modelId || modelId.endsWith(`.${fault.modelId}`));
}

const needsStream = (fault: Fault): boolean =>
  fault.kind === 'first_token_delay' || ('afterEvents' in fault && fault.afterEvents !== undefined);
