import { setTimeout as delay } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { SweepStateService } from '#libs/validation/sweep-state.service.js';
import { sweepModels } from '#libs/validation/validation.jobs.js';

const MAX_ATTEMPTS = 6;

/** Sweeps a new installation immediately instead of after the first period. */
@Injectable()
export class FirstSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('FirstSweep');
  /** First pause; each later one is longer by as much. */
  retryMs = 1_000;
  private isOver = false;

  constructor(
    private readonly queue: JobQueue,
    private readonly state: SweepStateService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  onApplicationBootstrap(): void {
    if (sweepModels.schedule?.(this.env) !== null) void this.request();
  }

  onApplicationShutdown(): void {
    this.isOver = true;
  }

  /** Retries after a failure: while all instances start, PostgreSQL may be too busy for a connection. */
  private async request(): Promise<void> {
    for (let attempt = 1; !this.isOver; attempt += 1) {
      try {
        if (!(await this.state.hasSwept()))
          await this.queue.addBulk(sweepModels, [{ id: 'first', payload: {} }]);
        return;
      } catch (error) {
        if (attempt < MAX_ATTEMPTS) await delay(attempt * this.retryMs, undefined, { ref: false });
        else
          return this.logger.warn(
            `the first sweep was not requested, so it waits for the schedule: ${(error as Error).message}`,
          );
      }
    }
  }
}
