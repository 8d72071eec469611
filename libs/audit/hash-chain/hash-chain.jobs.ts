import { z } from 'zod';
import { defineJob, ONCE } from '#libs/platform/queue/define-job.js';

/** Seals the audit rows that have been written since. Until then a row could be changed without a trace. */
export const sealAuditRows = defineJob({
  name: 'switching.seal-audit-rows',
  payload: z.object({}),
  options: ONCE,
  schedule: () => ({ every: 5_000 }),
});
