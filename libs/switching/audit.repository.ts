import { Injectable } from '@nestjs/common';
import type { CostImpact } from '#libs/costs/cost-impact.js';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { queueWrite, type Transaction } from '#libs/platform/database/transactions.js';

/** What an audit row has besides what its event says. */
export type CostOfSwitch = CostImpact & { id: string };

/** The event is copied where it is: it does not travel to be written down again. */
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

@Injectable()
export class AuditRepository {
  /** Writes the audit rows of events; a second time changes nothing. */
  insert(costs: CostOfSwitch[], tx: Transaction): void {
    queueWrite(tx, INSERT, [JSON.stringify(costs)]);
  }
}
