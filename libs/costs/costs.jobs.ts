import { z } from 'zod';
import { defineJob, ONCE, retriedAfter } from '#libs/platform/queue/define-job.js';

/** What the last 30 days used, for estimates, and how fast models answered. */
export const measureUsage = defineJob({
  name: 'costs.measure-usage',
  payload: z.object({}),
  options: retriedAfter(10_000),
  schedule: () => ({ every: 3_600_000 }),
});

/** Adds recorded calls to the roll-ups. What it did not get to is there for the next run. */
export const rollUpUsage = defineJob({
  name: 'costs.roll-up-usage',
  payload: z.object({}),
  options: ONCE,
  schedule: () => ({ every: 10_000 }),
});

/** Partitions for calls, ahead of their months. */
export const makePartitions = defineJob({
  name: 'costs.make-partitions',
  payload: z.object({}),
  options: retriedAfter(60_000),
  schedule: () => ({ every: 6 * 3_600_000 }),
});
