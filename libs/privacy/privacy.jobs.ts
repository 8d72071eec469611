import { z } from 'zod';
import { defineJob, ONCE } from '#libs/platform/queue/define-job.js';

/** Completes erasures that were requested a minute ago or earlier. */
export const completeErasures = defineJob({
  name: 'privacy.complete-erasures',
  payload: z.object({}),
  options: ONCE,
  schedule: () => ({ every: 30_000 }),
});

export const enforceRetention = defineJob({
  name: 'privacy.enforce-retention',
  payload: z.object({}),
  options: ONCE,
  schedule: () => ({ pattern: '15 2 * * *' }),
});
