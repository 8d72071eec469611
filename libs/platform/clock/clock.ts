/** Current time for lifecycle, cool-downs and expiry, so that tests can set it. */
export abstract class Clock {
  abstract now(): Date;

  /** Returns milliseconds since 1970, without a Date for each request. */
  millis(): number {
    return this.now().getTime();
  }
}

/**
 * Clock of this process, corrected to PostgreSQL's, so that all instances have the same time. See `ClockCorrection`.
 */
export class SystemClock extends Clock {
  /** Milliseconds to add to the process's clock. */
  correctionMs = 0;

  now(): Date {
    return new Date(this.millis());
  }

  override millis(): number {
    return Date.now() + this.correctionMs;
  }
}
