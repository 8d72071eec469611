import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** Rate of a sweep's probes, which must not cause throttling of users' models. */
@Injectable()
export class ProbePace {
  /** Between two questions. */
  pauseMs = 200;

  async rest(): Promise<void> {
    await delay(this.pauseMs);
  }
}
