import { z } from 'zod';
import { defineJob, ONCE } from '#libs/platform/queue/define-job.js';

/**
 * Writes the audit rows of some switches. One attempt: PostgreSQL's outbox counts failures and tries again. The release
 * before knew `id` alone: its jobs are understood, and of ours it does the first and leaves the others due.
 */
export const recordSwitch = defineJob({
  name: 'switching.record-switch',
  payload: z.object({ id: z.uuid(), others: z.array(z.uuid()).default([]) }),
  options: ONCE,
});

/** Recovers conversations whose failed model is healthy again, and unpins models that are not selectable any more. */
export const recoverConversations = defineJob({
  name: 'switching.recover-conversations',
  payload: z.object({}),
  options: ONCE,
  schedule: () => ({ every: 10_000 }),
});

export const forgetIdempotencyKeys = defineJob({
  name: 'switching.forget-idempotency-keys',
  payload: z.object({}),
  options: ONCE,
  schedule: () => ({ every: 3_600_000 }),
});
