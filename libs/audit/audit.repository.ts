import { Injectable } from '@nestjs/common';
import type { CostImpact } from '#libs/costs/cost-impact.js';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { query, queueWrite, type Transaction } from '#libs/platform/database/transactions.js';
import type { TraceOrigin } from '#libs/platform/telemetry/async-context.js';
import type { SwitchEvent } from '#libs/switching/switch.js';

/** Part of an audit row that its event does not contain. */
export type CostOfSwitch = CostImpact & { id: string };

/** Copies the event inside the database, which saves sending it again. */
const INSERT: PreparedStatement = {
  name: 'insert-audit-rows',
  text: `INSERT INTO bedrock_model_switches (id, user_id, conversation_id, previous_model_id, new_model_id, switch_action,
      reason, notification_shown, notification_title, notification_message, switch_type, timestamp, scope, use_case, seq,
      actor, on_behalf_of, previous_price_version, new_price_version, request_id, cost_impact_estimated,
      cost_impact_horizon, cost_impact_assumption)
    SELECT e.id, e.user_id, e.conversation_id, e.previous_model_id, e.new_model_id, e.switch_action,
      e.reason, e.notification_shown, e.notification_title, e.notification_message, e.switch_type, e.occurred_at, e.scope,
      e.use_case, e.seq, e.actor, e.on_behalf_of, e.previous_price_version, e.new_price_version, e.request_id,
      cost."savedUsd", cost.horizon, cost.assumption
    FROM json_to_recordset($1) AS cost (id uuid, "savedUsd" numeric, horizon text, assumption jsonb)
    JOIN switch_events e ON e.id = cost.id
    ON CONFLICT DO NOTHING`,
};

const WAITING: PreparedStatement = {
  name: 'waiting-switches',
  text: `SELECT o.id AS "outboxId", o.traceparent, e.id, e.scope, e.conversation_id AS "conversationId",
      e.use_case AS "useCase", e.seq::float8 AS seq, e.user_id AS "userId", e.actor, e.on_behalf_of AS "onBehalfOf",
      e.switch_action AS action, e.switch_type AS type, e.previous_model_id AS "previousModelId",
      e.new_model_id AS "newModelId", e.previous_price_version::float8 AS "previousPriceVersion",
      e.new_price_version::float8 AS "newPriceVersion", e.reason, e.notification_shown AS "notificationShown",
      e.notification_title AS "notificationTitle", e.notification_message AS "notificationMessage",
      e.request_id AS "requestId", e.occurred_at AS "occurredAt", e.first_assignment AS "firstAssignment"
    FROM outbox o LEFT JOIN switch_events e ON e.id = o.id WHERE o.id = ANY($1::uuid[])`,
};

/** Event without an audit row, and its trace. */
export type WaitingSwitch = SwitchEvent & Pick<TraceOrigin, 'traceparent'>;

@Injectable()
export class AuditRepository {
  /** Returns those of these switches that have no audit row yet. @throws if an outbox entry has no event */
  async waiting(ids: string[], tx: Transaction): Promise<WaitingSwitch[]> {
    const rows = await query<WaitingSwitch & { outboxId: string }>(tx, WAITING, [ids]);
    return rows.map(({ outboxId, ...waiting }) => {
      if (waiting.id === null) throw new Error(`outbox entry ${outboxId} has no event`);
      return waiting;
    });
  }

  /** Writes the audit rows of events; idempotent. */
  insert(costs: CostOfSwitch[], tx: Transaction): void {
    queueWrite(tx, INSERT, [JSON.stringify(costs)]);
  }
}
