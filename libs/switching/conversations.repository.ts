import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CoolDowns } from '#libs/catalogue/catalogue.js';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { query, queueWrite, type Transaction } from '#libs/platform/database/transactions.js';
import type { Conversation, Pin } from './conversation.js';

/** Model that conversations of a use case are pinned to. */
export interface PinnedModel {
  modelId: string;
  useCase: string;
}

export interface ConversationRow {
  id: string;
  user_id: string;
  use_case: string;
  pinned_model_id: string | null;
  pin_kind: Pin['kind'] | null;
  failed_model_id: string | null;
  resume_model_id: string | null;
  recheck_at: Date | null;
  cool_downs: CoolDowns;
  version: string;
  switch_seq: string;
}

const MAX_COUNTED_FOLLOWERS = 1_000_000;

export const CONVERSATION_COLUMNS = `id, user_id, use_case, pinned_model_id, pin_kind, failed_model_id, resume_model_id, recheck_at, cool_downs,
  version, switch_seq`;

/** Key of the advisory lock of a use case. */
export const lockOf = (useCase: string) => `hashtextextended('use-case:' || ${useCase}, 0)`;
/** Shared locks of two use cases, or of one if the other is null; always in the same order. */
const holdBoth = (other: string) => `pg_advisory_xact_lock_shared(${lockOf(`least(use_case, ${other})`)}),
  pg_advisory_xact_lock_shared(${lockOf(`greatest(use_case, ${other})`)})`;

const LOCK: PreparedStatement = {
  name: 'lock-conversation',
  text: `SELECT ${CONVERSATION_COLUMNS}, ${holdBoth('$3')} FROM (SELECT ${CONVERSATION_COLUMNS} FROM ai_conversations
    WHERE id = $1 AND ($2::text IS NULL OR user_id = $2) FOR UPDATE) locked`,
};

const INSERT: PreparedStatement = {
  name: 'insert-conversation',
  text: `INSERT INTO ai_conversations (id, user_id, use_case, version) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING id, ${holdBoth('$5::text')}`,
};

const LOCK_USE_CASE: PreparedStatement = {
  name: 'lock-use-case',
  text: `SELECT pg_advisory_xact_lock(${lockOf('$1')})`,
};

const SAVE: PreparedStatement = {
  name: 'save-conversation',
  text: `UPDATE ai_conversations SET use_case = $2, pinned_model_id = $3, pin_kind = $4, failed_model_id = $5,
      resume_model_id = $6, recheck_at = $7, cool_downs = $8, version = $9, switch_seq = $10, updated_at = now()
    WHERE id = $1`,
};

const BEGIN_FOLLOWING: PreparedStatement = {
  name: 'begin-following',
  text: `INSERT INTO ai_conversation_follows (conversation_id, use_case, after_seq)
    SELECT $1, name, switch_seq FROM use_cases WHERE name = $2
    ON CONFLICT (conversation_id, use_case, after_seq) DO UPDATE SET until_seq = NULL`,
};

const END_FOLLOWING: PreparedStatement = {
  name: 'end-following',
  text: `UPDATE ai_conversation_follows f SET until_seq = u.switch_seq FROM use_cases u
    WHERE f.conversation_id = $1 AND f.until_seq IS NULL AND u.name = f.use_case`,
};

@Injectable()
export class ConversationsRepository {
  constructor(private readonly db: DataSource) {}

  async find(id: string): Promise<Conversation | null> {
    const [row] = await this.db.query('SELECT * FROM ai_conversations WHERE id = $1', [id]);
    return row ? toConversation(row) : null;
  }

  /**
   * Locks a conversation for its switch, then its use case and the one that it may move to, in shared mode.
   * @param owner required owner; null: any
   */
  async lock(
    id: string,
    owner: string | null,
    useCase: string | undefined,
    tx: Transaction,
  ): Promise<Conversation | null> {
    const [row] = await query<ConversationRow>(tx, LOCK, [id, owner, useCase]);
    return row ? toConversation(row) : null;
  }

  /** Creates a conversation that follows a use case, locked as above. @returns false: one with this id exists */
  async insert(conversation: Conversation, useCase: string | undefined, tx: Transaction): Promise<boolean> {
    const { id, owner, useCase: followed, version } = conversation;
    const inserted = await query(tx, INSERT, [id, owner, followed, version, useCase]);
    return inserted.length > 0;
  }

  save(conversation: Conversation, tx: Transaction): void {
    const { pin } = conversation;
    const fallback = pin?.kind === 'fallback' ? pin : null;
    queueWrite(tx, SAVE, [
      conversation.id,
      conversation.useCase,
      pin?.modelId,
      pin?.kind,
      fallback?.failedModelId,
      fallback?.resumeModelId,
      fallback?.recheckAt,
      conversation.coolDowns,
      conversation.version,
      conversation.switchSeq,
    ]);
  }

