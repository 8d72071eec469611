import type { SwitchEvent } from './switch.js';

/** Columns of `switch_events` by field. Audit rows have the same, except for those that only an event has. */
const SWITCH_EVENT_COLUMNS = {
  id: 'id',
  scope: 'scope',
  conversationId: 'conversation_id',
  useCase: 'use_case',
  seq: 'seq',
  userId: 'user_id',
  actor: 'actor',
  onBehalfOf: 'on_behalf_of',
  action: 'switch_action',
  type: 'switch_type',
  firstAssignment: 'first_assignment',
  previousModelId: 'previous_model_id',
  newModelId: 'new_model_id',
  previousPriceVersion: 'previous_price_version',
  newPriceVersion: 'new_price_version',
  reason: 'reason',
  notificationShown: 'notification_shown',
  notificationTitle: 'notification_title',
  notificationMessage: 'notification_message',
  requestId: 'request_id',
  occurredAt: 'occurred_at',
  basis: 'basis',
  changeId: 'change_id',
  approvedBy: 'approved_by',
} as const satisfies Record<keyof SwitchEvent, string>;

type Field = keyof SwitchEvent;

/** Every field of an event, in the order of its columns. */
export const SWITCH_EVENT_FIELDS = Object.keys(SWITCH_EVENT_COLUMNS) as Field[];

/** Fields that an audit row has by the same name. Its time is in `timestamp`. */
export const AUDITED_FIELDS = SWITCH_EVENT_FIELDS.filter(
  (field) => field !== 'firstAssignment' && field !== 'occurredAt',
);

/** PostgreSQL sends bigint as text; ours stay far below 2^53. */
const BIGINTS = new Set<Field>(['seq', 'previousPriceVersion', 'newPriceVersion']);

/** @returns the select list of these fields of the row `alias`, each by the name of its field */
export const selectFields = (alias: string, fields: readonly Field[]): string =>
  fields
    .map((field) => {
      const column = `${alias}.${SWITCH_EVENT_COLUMNS[field]}${BIGINTS.has(field) ? '::float8' : ''}`;
      return `${column} AS "${field}"`;
    })
    .join(', ');

/** @returns the columns of these fields, each with the prefix */
export const columnsOf = (fields: readonly Field[], prefix = ''): string =>
  fields.map((field) => `${prefix}${SWITCH_EVENT_COLUMNS[field]}`).join(', ');
