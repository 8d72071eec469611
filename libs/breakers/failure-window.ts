/** A result counts for one to two of these. */
const SPAN_MS = 10_000;
/** A model is failing with this many failures, if they are at least half of all calls. */
const MIN_FAILURES = 3;
/** This many consecutive failures suffice alone: a model may have answered thousands of calls just before. */
const MAX_CONSECUTIVE_FAILURES = 5;

interface Span {
  failures: number;
  calls: number;
}

/**
 * Failures and calls of one model in a sliding window. Two spans alternate, so that the cost is constant at any rate.
 */
export class FailureWindow {
  private current: Span = { failures: 0, calls: 0 };
  private previous: Span = { failures: 0, calls: 0 };
  private since = 0;
  private inARow = 0;

  /** @param now milliseconds */
  add(failed: boolean, now: number): void {
    this.turn(now);
    this.current.calls += 1;
    this.inARow = failed ? this.inARow + 1 : 0;
    if (failed) this.current.failures += 1;
  }

  isFailing(now: number): boolean {
    this.turn(now);
    const failures = this.current.failures + this.previous.failures;
    const calls = this.current.calls + this.previous.calls;
    const mostFail = failures >= MIN_FAILURES && failures * 2 >= calls;
    return mostFail || (this.inARow >= MAX_CONSECUTIVE_FAILURES && failures > 0);
  }

  private turn(now: number): void {
    if (now - this.since < SPAN_MS) return;
    const empty = { failures: 0, calls: 0 };
    this.previous = now - this.since < 2 * SPAN_MS ? this.current : empty;
    this.current = { ...empty };
    this.since = now;
  }
}
