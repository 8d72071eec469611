export interface CallLimits {
  /** Milliseconds from now in which the whole call must end, a stream with its last event. */
  deadlineMs: number;
  /** Aborts when the caller goes away. */
  signal?: AbortSignal;
}

export interface StreamLimits extends CallLimits {
  /** Milliseconds from now until the first text; the deadline by default. */
  firstTextMs?: number;
  /** Longest silence between two events; the deadline by default. */
  idleMs?: number;
}

export type StoppedBy = 'caller' | 'deadline' | 'first_text' | 'idle';

/** Stops one call when its time is over or its caller has left, and remembers which it was. */
export class CallGuard {
  stoppedBy: StoppedBy | undefined;
  private readonly controller = new AbortController();
  private readonly timers = new Map<StoppedBy, NodeJS.Timeout>();
  private readonly onCallerGone = () => this.stop('caller');

  constructor(private readonly limits: StreamLimits) {
    if (limits.signal?.aborted) this.stop('caller');
    limits.signal?.addEventListener('abort', this.onCallerGone, { once: true });
    this.startTimer('deadline', limits.deadlineMs);
    this.startTimer('first_text', limits.firstTextMs);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /**
   * Waits for a call no longer than its limits allow, whatever it hangs on: the SDK heeds a signal while it talks to
   * Bedrock, and not while it looks for credentials.
   */
  async within<T>(call: Promise<T>): Promise<T> {
    let stop = () => {};
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(this.signal.reason);
      if (this.signal.aborted) stop();
      else this.signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([call, stopped]);
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }

  /** From now on silence is counted. */
  expectEvent(): void {
    this.startTimer('idle', this.limits.idleMs);
  }

  /** The event is here; while the caller works on it, nobody waits for Bedrock. */
  eventCame(hasText: boolean): void {
    this.stopTimer('idle');
    if (hasText) this.stopTimer('first_text');
  }

  /** The call is over. One that is not complete is stopped upstream too: its tokens would be paid for. */
  release(complete: boolean): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.limits.signal?.removeEventListener('abort', this.onCallerGone);
    if (!complete) this.controller.abort();
  }

  private startTimer(name: StoppedBy, ms: number | undefined): void {
    if (ms === undefined) return;
    this.stopTimer(name);
    this.timers.set(
      name,
      setTimeout(() => this.stop(name), ms),
    );
  }

  private stopTimer(name: StoppedBy): void {
    clearTimeout(this.timers.get(name));
  }

  private stop(by: StoppedBy): void {
    this.stoppedBy ??= by;
    this.controller.abort();
  }
}
