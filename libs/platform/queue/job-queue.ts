import { setTimeout as delay } from 'node:timers/promises';
import { getQueueToken } from '@nestjs/bullmq';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue, Worker } from 'bullmq';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { Metrics } from '../telemetry/metrics.js';
import type { JobDefinition } from './define-job.js';

type AnyJob = Pick<JobDefinition<unknown>, 'name' | 'options' | 'schedule'>;

@Injectable()
export class JobQueue {
  private readonly logger = new Logger('Jobs');
  private readonly runs;
  private readonly workers: Worker[] = [];
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly modules: ModuleRef,
    @Inject(ENV) private readonly env: Env,
    metrics: Metrics,
  ) {
    this.runs = metrics.histogram(
      {
        name: 'job_duration_seconds',
        help: 'Runs of jobs by queue: done or failed.',
        labels: ['queue', 'outcome'],
      },
      [0.01, 0.05, 0.25, 1, 5, 30, 300],
    );
  }

  /**
   * Takes the worker of a job, so that `drain` stops it. BullMQ prints the errors of a queue or worker that nobody listens
   * to; RedisConnections logs once that Redis is unavailable.
   */
  attach(job: AnyJob, worker: Worker): void {
    this.workers.push(worker);
    const ignore = () => undefined;
    worker.on('error', ignore);
    this.queue(job).on('error', ignore);
  }

  /**
   * Takes no more jobs and waits for those in progress. Another worker takes unfinished ones when their lock ends.
   * @param withinMs longest wait
   */
  async drain(withinMs: number): Promise<void> {
    for (const worker of this.workers) void worker.pause(true).catch(() => undefined);
    const over = new AbortController();
    const late = delay(withinMs, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([this.idle(), late]);
    over.abort();
    if (this.underWay.size > 0) this.logger.warn(`leaves ${this.underWay.size} jobs to another worker`);
  }

  private async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  /** Runs a job: counted, timed, and with a line in the log when it fails. */
  async observed(job: AnyJob, run: () => Promise<void>): Promise<void> {
    const running = this.timed(job, run);
    this.underWay.add(running);
    await running.finally(() => this.underWay.delete(running));
  }

  private async timed({ name }: AnyJob, run: () => Promise<void>): Promise<void> {
    const end = this.runs.startTimer({ queue: name });
    try {
      await run();
      end({ outcome: 'done' });
    } catch (error) {
      end({ outcome: 'failed' });
      const { name: type, code } = error as { name?: string; code?: string };
      this.logger.warn(`${name} failed: ${[type, code].filter(Boolean).join(' ')}`);
      throw error;
    }
  }

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

  /** Sees to it that the job's schedule stands as configured; safe to call from every worker, again and again. */
  async schedule(job: AnyJob): Promise<void> {
    const wanted = job.schedule?.(this.env) ?? null;
    const queue = this.queue(job);
    if (wanted === null) {
      await queue.removeJobScheduler(job.name);
      return;
    }
    const present = await queue.getJobScheduler(job.name);
    const stands =
      'every' in wanted ? Number(present?.every) === wanted.every : present?.pattern === wanted.pattern;
    if (present && stands) return;
    const repeat = 'every' in wanted ? wanted : { ...wanted, tz: 'UTC' };
    await queue.upsertJobScheduler(job.name, repeat, { name: job.name, data: {}, opts: job.options });
  }

  private queue(job: AnyJob): Queue {
    return this.modules.get<Queue>(getQueueToken(job.name), { strict: false });
  }
}
