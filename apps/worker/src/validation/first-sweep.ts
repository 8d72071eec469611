import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { SweepLog } from '#libs/validation/sweep-log.js';
import { sweepModels } from '#libs/validation/validation.jobs.js';

/** A new installation knows its models at once, and not after the first period. */
@Injectable()
export class FirstSweep implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstSweep');

  constructor(
    private readonly queue: JobQueue,
    private readonly log: SweepLog,
    @Inject(ENV) private readonly env: Env,
  ) {}

  onApplicationBootstrap(): void {
    if (sweepModels.schedule?.(this.env) === null) return;
    this.ask().catch((error: Error) => this.logger.warn(`the schedule will do it: ${error.message}`));
  }

  private async ask(): Promise<void> {
    if (!(await this.log.hasSwept())) await this.queue.addBulk(sweepModels, [{ id: 'first', payload: {} }]);
  }
}
