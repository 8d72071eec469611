import type { JobsOptions } from 'bullmq';
import type { z } from 'zod';
import type { Env } from '../config/env.js';

/** Every so many milliseconds, or by a cron pattern (UTC). */
export type Schedule = { every: number } | { pattern: string };

/** One background job: its queue, its payload (ids only) and how it is retried. Producer and processor import the same value. */
export interface JobDefinition<Payload> {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  readonly options: JobsOptions;
  /** Schedule of the job, which runs once for all instances; null: the operator has switched it off. */
  readonly schedule?: (env: Env) => Schedule | null;
}

export const defineJob = <Payload>(job: JobDefinition<Payload>): JobDefinition<Payload> => job;

const KEPT = { removeOnComplete: 100, removeOnFail: 100 };

/** For a job that is retried otherwise: by the outbox, or by the next run of its schedule. */
export const ONCE: JobsOptions = { ...KEPT, attempts: 1 };

/** For a job whose failure may be temporary: two retries, after this pause and after twice as long. */
export const retriedAfter = (delayMs: number): JobsOptions => ({
  ...KEPT,
  attempts: 3,
  backoff: { type: 'exponential', delay: delayMs },
});
