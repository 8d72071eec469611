import { z } from 'zod';
import { defineJob, ONCE } from '#libs/platform/queue/define-job.js';

/** Finds dead models before users do. One sweep per period for the whole fleet; a crashed one is run again. */
export const sweepModels = defineJob({
  name: 'validation.sweep-models',
  payload: z.object({}),
  options: ONCE,
  schedule: ({ VALIDATION_SWEEP_CRON }) =>
    VALIDATION_SWEEP_CRON === 'off' ? null : { pattern: VALIDATION_SWEEP_CRON },
});
