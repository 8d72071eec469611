import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { query, queueWrite, type Transaction } from '#libs/platform/database/transactions.js';
import type { Origin } from '#libs/platform/telemetry/work-context.js';
import type { SwitchEvent } from './switch.js';
import { SwitchEventEntity } from './switch-event.entity.js';

/** Never earlier than the switch before it in its scope: clocks of instances differ by milliseconds, and lists go by the time. */
const OCCURRED_AT = `greatest($20::timestamptz,
  (SELECT p.occurred_at + interval '1 ms' FROM switch_events p WHERE p.conversation_id = $3 AND p.seq = $5::bigint - 1),
  (SELECT p.occurred_at + interval '1 ms' FROM switch_events p
   WHERE $3::text IS NULL AND p.conversation_id IS NULL AND p.use_case = $4 AND p.seq = $5::bigint - 1))`;

const INSERT: PreparedStatement = {
  name: 'insert-switch-event',
  text: `INSERT INTO switch_events (id, scope, conversation_id, use_case, seq, user_id, actor, on_behalf_of, switch_action,
      switch_type, previous_model_id, new_model_id, previous_price_version, new_price_version, reason, notification_shown,
      notification_title, notification_message, request_id, occurred_at, first_assignment)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, ${OCCURRED_AT}, $21)`,
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

/** An event that has no audit row yet, and what it was traced with. */
export type WaitingSwitch = SwitchEvent & Pick<Origin, 'traceparent'>;

@Injectable()
export class SwitchEventsRepository {
  constructor(private readonly db: DataSource) {}

  insert(event: SwitchEvent, tx: Transaction): void {
    queueWrite(tx, INSERT, [
      event.id,
      event.scope,
      event.conversationId,
      event.useCase,
      event.seq,
      event.userId,
      event.actor,
      event.onBehalfOf,
      event.action,
      event.type,
      event.previousModelId,
      event.newModelId,
      event.previousPriceVersion,
      event.newPriceVersion,
      event.reason,
      event.notificationShown,
      event.notificationTitle,
      event.notificationMessage,
      event.requestId,
      event.occurredAt,
      event.firstAssignment,
    ]);
  }

  /** Of these switches those that have no audit row yet. @throws where one has nothing but its entry in the outbox */
  async waiting(ids: string[], tx: Transaction): Promise<WaitingSwitch[]> {
    const rows = await query<WaitingSwitch & { outboxId: string }>(tx, WAITING, [ids]);
    return rows.map(({ outboxId, ...waiting }) => {
      if (waiting.id === null) throw new Error(`outbox entry ${outboxId} has no event`);
      return waiting;
    });
  }

  async lastOfUseCase(useCase: string): Promise<SwitchEvent | null> {
    const where = { useCase, conversationId: IsNull() };
    return this.db.manager.findOne(SwitchEventEntity, { where, order: { seq: 'DESC' } });
  }
}
