import { WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import type { JobDefinition } from './define-job.js';

/** A processor parses its payload and makes one call. */
export abstract class JobProcessor<Payload> extends WorkerHost {
  abstract readonly definition: JobDefinition<Payload>;
  protected abstract handle(payload: Payload): Promise<void>;

  override async process(job: Job<unknown>): Promise<void> {
    await this.handle(this.definition.payload.parse(job.data));
  }
}

/** A worker may crash on a job without the job being given up: PostgreSQL counts real failures, Redis does not. */
export const WORKER_OPTIONS = { maxStalledCount: 1_000, stalledInterval: 5_000, lockDuration: 15_000 };
