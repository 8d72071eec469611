import { z } from 'zod';
import { defineJob } from '#libs/platform/queue/define-job.js';

/** Reads what Bedrock offers, on the operator's schedule. */
export const syncCatalogue = defineJob({
  name: 'catalogue.sync',
  payload: z.object({}),
  options: {
    removeOnComplete: 100,
    removeOnFail: 100,
    attempts: 3,
    backoff: { type: 'exponential', delay: 60_000 },
  },
  schedule: ({ CATALOGUE_SYNC_CRON }) =>
    CATALOGUE_SYNC_CRON === 'off' ? null : { pattern: CATALOGUE_SYNC_CRON },
});

/** Prices that were given ahead of their time. */
export const settlePrices = defineJob({
  name: 'catalogue.settle-prices',
  payload: z.object({}),
  options: {
    removeOnComplete: 100,
    removeOnFail: 100,
    attempts: 3,
    backoff: { type: 'exponential', delay: 10_000 },
  },
  schedule: () => ({ every: 3_600_000 }),
});
