import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull, type SelectQueryBuilder } from 'typeorm';
import type { Statement } from '#libs/platform/database/open-transaction.js';
import { ask, type Transaction, tell } from '#libs/platform/database/transactions.js';
import type { Origin } from '#libs/platform/telemetry/work-context.js';
import type { SwitchEvent } from './switch.js';
import { SwitchEventEntity } from './switch-event.entity.js';
import type { ListedSwitch, Position, SwitchFilter } from './switch-list.js';

const CONDITIONS: Record<keyof SwitchFilter, string> = {
  conversationId: 'event.conversation_id = :conversationId',
  userId: 'event.user_id = :userId',
  useCase: 'event.use_case = :useCase',
  action: 'event.switch_action = :action',
  from: 'event.occurred_at >= :from',
  to: 'event.occurred_at < :to',
};

/** Of each kind of switch no more than the page can show. */
const newest = (name: string, before: Position | undefined) => `
  ${before ? `AND (${name}.occurred_at, ${name}.id) < (:beforeAt, :beforeId)` : ''}
  ORDER BY ${name}.occurred_at DESC, ${name}.id DESC LIMIT :most`;
/** The switches that reached a conversation: its own, and those of its use case while it followed. */
const reached = (before: Position | undefined) => `event.id IN (
  (SELECT own.id FROM switch_events own WHERE own.conversation_id = :conversationId ${newest('own', before)})
  UNION ALL
  (SELECT shared.id FROM ai_conversation_follows f JOIN switch_events shared
     ON shared.conversation_id IS NULL AND shared.use_case = f.use_case
       AND shared.seq > f.after_seq AND shared.seq <= coalesce(f.until_seq, ${Number.MAX_SAFE_INTEGER})
   WHERE f.conversation_id = :conversationId ${newest('shared', before)}))`;

const INSERT: Statement = {
  name: 'insert-switch-event',
  text: `INSERT INTO switch_events (id, scope, conversation_id, use_case, seq, user_id, actor, on_behalf_of, switch_action,
      switch_type, previous_model_id, new_model_id, previous_price_version, new_price_version, reason, notification_shown,
      notification_title, notification_message, request_id, occurred_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
};

const WAITING: Statement = {
  name: 'waiting-switches',
  text: `SELECT o.id AS "outboxId", o.traceparent, e.id, e.scope, e.conversation_id AS "conversationId",
      e.use_case AS "useCase", e.seq::float8 AS seq, e.user_id AS "userId", e.actor, e.on_behalf_of AS "onBehalfOf",
      e.switch_action AS action, e.switch_type AS type, e.previous_model_id AS "previousModelId",
      e.new_model_id AS "newModelId", e.previous_price_version::float8 AS "previousPriceVersion",
      e.new_price_version::float8 AS "newPriceVersion", e.reason, e.notification_shown AS "notificationShown",
      e.notification_title AS "notificationTitle", e.notification_message AS "notificationMessage",
      e.request_id AS "requestId", e.occurred_at AS "occurredAt"
    FROM outbox o LEFT JOIN switch_events e ON e.id = o.id WHERE o.id = ANY($1::uuid[])`,
};

/** An event that has no audit row yet, and what it was traced with. */
export type WaitingSwitch = SwitchEvent & Pick<Origin, 'traceparent'>;

/** Of nothing but unknown savings the sum is unknown, too. */
const SAVED =
  'CASE WHEN savings.unknown_savings < savings.calls THEN trim_scale(savings.saved_usd)::text END';

@Injectable()
export class SwitchEventsRepository {
  constructor(private readonly db: DataSource) {}

  insert(event: SwitchEvent, tx: Transaction): void {
    tell(tx, INSERT, [
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
    ]);
  }

  /** Of these switches those that have no audit row yet. @throws where one has nothing but its entry in the outbox */
  async waiting(ids: string[], tx: Transaction): Promise<WaitingSwitch[]> {
    const rows = await ask<WaitingSwitch & { outboxId: string }>(tx, WAITING, [ids]);
    return rows.map(({ outboxId, ...waiting }) => {
      if (waiting.id === null) throw new Error(`outbox entry ${outboxId} has no event`);
      return waiting;
    });
  }

  async lastOfUseCase(useCase: string): Promise<SwitchEvent | null> {
    const where = { useCase, conversationId: IsNull() };
    return this.db.manager.findOne(SwitchEventEntity, { where, order: { seq: 'DESC' } });
  }

  /** Newest first. */
  async list(filter: SwitchFilter, limit: number, before?: Position): Promise<ListedSwitch[]> {
    const query = page(this.db.manager, limit, before);
    for (const [field, value] of Object.entries(filter))
      if (value !== undefined) query.andWhere(CONDITIONS[field as keyof SwitchFilter], { [field]: value });
    return listed(query);
  }

  /** Newest first: the conversation's own switches and those of its use case while it followed. */
  async historyOf(conversationId: string, limit: number, before?: Position): Promise<ListedSwitch[]> {
    const of = { conversationId, most: limit };
    return listed(page(this.db.manager, limit, before).andWhere(reached(before), of));
  }
}

function page(
  db: EntityManager,
  limit: number,
  before: Position | undefined,
): SelectQueryBuilder<SwitchEventEntity> {
  const query = db
    .createQueryBuilder(SwitchEventEntity, 'event')
    .leftJoin('bedrock_model_switches', 'audit', 'audit.id = event.id')
    .leftJoin('switch_savings', 'savings', 'savings.switch_id = event.id')
    .addSelect('audit.id IS NOT NULL', 'audited')
    .addSelect('trim_scale(audit.cost_impact_estimated)::text', 'cost')
    .addSelect('audit.cost_impact_horizon', 'horizon')
    .addSelect(SAVED, 'saved')
    .orderBy('event.occurred_at', 'DESC')
    .addOrderBy('event.id', 'DESC')
    .limit(limit);
  if (before)
    query.where('(event.occurred_at, event.id) < (:beforeAt, :beforeId)', {
      beforeAt: before.occurredAt,
      beforeId: before.id,
    });
  return query;
}

async function listed(query: SelectQueryBuilder<SwitchEventEntity>): Promise<ListedSwitch[]> {
  const { entities, raw } = await query.getRawAndEntities<{
    audited: boolean;
    cost: string;
    horizon: string;
    saved: string | null;
  }>();
  return entities.map((event, index) => ({
    ...event,
    audited: raw[index]!.audited,
    costImpact: raw[index]!.cost,
    costImpactHorizon: raw[index]!.horizon,
    savedUsd: raw[index]!.saved,
  }));
}
