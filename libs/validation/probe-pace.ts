import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** How fast a sweep asks: it must not be what throttles the models that people wait for. */
@Injectable()
export class ProbePace {
  /** Between two questions. */
  pauseMs = 200;

  async rest(): Promise<void> {
    await delay(this.pauseMs);
  }
}
