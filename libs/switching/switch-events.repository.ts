import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { queueWrite, type Transaction } from '#libs/platform/database/transactions.js';
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

  async lastOfUseCase(useCase: string): Promise<SwitchEvent | null> {
    const where = { useCase, conversationId: IsNull() };
    return this.db.manager.findOne(SwitchEventEntity, { where, order: { seq: 'DESC' } });
  }
}
