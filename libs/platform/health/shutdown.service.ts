import { Injectable } from '@nestjs/common';

/** Signals to work under way that the process stops and cannot wait for it any longer. */
@Injectable()
export class Shutdown {
  private readonly cutting = new AbortController();

  /** Aborts when `SHUTDOWN_GRACE_SECONDS` are over: answers end now, with an error that says what to do. */
  get cut(): AbortSignal {
    return this.cutting.signal;
  }

  cutOff(): void {
    this.cutting.abort();
  }
}
