import { Injectable } from '@nestjs/common';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { query, queueWrite, type Transaction } from '#libs/platform/database/transactions.js';
import type { Conversation, Pin } from '../conversation.js';
import {
  CONVERSATION_COLUMNS,
  type ConversationRow,
  lockOf,
  toConversation,
} from '../conversations.repository.js';

/** Conversations of a use case that are pinned to a model, or go back to it (`way_back`). */
export interface PinCount {
  useCase: string;
  kind: Pin['kind'] | 'way_back';
  count: number;
}

/** Items of a move in a use case, which its undo restores or keeps. */
export interface ItemCount {
  useCase: string;
  /** False: of its conversations. */
  isUseCase: boolean;
  /** Not switched since. */
  unchanged: number;
  total: number;
}

/** Conversations that are pinned to a model, or on a fallback that goes back to it. */
export interface ConversationsOf {
  modelId: string;
  useCases: string[];
  /** Id of the conversation before the first one. */
  after: string;
  limit: number;
}

export interface CountedUsers {
  users: number;
  /** More conversations than are counted. */
  capped: boolean;
}

/** Conversations whose owners a preview counts, of the pinned and of the following each. */
const MAX_COUNTED = 100_000;
const MAX_LISTED_USERS = 20;

const PINS: PreparedStatement = {
  name: 'count-pins',
  text: `SELECT use_case AS "useCase", pin_kind AS kind, count(*)::int AS count FROM ai_conversations
    WHERE pinned_model_id = $1 GROUP BY use_case, pin_kind
    UNION ALL SELECT use_case, 'way_back', count(*)::int FROM ai_conversations WHERE resume_model_id = $1 GROUP BY use_case`,
};

const USE_CASES: PreparedStatement = {
  name: 'use-cases-on-model',
  text: `SELECT name FROM use_cases WHERE active_model_id = $1
    UNION SELECT use_case FROM ai_conversations WHERE pinned_model_id = $1
    UNION SELECT use_case FROM ai_conversations WHERE resume_model_id = $1 ORDER BY 1`,
};

const ITEMS: PreparedStatement = {
  name: 'count-move-items',
  text: `SELECT i.use_case AS "useCase", i.conversation_id IS NULL AS "isUseCase", count(*)::int AS total,
      count(*) FILTER (WHERE i.seq = CASE WHEN i.conversation_id IS NULL THEN u.switch_seq ELSE c.switch_seq END)::int AS unchanged
    FROM model_move_items i JOIN use_cases u ON u.name = i.use_case
    LEFT JOIN ai_conversations c ON c.id = i.conversation_id AND c.use_case = i.use_case
    WHERE i.move_id = $1 AND i.state = 'moved' GROUP BY 1, 2`,
};

const page = (name: string, locking: string, column = 'pinned_model_id'): PreparedStatement => ({
  name,
  text: `SELECT ${CONVERSATION_COLUMNS} FROM ai_conversations
    WHERE ${column} = $1 AND id > $2 AND use_case = ANY($3) ORDER BY id LIMIT $4 FOR UPDATE ${locking}`,
});
const PAGE = page('page-of-pins', '');
const FREE_PAGE = page('page-of-free-pins', 'SKIP LOCKED');

const WAYS_BACK = page('page-of-ways-back', '', 'resume_model_id');

