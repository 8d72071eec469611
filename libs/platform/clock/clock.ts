/** What time it is. Lifecycle, cool-downs and expiry ask this, so that tests can set it. */
export abstract class Clock {
  abstract now(): Date;

  /** Milliseconds since 1970, for what is asked on every request. */
  millis(): number {
    return this.now().getTime();
  }
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  override millis(): number {
    return Date.now();
  }
}
