/** What time it is. Lifecycle, cool-downs and expiry ask this, so that tests can set it. */
export abstract class Clock {
  abstract now(): Date;

  /** Milliseconds since 1970, for what is asked on every request. */
  millis(): number {
    return this.now().getTime();
  }
}

/** The clock of this process, corrected to PostgreSQL's: all instances have the same time. See `ClockCorrection`. */
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