const LOCK_ALL: PreparedStatement = {
  name: 'lock-conversations',
  text: `SELECT ${CONVERSATION_COLUMNS} FROM ai_conversations WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
};

/** In the order in which a conversation locks two. */
const HOLD_USE_CASES: PreparedStatement = {
  name: 'hold-use-cases',
  text: `SELECT pg_advisory_xact_lock_shared(${lockOf('name')}) FROM (SELECT unnest($1::text[]) AS name ORDER BY name) named`,
};

const SAVE_ALL: PreparedStatement = {
  name: 'save-conversations',
  text: `UPDATE ai_conversations c SET pinned_model_id = s."modelId", pin_kind = s.kind, failed_model_id = s."failedModelId",
      resume_model_id = s."resumeModelId", recheck_at = s."recheckAt", version = s.version, switch_seq = s."switchSeq",
      updated_at = now()
    FROM json_to_recordset($1) AS s (id text, "modelId" text, kind text, "failedModelId" text, "resumeModelId" text,
      "recheckAt" timestamptz, version bigint, "switchSeq" bigint) WHERE c.id = s.id`,
};

const BEGIN_FOLLOWING: PreparedStatement = {
  name: 'begin-following-all',
  text: `INSERT INTO ai_conversation_follows (conversation_id, use_case, after_seq)
    SELECT f.id, name, switch_seq FROM json_to_recordset($1) AS f (id text, "useCase" text) JOIN use_cases ON name = f."useCase"
    ON CONFLICT (conversation_id, use_case, after_seq) DO UPDATE SET until_seq = NULL`,
};

const END_FOLLOWING: PreparedStatement = {
  name: 'end-following-all',
  text: `UPDATE ai_conversation_follows f SET until_seq = u.switch_seq FROM use_cases u
    WHERE f.conversation_id = ANY($1) AND f.until_seq IS NULL AND u.name = f.use_case`,
};

/** Reads and writes conversations a page at a time. */
@Injectable()
export class MovedConversationsRepository {
  /** Names of the use cases that run on the model, or have conversations pinned to it. */
  async useCasesOn(modelId: string, tx: Transaction): Promise<string[]> {
    const rows = await query<{ name: string }>(tx, USE_CASES, [modelId]);
    return rows.map(({ name }) => name);
  }

  async pinsTo(modelId: string, tx: Transaction): Promise<PinCount[]> {
    return query(tx, PINS, [modelId]);
  }

  /** Counts what the undo of a move has to decide about. */
  async itemsOf(moveId: string, tx: Transaction): Promise<ItemCount[]> {
    return query(tx, ITEMS, [moveId]);
  }

  /** Locks pinned conversations in the order of their ids. @param waits false: without those that others lock */
  async lockPage(pins: ConversationsOf, waits: boolean, tx: Transaction): Promise<Conversation[]> {
    return lockedBy(waits ? PAGE : FREE_PAGE, pins, tx);
  }

  /** Locks conversations on a fallback that goes back to the model, in the order of their ids. */
  async lockWaysBack(resumed: ConversationsOf, tx: Transaction): Promise<Conversation[]> {
    return lockedBy(WAYS_BACK, resumed, tx);
  }

  async lockAll(ids: readonly string[], tx: Transaction): Promise<Conversation[]> {
    return (await query<ConversationRow>(tx, LOCK_ALL, [ids])).map(toConversation);
  }

  /** Holds use cases still, as the switch of a conversation does. */
  async holdUseCases(names: readonly string[], tx: Transaction): Promise<void> {
    await query(tx, HOLD_USE_CASES, [names]);
  }

  saveAll(conversations: readonly Conversation[], tx: Transaction): void {
    const rows = conversations.map(({ id, pin, version, switchSeq }) => ({ id, ...pin, version, switchSeq }));
    queueWrite(tx, SAVE_ALL, [JSON.stringify(rows)]);
  }

  beginFollowing(conversations: readonly Conversation[], tx: Transaction): void {
    if (conversations.length === 0) return;
    queueWrite(tx, BEGIN_FOLLOWING, [
      JSON.stringify(conversations.map(({ id, useCase }) => ({ id, useCase }))),
    ]);
  }

  endFollowing(conversations: readonly Conversation[], tx: Transaction): void {
    if (conversations.length === 0) return;
    queueWrite(tx, END_FOLLOWING, [conversations.map(({ id }) => id)]);
  }

  /** Some pinned conversations of a use case, for an estimate. */
  async sampleOfPins(modelId: string, useCase: string, limit: number, tx: Transaction): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(
      'SELECT id FROM ai_conversations WHERE pinned_model_id = $1 AND use_case = $2 ORDER BY id LIMIT $3',
      [modelId, useCase, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Owners of the conversations pinned in `pinnedIn` and following in `followingIn`. */
  async countUsers(
    modelId: string,
    pinnedIn: string[],
    followingIn: string[],
    tx: Transaction,
  ): Promise<CountedUsers> {
    const [row] = await tx.query(
      `SELECT count(DISTINCT user_id)::int AS users, count(*)::int AS conversations FROM (
         (SELECT user_id FROM ai_conversations WHERE pinned_model_id = $1 AND use_case = ANY($2) LIMIT $4)
         UNION ALL
         (SELECT user_id FROM ai_conversations WHERE use_case = ANY($3) AND pinned_model_id IS NULL LIMIT $4)) concerned`,
      [modelId, pinnedIn, followingIn, MAX_COUNTED],
    );
    return { users: row.users, capped: row.conversations >= MAX_COUNTED };
  }

  /** Owners of the most pinned conversations. */
  async usersOfPins(
    modelId: string,
    useCases: string[],
    tx: Transaction,
  ): Promise<{ userId: string; conversations: number }[]> {
    return tx.query(
      `SELECT user_id AS "userId", count(*)::int AS conversations FROM (SELECT user_id FROM ai_conversations
         WHERE pinned_model_id = $1 AND use_case = ANY($2) LIMIT $3) pinned
       GROUP BY user_id ORDER BY conversations DESC, user_id LIMIT $4`,
      [modelId, useCases, MAX_COUNTED, MAX_LISTED_USERS],
    );
  }
}

async function lockedBy(
  statement: PreparedStatement,
  { modelId, after, useCases, limit }: ConversationsOf,
  tx: Transaction,
): Promise<Conversation[]> {
  const rows = await query<ConversationRow>(tx, statement, [modelId, after, useCases, limit]);
  return rows.map(toConversation);
}
