import { z } from 'zod';
import type { Env } from '#libs/platform/config/env.js';
import { defineJob, retriedAfter } from '#libs/platform/queue/define-job.js';

const whenSyncing = ({ CATALOGUE_SYNC_CRON }: Env) =>
  CATALOGUE_SYNC_CRON === 'off' ? null : { pattern: CATALOGUE_SYNC_CRON };

/** Reads the models that Bedrock offers, on the operator's schedule. */
export const syncCatalogue = defineJob({
  name: 'catalogue.sync',
  payload: z.object({}),
  options: retriedAfter(60_000),
  schedule: whenSyncing,
});

/** Reads prices from AWS's price list, where we have access to it. */
export const readAwsPrices = defineJob({
  name: 'catalogue.read-price-list',
  payload: z.object({}),
  options: retriedAfter(60_000),
  schedule: whenSyncing,
});
