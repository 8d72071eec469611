import type { AnswerFault, AttemptFault, Fault, StopFault } from './faults.js';
import { isStreaming, type Target } from './operations.js';

/** Everything that is to go wrong with one call. */
export interface FaultEffect {
  latencyMs: number;
  firstTokenMs: number;
  stop: StopFault['reason'] | undefined;
  /** Answer in place of the canned one; undefined: there is none. */
  answer: AnswerFault | undefined;
  /** The first of the list that matches; undefined: the call goes well. */
  attemptFault: AttemptFault | undefined;
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
    const effect: FaultEffect = {
      ...{ latencyMs: 0, firstTokenMs: 0 },
      ...{ stop: undefined, answer: undefined, attemptFault: undefined },
    };
    for (const entry of this.entries) {
      // One call has one end and one answer: a second fault of that kind keeps its count for the next call.
      if (isAttemptFault(entry.fault) && effect.attemptFault) continue;
      if (entry.fault.kind === 'answer' && effect.answer) continue;
      if (countsAndApplies(entry, target)) apply(entry.fault, effect);
    }
    return effect;
  }
}

const isAttemptFault = (fault: Fault): fault is AttemptFault =>
  !['latency', 'first_token_delay', 'stop', 'answer'].includes(fault.kind);

function apply(fault: Fault, effect: FaultEffect): void {
  if (fault.kind === 'latency') effect.latencyMs += fault.ms;
  else if (fault.kind === 'first_token_delay') effect.firstTokenMs += fault.ms;
  else if (fault.kind === 'stop') effect.stop ??= fault.reason;
  else if (fault.kind === 'answer') effect.answer = fault;
  else effect.attemptFault ??= fault;
}

function countsAndApplies(entry: Entry, target: Target): boolean {
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
