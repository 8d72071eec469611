import { z } from 'zod';
import { defineJob, ONCE } from '#libs/platform/queue/define-job.js';

/** Warns operators of budgets that have reached a threshold. The next run warns of what this one missed. */
export const raiseBudgetWarnings = defineJob({
  name: 'budgets.raise-warnings',
  payload: z.object({}),
  options: ONCE,
  schedule: () => ({ every: 60_000 }),
});
