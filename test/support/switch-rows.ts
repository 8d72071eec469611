import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';

export const SONNET = 'eu.anthropic.claude-sonnet-4-6';
export const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
export const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
export const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';

/** A switch that happened, as far as a test cares about it. */
export interface SwitchRow {
  /** An SQL expression for its time. */
  at: string;
  user: string;
  /** Null: a switch of the use case `clinical`. */
  conversation: string | null;
  from: string;
  to: string;
  action: 'manual_switch' | 'auto_switch' | 'fallback_switch';
  reason?: string;
  /** USD; not given: no price was known. */
  saves?: string;
  /** Exchanges that `saves` is for; not given: the estimate does not say. */
  exchanges?: number;
}

/** Writes a switch as api and worker leave it behind: the event and its audit row, through the application's role. */
export async function insertSwitch(db: Client, row: SwitchRow, seq: number): Promise<string> {
  const id = randomUUID();
  const scope = row.conversation === null ? 'use_case' : 'conversation';
  const type = row.action === 'manual_switch' ? 'manual' : 'auto';
  await db.query(
    `INSERT INTO switch_events (id, scope, conversation_id, use_case, seq, user_id, actor, switch_action, switch_type,
       previous_model_id, new_model_id, reason, notification_shown, notification_title, notification_message,
       request_id, occurred_at)
     VALUES ($1, $2, $3, 'clinical', $4, $5, $5, $6, $7, $8, $9, $10, true, 'title', 'message', 'request', ${row.at})`,
    [id, scope, row.conversation, seq, row.user, row.action, type, row.from, row.to, row.reason],
  );
  await insertAuditRow(db, id, row);
  return id;
}

/** Writes the audit row of an event, as the worker does. */
export async function insertAuditRow(
  db: Client,
  id: string,
  { saves, exchanges }: Pick<SwitchRow, 'saves' | 'exchanges'> = {},
): Promise<void> {
  await db.query(
    `INSERT INTO bedrock_model_switches (id, user_id, conversation_id, previous_model_id, new_model_id, switch_action,
       reason, notification_shown, notification_title, notification_message, switch_type, timestamp,
       cost_impact_estimated, scope, use_case, seq, actor, on_behalf_of, previous_price_version, new_price_version,
       request_id, cost_impact_horizon, cost_impact_assumption)
     SELECT id, user_id, conversation_id, previous_model_id, new_model_id, switch_action, reason, notification_shown,
       notification_title, notification_message, switch_type, occurred_at, $2, scope, use_case, seq, actor, on_behalf_of,
       previous_price_version, new_price_version, request_id, '12 exchanges', $3 FROM switch_events WHERE id = $1`,
    [id, saves, { exchanges }],
  );
}
