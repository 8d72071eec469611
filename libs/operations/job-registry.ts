import { sealAuditRows } from '#libs/audit/hash-chain/hash-chain.jobs.js';
import { raiseBudgetWarnings } from '#libs/budgets/budgets.jobs.js';
import { readAwsPrices, syncCatalogue } from '#libs/catalogue/catalogue.jobs.js';
import { makePartitions, measureUsage, rollUpUsage } from '#libs/costs/costs.jobs.js';
import { completeErasures, enforceRetention } from '#libs/privacy/privacy.jobs.js';
import { forgetIdempotencyKeys, recordSwitch, recoverConversations } from '#libs/switching/switching.jobs.js';
import { sweepModels } from '#libs/validation/validation.jobs.js';

/** Every job there is: each has a queue of its name. A test compares them with the processors of the worker. */
export const ALL_JOBS = [
  recordSwitch,
  recoverConversations,
  forgetIdempotencyKeys,
  sealAuditRows,
  measureUsage,
  rollUpUsage,
  makePartitions,
  raiseBudgetWarnings,
  sweepModels,
  syncCatalogue,
  readAwsPrices,
  completeErasures,
  enforceRetention,
];
