import { WorkerHost } from '@nestjs/bullmq';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Job, WorkerOptions } from 'bullmq';
import { runAs } from '../telemetry/async-context.js';
import type { JobDefinition } from './define-job.js';
import { JobQueue } from './job-queue.js';

/** A job survives any number of crashes of a worker: PostgreSQL counts real failures, Redis does not. */
export const WORKER_OPTIONS = {
  maxStalledCount: 1_000,
  stalledInterval: 5_000,
  lockDuration: 15_000,
} satisfies Partial<WorkerOptions>;

/** Interval at which a worker restores the schedule of its job, which Redis may have lost. */
const RESCHEDULE_MS = 30_000;

/** Parses the payload and makes one call. A processor of a scheduled job keeps the schedule alive. */
export abstract class JobProcessor<Payload>
  extends WorkerHost
  implements OnApplicationBootstrap, OnApplicationShutdown
{
  abstract readonly definition: JobDefinition<Payload>;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly queue: JobQueue) {
    super();
  }

  /** @param runId id of this run; a run that is repeated after a crash has the same */
  protected abstract handle(payload: Payload, runId: string): Promise<void>;

  override async process(job: Job<unknown>): Promise<void> {
    const runId = String(job.id);
    await runAs({ job: this.definition.name, runId }, () =>
      this.queue.observed(this.definition, () => this.handle(this.definition.payload.parse(job.data), runId)),
    );
  }

  onApplicationBootstrap(): void {
    this.queue.attach(this.definition, this.worker);
    if (!this.definition.schedule) return;
    const schedule = () => void this.queue.schedule(this.definition).catch(() => undefined);
    this.timer = setInterval(schedule, RESCHEDULE_MS);
    schedule();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
