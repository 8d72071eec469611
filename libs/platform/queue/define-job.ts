import type { JobsOptions } from 'bullmq';
import type { z } from 'zod';

/** One background job: its queue, its payload (ids only) and how it is retried. Producer and processor import the same value. */
export interface JobDefinition<Payload> {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  readonly options: JobsOptions;
  /** Runs by itself this often, once for the whole fleet. */
  readonly everyMs?: number;
}

export const defineJob = <Payload>(job: JobDefinition<Payload>): JobDefinition<Payload> => job;
