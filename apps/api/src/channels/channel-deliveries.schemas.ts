import { z } from 'zod';
import type { AttemptPage, ChannelAttempt } from '#libs/notifications/delivery/delivery-attempt.js';
import { DeliveryAttemptView } from '../webhooks/webhook-deliveries.schemas.js';

const ChannelAttemptView = DeliveryAttemptView.omit({
  webhookId: true,
  url: true,
  notificationId: true,
  resentBy: true,
})
  .extend({
    channelId: z.uuid(),
    messageId: z.string().meta({ description: 'Id of the message, the same for all its attempts' }),
    seq: z.number().int().nullable().meta({
      description: '`seq` of the notification; null: a digest, or the notification is no longer kept',
    }),
    attempt: z.number().int().meta({ description: 'Number of the attempt since the last delivery' }),
    status: z.number().int().nullable().meta({ description: 'Status of HTTP or SMTP; null: no response' }),
  })
  .meta({ id: 'ChannelAttempt' });
export const ChannelAttemptPage = z
  .object({ items: z.array(ChannelAttemptView), nextCursor: z.string().nullable() })
  .meta({ id: 'ChannelAttemptPage' });

export const toChannelAttemptPage = ({ items, nextCursor }: AttemptPage<ChannelAttempt>) => ({
  items: items.map(({ notificationId: _, resentBy: __, ...attempt }) => ({
    ...attempt,
    attemptedAt: attempt.attemptedAt.toISOString(),
    nextAttemptAt: attempt.nextAttemptAt?.toISOString() ?? null,
  })),
  nextCursor,
});
