import { z } from 'zod';
import { CHANGE_EVENTS, NOTIFICATION_KINDS } from '#libs/notifications/notification.js';
import { toNotificationView } from '#libs/notifications/notification-view.js';
import type { NotificationPage } from '#libs/notifications/notifications.service.js';
import { flag, Id, Limit, NumberCursor } from '../http/string.schemas.js';

const userId = Id.optional().meta({
  description: 'User on whose behalf a service key with the scope act-as acts',
});
const Kind = z.enum(NOTIFICATION_KINDS);

export const NotificationsQuery = z.strictObject({
  limit: Limit,
  cursor: NumberCursor,
  userId,
  kind: Kind.optional(),
  unacknowledged: flag('true: only notifications that are not acknowledged'),
  includeSilent: flag('true: also silent notifications'),
});
export type NotificationsQuery = z.infer<typeof NotificationsQuery>;

export const RecipientQuery = z.strictObject({ userId });
export type RecipientQuery = z.infer<typeof RecipientQuery>;

export const StreamQuery = RecipientQuery.extend({
  everybody: flag('true: notifications of all recipients, and open breakers; needs the scope audit'),
});
export type StreamQuery = z.infer<typeof StreamQuery>;

const ReachedBudget = z
  .object({
    id: z.uuid().meta({ description: '`id` in the list of budgets' }),
    scope: z.enum(['all', 'use_case', 'key', 'user']),
    period: z.enum(['day', 'month']),
    from: z.iso.date().meta({ description: 'First day (UTC) of the period' }),
    threshold: z.number().int().meta({ description: 'Threshold that is reached, in percent of the limit' }),
    limitUsd: z.string(),
    spentUsd: z.string().meta({ description: 'USD of the calls whose cost is known' }),
    unknownCostCalls: z
      .number()
      .int()
      .meta({ description: 'Calls that are not in `spentUsd`, because a price is not known' }),
    incomplete: z.boolean().meta({ description: 'true: the real spend is higher than `spentUsd`' }),
  })
  .meta({ id: 'ReachedBudget' });

const NotifiedChange = z
  .object({
    id: z.uuid().meta({ description: '`id` of the change request or of the freeze' }),
    event: z.enum(CHANGE_EVENTS).meta({
      description:
        'missed: it expired because its time was past; reported: a fallback switch of a key that has to be reviewed; frozen, freeze_ended: a freeze is made, or ended early',
    }),
    useCases: z.array(z.string()).meta({ description: 'Of a freeze of all: those that there are' }),
    from: z.iso.datetime().nullish().meta({ description: 'For a freeze: its begin' }),
    dueAt: z.iso.datetime().nullable().meta({
      description:
        'For a scheduled change: its time; for a change without approvals: until when it must be reviewed; for a freeze: its end',
    }),
  })
  .meta({ id: 'NotifiedChange' });

const text = z.string().nullable();
const time = z.iso.datetime();
export const NotificationView = z
  .object({
    id: z.uuid(),
    seq: z.number().int().meta({ description: 'Number in the feed, in the order of publication' }),
    kind: Kind,
    type: z.enum(['auto', 'manual']),
    title: z.string(),
    message: z.string(),
    modelId: z.string().meta({
      description:
        'Model of the notification; for a switch: the new model; empty: not about a model, but a webhook, a budget or a change',
    }),
    modelName: z.string(),
    provider: text,
    reason: text,
    direction: z
      .enum(['upgrade', 'downgrade', 'lateral'])
      .nullable()
      .meta({ description: 'For a switch: direction by the tiers of its models' }),
    from: text.meta({ description: 'For a switch: name of the previous model' }),
    to: text.meta({ description: 'For a switch: name of the new model' }),
    switchId: z.uuid().nullable(),
    conversationId: text.meta({ description: 'null: not about one conversation' }),
    useCase: text,
    userId: text.meta({ description: 'null: for several recipients' }),
    milestone: z
      .enum(['legacy', 'extended_access', 'end_of_life'])
      .nullable()
      .meta({ description: 'For a lifecycle warning: its milestone' }),
    dueAt: time.nullable().meta({ description: 'For a lifecycle warning: time of the milestone' }),
    days: z.number().int().nullable().meta({ description: 'For a lifecycle warning: days until `dueAt`' }),
    verdict: z.enum(['failed', 'passed']).nullable().meta({ description: 'For a validation: its result' }),
    budget: ReachedBudget.nullable().meta({
      description: 'For an alert about a budget: the budget, without its user',
    }),
    change: NotifiedChange.nullable().meta({ description: 'For a change: the change request and its event' }),
    silent: z.boolean().meta({ description: 'true: stored and not delivered' }),
    createdAt: time,
    shownAt: time
      .nullable()
      .meta({ description: 'Time at which the notification was first shown to the recipient' }),
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
