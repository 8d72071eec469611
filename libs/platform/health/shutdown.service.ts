import { Injectable } from '@nestjs/common';

/** Signals to work in progress that the process cannot wait any longer. */
@Injectable()
export class Shutdown {
  private readonly cutting = new AbortController();

  /** Aborts after `SHUTDOWN_GRACE_SECONDS`: responses end then, with an error that contains instructions. */
  get cut(): AbortSignal {
    return this.cutting.signal;
  }

  cutOff(): void {
    this.cutting.abort();
  }
}
