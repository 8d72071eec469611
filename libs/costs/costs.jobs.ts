import { z } from 'zod';
import { defineJob, ONCE, retriedAfter } from '#libs/platform/queue/define-job.js';

/** Measures usage for estimates, and latency of models, over the last 30 days. */
export const measureUsage = defineJob({
  name: 'costs.measure-usage',
  payload: z.object({}),
  options: retriedAfter(10_000),
  schedule: () => ({ every: 3_600_000 }),
});

/** Adds recorded calls to the roll-ups. The next run continues where it stopped. */
export const rollUpUsage = defineJob({
  name: 'costs.roll-up-usage',
  payload: z.object({}),
  options: ONCE,
  schedule: () => ({ every: 10_000 }),
});

/** Creates partitions for calls before their months begin. */
export const makePartitions = defineJob({
  name: 'costs.make-partitions',
  payload: z.object({}),
  options: retriedAfter(60_000),
  schedule: () => ({ every: 6 * 3_600_000 }),
});
