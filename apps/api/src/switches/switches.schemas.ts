import { z } from 'zod';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import type { ListedSwitch, Position, SwitchPage } from '#libs/switching/switch.js';
import { cursor, Id, Limit, ModelId, ReasonText, Time } from '../http/string.schemas.js';
import { NotificationView, SwitchData } from '../orchestrate/orchestrate.schemas.js';

const Cursor = cursor(z.string().min(1).max(200));

export const PageQuery = z.strictObject({ limit: Limit, cursor: Cursor });
export type PageQuery = z.infer<typeof PageQuery>;

export const SwitchesQuery = PageQuery.extend({
  scope: z
    .enum(['conversation', 'use_case'])
    .optional()
    .meta({ description: 'Only switches of conversations, or only switches of use cases' }),
  conversationId: Id.optional(),
  userId: Id.optional(),
  useCase: Id.optional(),
  action: z.enum(['manual_switch', 'auto_switch', 'fallback_switch']).optional(),
  actor: Id.optional().meta({ description: 'Who switched, such as service:ops or user:user-456' }),
  modelId: ModelId.optional().meta({ description: 'Only switches from this model or to it' }),
  requestId: Id.optional().meta({
    description: 'Id of the request that switched; the switches of one move share it',
  }),
  reason: ReasonText.min(1).optional().meta({
    description: 'Part of the reason, in any case. Without `from` only the last 92 days are searched',
  }),
  from: Time.optional().meta({ description: 'Start of the period, included' }),
  to: Time.optional().meta({ description: 'End of the period, not included' }),
  format: z
    .enum(['json', 'csv', 'ndjson'])
    .default('json')
    .meta({ description: 'csv and ndjson contain all switches that match the filters, not a page' }),
});
export type SwitchesQuery = z.infer<typeof SwitchesQuery>;

export const SwitchView = z
  .object({
    id: z.uuid(),
    seq: z.number().int(),
    scope: z.enum(['conversation', 'use_case']),
    conversationId: z.string().nullable(),
    useCase: z.string(),
    userId: z.string(),
    actor: z.string(),
    onBehalfOf: z.string().nullable(),
    action: z.enum(['manual_switch', 'auto_switch', 'fallback_switch']),
    type: z.enum(['auto', 'manual']),
    previousModelId: z.string(),
    newModelId: z.string(),
    reason: z.string().nullable(),
    costImpact: z
      .string()
      .nullable()
      .meta({ description: 'Cost impact in USD; null: pending, or a price is unknown' }),
    costImpactHorizon: z.string().nullable(),
    savedUsd: z
      .string()
      .nullable()
      .meta({ description: 'Saving in USD so far; null: no call yet, or a price is unknown' }),
    notificationShown: z.boolean(),
    status: z
      .enum(['pending', 'recorded'])
      .meta({ description: 'pending: the audit row is not written yet' }),
    timestamp: z.iso.datetime(),
    requestId: z.string().meta({ description: 'Request that switched; erased: the user was erased' }),
    basis: z.enum(['direct', 'change', 'break_glass', 'safety_move', 'report']).nullable().meta({
      description:
        'Why the switch of a use case, or of a conversation that a change moved with it, was allowed. `safety_move`: by the service, to a candidate. `report`: a key reported a failure, and a person reviews it. null: of another conversation',
    }),
    changeId: z.uuid().nullable().meta({ description: 'Change request that made it' }),
    approvedBy: z.array(z.string()).nullable().meta({ description: 'People who approved that change' }),
  })
  .meta({ id: 'Switch' });

export const UndoSwitch = z
  .strictObject({
    reason: ReasonText.min(1).optional(),
    showNotification: z
      .boolean()
      .optional()
      .meta({ description: 'false: the notification is silent; default: that of the switch' }),
  })
  .meta({ id: 'UndoSwitch' })
  .default({});
export type UndoSwitch = z.infer<typeof UndoSwitch>;

export const UndoneView = SwitchData.extend({ notification: NotificationView.optional() }).meta({
  id: 'UndoneSwitch',
});

export const SwitchPageView = z
  .object({ items: z.array(SwitchView), nextCursor: z.string().nullable() })
  .meta({ id: 'SwitchPage' });

export const toSwitchView = ({ audited, occurredAt, ...event }: ListedSwitch) => ({
  ...event,
  status: audited ? ('recorded' as const) : ('pending' as const),
  timestamp: occurredAt.toISOString(),
});

export const toSwitchPageView = ({ items, next }: SwitchPage) => ({
  items: items.map(toSwitchView),
  nextCursor: next ? encodeCursor(next) : null,
});

export const encodeCursor = ({ occurredAt, id }: Position): string =>
  Buffer.from(JSON.stringify([occurredAt.toISOString(), id])).toString('base64url');

const Decoded = z.tuple([z.iso.datetime(), z.uuid()]);

/** @throws InvalidInputError for a cursor that we did not make */
export function decodeCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [occurredAt, id] = Decoded.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { occurredAt: new Date(occurredAt), id };
  } catch {
    throw new InvalidInputError([{ field: 'cursor', message: 'is not a nextCursor of this list' }]);
  }
}