  /** From now on the switches of this use case reach the conversation. */
  beginFollowing(id: string, useCase: string, tx: Transaction): void {
    queueWrite(tx, BEGIN_FOLLOWING, [id, useCase]);
  }

  endFollowing(id: string, tx: Transaction): void {
    queueWrite(tx, END_FOLLOWING, [id]);
  }

  /**
   * Takes its turn to switch a use case, which the switches of its conversations hold still. The lock manager queues
   * fairly, so that this gets through however busy they are; row locks would let it starve.
   */
  async lockUseCase(name: string, tx: Transaction): Promise<void> {
    await query(tx, LOCK_USE_CASE, [name]);
  }

  /** Locks several use cases in the order in which a conversation locks two. */
  async lockUseCases(names: readonly string[], tx: Transaction): Promise<void> {
    await tx.query(
      `SELECT pg_advisory_xact_lock(${lockOf('name')}) FROM (SELECT unnest($1::text[]) AS name ORDER BY name) named`,
      [names],
    );
  }

  /** Conversations without a pin, counted up to a million. */
  async countFollowers(useCase: string, tx: Transaction): Promise<number> {
    const [{ count }] = await tx.query(
      `SELECT count(*) FROM (SELECT 1 FROM ai_conversations WHERE use_case = $1 AND pinned_model_id IS NULL LIMIT $2) f`,
      [useCase, MAX_COUNTED_FOLLOWERS],
    );
    return Number(count);
  }

  /** Conversations with a pin, counted up to a million. */
  async countPinned(useCase: string, tx: Transaction): Promise<number> {
    const [{ count }] = await tx.query(
      `SELECT count(*) FROM (SELECT 1 FROM ai_conversations WHERE use_case = $1 AND pinned_model_id IS NOT NULL LIMIT $2) p`,
      [useCase, MAX_COUNTED_FOLLOWERS],
    );
    return Number(count);
  }

  /** Makes room for the others when one cannot be brought back now. */
  async postponeRecheck(id: string, until: Date): Promise<void> {
    await this.db.query(
      `UPDATE ai_conversations SET recheck_at = $2 WHERE id = $1 AND pin_kind = 'fallback'`,
      [id, until],
    );
  }

  /** Lists fallbacks whose failed model is due for a check. */
  async dueForRecheck(now: Date, limit: number): Promise<{ id: string; failedModelId: string }[]> {
    return this.db.query(
      `SELECT id, failed_model_id AS "failedModelId" FROM ai_conversations
       WHERE pin_kind = 'fallback' AND recheck_at <= $1 ORDER BY recheck_at LIMIT $2`,
      [now, limit],
    );
  }

  /** Models that conversations are pinned to, without those that a running move takes care of. */
  async pinnedModels(): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `SELECT model_id AS id FROM bedrock_models
       WHERE EXISTS (SELECT FROM ai_conversations WHERE pinned_model_id = model_id)
         AND NOT EXISTS (SELECT FROM model_moves WHERE from_model_id = model_id AND state = 'running')`,
    );
    return rows.map(({ id }) => id);
  }

  /** In the order of their ids, after one of them. */
  async pinnedTo(pins: readonly PinnedModel[], after: string, limit: number): Promise<string[]> {
    const modelIds = pins.map(({ modelId }) => modelId);
    const rows: { id: string }[] = await this.db.query(
      `SELECT id FROM ai_conversations
       WHERE pinned_model_id = ANY($1) AND id > $4
         AND (pinned_model_id, use_case) IN (SELECT * FROM unnest($2::text[], $3::text[]))
       ORDER BY id LIMIT $5`,
      [[...new Set(modelIds)], modelIds, pins.map(({ useCase }) => useCase), after, limit],
    );
    return rows.map(({ id }) => id);
  }
}

export const toConversation = (row: ConversationRow): Conversation => ({
  id: row.id,
  owner: row.user_id,
  useCase: row.use_case,
  pin: toPin(row),
  coolDowns: row.cool_downs,
  version: Number(row.version),
  switchSeq: Number(row.switch_seq),
});

function toPin(row: ConversationRow): Pin | null {
  if (row.pinned_model_id === null) return null;
  if (row.pin_kind === 'manual') return { kind: 'manual', modelId: row.pinned_model_id };
  return {
    kind: 'fallback',
    modelId: row.pinned_model_id,
    failedModelId: row.failed_model_id!,
    resumeModelId: row.resume_model_id,
    recheckAt: row.recheck_at!.toISOString(),
  };
}
