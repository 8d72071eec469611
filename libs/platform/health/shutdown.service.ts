import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';

/** Signals to work in progress that the process cannot wait any longer. */
@Injectable()
export class Shutdown {
  private readonly cutting = new AbortController();

  constructor() {
    // Each call in progress listens: Node would report the eleventh as a leak.
    setMaxListeners(0, this.cutting.signal);
  }

  /** Aborts after `SHUTDOWN_GRACE_SECONDS`: responses end then, with an error that contains instructions. */
  get cut(): AbortSignal {
    return this.cutting.signal;
  }

  cutOff(): void {
    this.cutting.abort();
  }
}
