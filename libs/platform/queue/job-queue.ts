import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import type { JobDefinition } from './define-job.js';

type AnyJob = Pick<JobDefinition<unknown>, 'name' | 'options' | 'everyMs'>;

@Injectable()
export class JobQueue {
  constructor(private readonly modules: ModuleRef) {}

  /** Adds one job per payload in one round trip. An id that is still known to the queue is not added again. */
  async addBulk<Payload>(
    job: JobDefinition<Payload>,
    jobs: { id: string; payload: Payload }[],
  ): Promise<void> {
    await this.queue(job).addBulk(
      jobs.map(({ id, payload }) => ({
        name: job.name,
        data: job.payload.parse(payload),
        opts: { ...job.options, jobId: id },
      })),
    );
  }

  /** Jobs that no worker has taken yet. */
  async waiting(job: AnyJob): Promise<number> {
    return this.queue(job).getWaitingCount();
  }

  /** Registers the job's schedule unless it stands already; safe to call from every worker, again and again. */
  async schedule(job: AnyJob): Promise<void> {
    if (job.everyMs === undefined) return;
    const queue = this.queue(job);
    if (await queue.getJobScheduler(job.name)) return;
    await queue.upsertJobScheduler(
      job.name,
      { every: job.everyMs },
      { name: job.name, data: {}, opts: job.options },
    );
  }

  private queue(job: AnyJob): Queue {
    return this.modules.get<Queue>(getQueueToken(job.name), { strict: false });
  }
}
