import { z } from 'zod';
import { toNotificationView } from '#libs/notifications/notification-view.js';
import type { NotificationPage } from '#libs/notifications/notifications.service.js';
import { Id, Limit } from '../http/string.schemas.js';

const userId = Id.optional().meta({ description: 'The user, for a service key with the scope act-as' });
const flag = z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }).default(false);
const asFlag = (description: string) => flag.meta({ description, type: 'boolean' });
const Kind = z.enum(['switch', 'lifecycle', 'validation', 'alert']);

export const NotificationsQuery = z.strictObject({
  limit: Limit,
  cursor: z.coerce.number().int().min(1).optional().meta({ description: '`nextCursor` of the page before' }),
  userId,
  kind: Kind.optional(),
  unacknowledged: asFlag('true: only those that were not acknowledged yet'),
  includeSilent: asFlag('true: also those that nobody was to be shown'),
});
export type NotificationsQuery = z.infer<typeof NotificationsQuery>;

export const RecipientQuery = z.strictObject({ userId });
export type RecipientQuery = z.infer<typeof RecipientQuery>;

export const StreamQuery = RecipientQuery.extend({
  everybody: asFlag('true: the notifications of all recipients, and open breakers (scope audit)'),
});
export type StreamQuery = z.infer<typeof StreamQuery>;

const text = z.string().nullable();
const time = z.iso.datetime();
export const NotificationView = z
  .object({
    id: z.uuid(),
    seq: z.number().int().meta({ description: 'The order of publication' }),
    kind: Kind,
    type: z.enum(['auto', 'manual']),
    title: z.string(),
    message: z.string(),
    modelId: z.string().meta({ description: 'The model that it is about; of a switch: the new one' }),
    modelName: z.string(),
    provider: text,
    reason: text,
    direction: z
      .enum(['upgrade', 'downgrade', 'lateral'])
      .nullable()
      .meta({ description: 'Of a switch, by the tiers of its models' }),
    from: text.meta({ description: 'Of a switch: the name of the model before' }),
    to: text.meta({ description: 'Of a switch: the name of the model after' }),
    switchId: z.uuid().nullable(),
    conversationId: text.meta({ description: 'null: not of one conversation' }),
    useCase: text,
    userId: text.meta({ description: 'null: for more than one' }),
    milestone: z
      .enum(['legacy', 'extended_access', 'end_of_life'])
      .nullable()
      .meta({ description: 'Of a lifecycle warning' }),
    dueAt: time.nullable().meta({ description: 'Of a lifecycle warning' }),
    days: z.number().int().nullable().meta({ description: 'Of a lifecycle warning: until dueAt' }),
    verdict: z.enum(['failed', 'passed']).nullable().meta({ description: 'Of a validation' }),
    silent: z.boolean().meta({ description: 'true: not to be shown; never streamed or pushed' }),
    createdAt: time,
    shownAt: time.nullable().meta({ description: 'When the recipient first saw it' }),
    acknowledgedAt: time.nullable(),
  })
  .meta({ id: 'Notification' });

export const NotificationPageView = z
  .object({ items: z.array(NotificationView), nextCursor: z.string().nullable() })
  .meta({ id: 'NotificationPage' });

export const toNotificationPageView = ({ items, next }: NotificationPage) => ({
  items: items.map(toNotificationView),
  nextCursor: next === undefined ? null : String(next),
});
