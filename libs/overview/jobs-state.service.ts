import { Injectable } from '@nestjs/common';
import { rollUpUsage } from '#libs/costs/costs.jobs.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { QueueInspector } from '#libs/platform/queue/queue-inspector.js';
import { sweepModels } from '#libs/validation/validation.jobs.js';

export interface JobsState {
  /** Time since which no worker takes jobs; null: none ever did; absent: a worker runs, or Redis is unavailable. */
  workerAwaySince?: Date | null;
  /** Time of the last failed run of a sweep. */
  sweepFailedAt?: Date;
}

/** A job that runs each ten seconds is late only without a worker. */
const AWAY_AFTER_MS = 60_000;

/** Reads from the queues whether jobs run. */
@Injectable()
export class JobsStateService {
  constructor(
    private readonly queues: QueueInspector,
    private readonly clock: Clock,
  ) {}

  /** Returns nothing while Redis is unavailable: then `/readyz` and the metrics tell. */
  async read(): Promise<JobsState> {
    try {
      return { ...(await this.worker()), ...(await this.sweep()) };
    } catch {
      return {};
    }
  }

  private async worker(): Promise<JobsState> {
    const schedule = await this.queues.of(rollUpUsage.name).getJobScheduler(rollUpUsage.name);
    if (!schedule?.next) return { workerAwaySince: null };
    const isLate = this.clock.millis() - schedule.next > AWAY_AFTER_MS;
    return isLate ? { workerAwaySince: new Date(schedule.next) } : {};
  }

  private async sweep(): Promise<JobsState> {
    const [failed] = await this.queues.of(sweepModels.name).getFailed(0, 0);
    return failed?.finishedOn ? { sweepFailedAt: new Date(failed.finishedOn) } : {};
  }
}
