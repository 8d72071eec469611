/** How long a result counts: between one and two of these. */
const SPAN_MS = 10_000;
/** So many failures, and at least half of all calls, make a model a failing one. */
const MIN_FAILURES = 3;
/** So many in a row do so whatever was before: a model may have answered thousands a moment ago. */
const MAX_CONSECUTIVE_FAILURES = 5;

interface Span {
  failures: number;
  calls: number;
}

/** What the last calls of one model came to. Two spans take turns, so that it costs the same at any rate. */
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
