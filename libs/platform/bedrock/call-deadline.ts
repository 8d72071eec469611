import { classifyError, type StoppedBy } from './bedrock-error.js';

export interface CallLimits {
  /** Milliseconds from now in which the whole call must end, a stream with its last event. */
  deadlineMs: number;
  /** Aborts when the caller disconnects. */
  signal?: AbortSignal;
}

export interface StreamLimits extends CallLimits {
  /** Milliseconds from now until the first text; the deadline by default. */
  firstTextMs?: number;
  /** Longest silence between two events; the deadline by default. */
  idleMs?: number;
}

/** Stops one call when a limit is reached or its caller disconnects, and remembers which it was. */
export class CallDeadline {
  stoppedBy: StoppedBy | undefined;
  private readonly controller = new AbortController();
  private readonly deadline: NodeJS.Timeout;
  private firstText: NodeJS.Timeout | undefined;
  private idle: NodeJS.Timeout | undefined;
  /** True while the call waits for Bedrock and for nothing else. */
  private expecting = false;
  private events = 0;
  private hasText = false;
  private isOver = false;
  private giveUp: ((reason: unknown) => void) | undefined;
  private readonly onCallerGone = () => this.stop('caller');

  constructor(private readonly limits: StreamLimits) {
    const { signal, deadlineMs, firstTextMs } = limits;
    if (signal?.aborted) this.stop('caller');
    signal?.addEventListener('abort', this.onCallerGone, { once: true });
    this.deadline = setTimeout(() => this.stopIf('deadline', () => true), deadlineMs);
    if (firstTextMs !== undefined)
      this.firstText = setTimeout(() => this.stopIf('first_text', () => !this.hasText), firstTextMs);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /**
   * Limits the wait for a call, whatever blocks it: the SDK honours a signal during requests to Bedrock, but not while
   * it looks for credentials.
   */
  within<T>(call: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.giveUp = reject;
      if (this.signal.aborted) reject(this.signal.reason);
      call.then(resolve, reject);
    });
  }

  /** Starts to measure silence. */
  expectEvent(): void {
    const { idleMs } = this.limits;
    if (idleMs === undefined || this.isOver) return;
    this.expecting = true;
    // Runs for each event of each stream: to refresh a timer costs less than to create one.
    if (this.idle) this.idle.refresh();
    else this.idle = setTimeout(() => this.onSilence(), idleMs);
  }

  /** Records an event and stops to measure silence while the caller processes it. */
  eventCame(hasText: boolean): void {
    this.expecting = false;
    this.events += 1;
    if (!hasText || this.hasText) return;
    this.hasText = true;
    clearTimeout(this.firstText);
  }

  /** Ends the call. An incomplete one is aborted upstream too, because its tokens would be billed. */
  release(complete: boolean): void {
    this.isOver = true;
    clearTimeout(this.deadline);
    clearTimeout(this.firstText);
    clearTimeout(this.idle);
    this.limits.signal?.removeEventListener('abort', this.onCallerGone);
    if (!complete) this.controller.abort();
  }

  private onSilence(): void {
    const { events } = this;
    this.stopIf('idle', () => this.expecting && this.events === events);
  }

  /** Stops the call after pending input is read: a busy process runs its timers before it reads. */
  private stopIf(by: StoppedBy, isDue: () => boolean): void {
    setImmediate(() => {
      if (!this.isOver && isDue()) this.stop(by);
    });
  }

  private stop(by: StoppedBy): void {
    this.stoppedBy ??= by;
    this.controller.abort();
    this.giveUp?.(this.signal.reason);
  }
}

/** Makes one call within its limits. @throws BedrockError */
export async function guarded<T>(
  modelId: string | null,
  limits: CallLimits,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new CallDeadline(limits);
  let complete = false;
  try {
    const result = await deadline.within(call(deadline.signal));
    complete = true;
    return result;
  } catch (error) {
    const { stoppedBy } = deadline;
    // Nothing is seen of a whole answer before its end: one that we stopped was probably being written.
    const begun = stoppedBy !== undefined;
    throw classifyError(error, { modelId, stoppedBy, inStream: false, textShown: false, begun });
  } finally {
    deadline.release(complete);
  }
}
