import { z } from 'zod';
import { defineJob, retriedAfter } from '#libs/platform/queue/define-job.js';

export const measureUsage = defineJob({
  name: 'costs.measure-usage',
  payload: z.object({}),
  options: retriedAfter(10_000),
  schedule: () => ({ every: 3_600_000 }),
});
