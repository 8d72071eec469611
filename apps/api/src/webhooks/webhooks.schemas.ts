import { z } from 'zod';
import { FEEDS, type Webhook } from '#libs/notifications/webhooks/webhook.js';
import { deliveryState, resumption, toTimes } from '../notifications/receivers.schemas.js';

const Feed = z.enum(FEEDS).meta({
  description:
    'users: notifications of all users (act-as); operators: notifications of operators (operate or read)',
});

export const CreateWebhook = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an https URL' })
      .max(2_000)
      .refine((url) => !/^\w+:\/\/[^/?#]*@/.test(url), 'must not contain a user or a password')
      .meta({
        description: 'https URL; http only to an address of this machine that the configuration allows',
      }),
    feed: Feed,
  })
  .meta({ id: 'CreateWebhook' });
export type CreateWebhook = z.infer<typeof CreateWebhook>;

const MAX_OVERLAP_SECONDS = 7 * 86_400;
export const RotateWebhook = z
  .strictObject({
    overlapSeconds: z.number().int().min(0).max(MAX_OVERLAP_SECONDS).default(86_400).meta({
      description: 'Seconds for which the old secret signs in addition to the new secret; default: 1 day',
    }),
  })
  .meta({ id: 'RotateWebhook' });
export type RotateWebhook = z.infer<typeof RotateWebhook>;

export const ResumeWebhook = z.strictObject(resumption).meta({ id: 'ResumeWebhook' });
export type ResumeWebhook = z.infer<typeof ResumeWebhook>;

export const WebhookView = z
  .object({
    id: z.uuid(),
    owner: z.string().meta({
      description: 'Name of the key that the webhook belongs to; key:<id> if an older key has that name',
    }),
    feed: Feed,
    url: z.string(),
    status: z.enum(['active', 'failing', 'waiting', 'disabled']).meta({
      description:
        'waiting: no valid key of the webhook may get the feed; disabled: at least 10 attempts failed over more than 3 days',
    }),
    position: z.number().int().meta({ description: '`seq` up to which all notifications are delivered' }),
    ...deliveryState,
  })
  .meta({ id: 'Webhook' });
export const WebhookWithSecretView = WebhookView.extend({
  secret: z.string().meta({ description: 'Secret that signs the messages; only this response contains it' }),
}).meta({ id: 'WebhookWithSecret' });
export const WebhookPage = z
  .object({ items: z.array(WebhookView), nextCursor: z.null() })
  .meta({ id: 'WebhookPage' });

export const DeliveryView = z
  .object({
    delivered: z.boolean(),
    status: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'HTTP status of the receiver; null: no response' }),
    error: z.string().nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

export const toWebhookView = (webhook: Webhook) => ({
  ...webhook,
  ...toTimes(webhook),
});
