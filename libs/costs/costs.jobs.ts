import { z } from 'zod';
import { defineJob } from '#libs/platform/queue/define-job.js';

export const measureUsage = defineJob({
  name: 'costs.measure-usage',
  payload: z.object({}),
  options: {
    removeOnComplete: 100,
    removeOnFail: 100,
    attempts: 3,
    backoff: { type: 'exponential', delay: 10_000 },
  },
  schedule: () => ({ every: 3_600_000 }),
});
