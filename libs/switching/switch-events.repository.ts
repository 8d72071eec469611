import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull, type SelectQueryBuilder } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
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

/** The switches that reached a conversation: its own, and those of its use case while it followed. */
const REACHED = `event.id IN (
  SELECT own.id FROM switch_events own WHERE own.conversation_id = :conversationId
  UNION ALL
  SELECT shared.id FROM ai_conversation_follows f JOIN switch_events shared
    ON shared.conversation_id IS NULL AND shared.use_case = f.use_case
      AND shared.seq > f.after_seq AND (f.until_seq IS NULL OR shared.seq <= f.until_seq)
  WHERE f.conversation_id = :conversationId)`;

/** Of nothing but unknown savings the sum is unknown, too. */
const SAVED =
  'CASE WHEN savings.unknown_savings < savings.calls THEN trim_scale(savings.saved_usd)::text END';

@Injectable()
export class SwitchEventsRepository {
  constructor(private readonly db: DataSource) {}

  async insert(event: SwitchEvent, tx: Transaction): Promise<void> {
    await tx.insert(SwitchEventEntity, event);
  }

  async find(id: string, tx: Transaction): Promise<SwitchEvent | null> {
    return tx.findOneBy(SwitchEventEntity, { id });
  }

  async lastOfUseCase(useCase: string): Promise<SwitchEvent | null> {
    const where = { useCase, conversationId: IsNull() };
    return this.db.manager.findOne(SwitchEventEntity, { where, order: { seq: 'DESC' } });
  }

  /** Which request a switch comes from that has no audit row yet; null: it has one. */
  async originOf(eventId: string): Promise<Origin | null> {
    const [origin] = await this.db.query(
      `SELECT coalesce(e.request_id, '') AS "requestId", o.traceparent
       FROM outbox o LEFT JOIN switch_events e ON e.id = o.id WHERE o.id = $1`,
      [eventId],
    );
    return origin ?? null;
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
    return listed(page(this.db.manager, limit, before).andWhere(REACHED, { conversationId }));
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
