import { z } from 'zod';
import { ATTEMPT_STATES, type DeliveryAttempt } from '#libs/notifications/delivery/delivery-attempt.js';
import { Limit, NumberCursor } from '../http/string.schemas.js';

const State = z.enum(ATTEMPT_STATES).meta({
  description:
    'delivered: at the first attempt, or by a resend; recovered: delivered after failed attempts; failed: not delivered',
});

export const DeliveriesQuery = z.strictObject({
  limit: Limit,
  cursor: NumberCursor,
  state: State.optional(),
});
export type DeliveriesQuery = z.infer<typeof DeliveriesQuery>;

export const DeliveryAttemptView = z
  .object({
    id: z.number().int(),
    webhookId: z.uuid(),
    url: z.string(),
    messageId: z.string().meta({ description: '`webhook-id` of the message, the same for all its attempts' }),
    notificationId: z.uuid(),
    seq: z
      .number()
      .int()
      .nullable()
      .meta({ description: '`seq` of the notification; null: the notification is no longer kept' }),
    kind: z.string().nullable(),
    title: z.string().nullable(),
    state: State,
    attempt: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Number of the attempt since the last delivery; null: a resend' }),
    attemptedAt: z.iso.datetime(),
    durationMs: z.number().int(),
    status: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'HTTP status of the receiver; null: no response' }),
    error: z
      .string()
      .nullable()
      .meta({ examples: ['answered 500'] }),
    nextAttemptAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Time of the next attempt; only of the newest attempt, if it failed' }),
    resentBy: z.string().nullable().meta({ description: 'Actor of a resend; null: the worker sent it' }),
  })
  .meta({ id: 'DeliveryAttempt' });
export const DeliveryAttemptPage = z
  .object({ items: z.array(DeliveryAttemptView), nextCursor: z.string().nullable() })
  .meta({ id: 'DeliveryAttemptPage' });

export const toDeliveryAttemptView = (attempt: DeliveryAttempt) => ({
  ...attempt,
  attemptedAt: attempt.attemptedAt.toISOString(),
  nextAttemptAt: attempt.nextAttemptAt?.toISOString() ?? null,
});
