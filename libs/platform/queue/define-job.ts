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
  /** When it runs by itself, once for the whole fleet; null: the operator has switched it off. */
  readonly schedule?: (env: Env) => Schedule | null;
}

export const defineJob = <Payload>(job: JobDefinition<Payload>): JobDefinition<Payload> => job;
