import { Injectable } from '@nestjs/common';
import type { CostImpact } from '#libs/costs/cost-impact.js';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { query, queueWrite, type Transaction } from '#libs/platform/database/transactions.js';
import type { TraceOrigin } from '#libs/platform/telemetry/async-context.js';
import type { SwitchEvent } from '#libs/switching/switch.js';
import {
  AUDITED_FIELDS,
  columnsOf,
  SWITCH_EVENT_FIELDS,
  selectFields,
} from '#libs/switching/switch-event.columns.js';

/** Part of an audit row that its event does not contain. */
export type CostOfSwitch = CostImpact & { id: string };

/** Copies the event inside the database, which saves sending it again. */
const INSERT: PreparedStatement = {
  name: 'insert-audit-rows',
  text: `INSERT INTO bedrock_model_switches (${columnsOf(AUDITED_FIELDS)}, timestamp,
      cost_impact_estimated, cost_impact_horizon, cost_impact_assumption)
    SELECT ${columnsOf(AUDITED_FIELDS, 'e.')}, e.occurred_at, cost."savedUsd", cost.horizon, cost.assumption
    FROM json_to_recordset($1) AS cost (id uuid, "savedUsd" numeric, horizon text, assumption jsonb)
    JOIN switch_events e ON e.id = cost.id
    ON CONFLICT DO NOTHING`,
};

const WAITING: PreparedStatement = {
  name: 'waiting-switches',
  text: `SELECT o.id AS "outboxId", o.traceparent, ${selectFields('e', SWITCH_EVENT_FIELDS)}
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
