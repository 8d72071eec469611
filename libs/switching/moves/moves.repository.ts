import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { query, queueWrite, type Transaction } from '#libs/platform/database/transactions.js';
import type { AppliedChange } from '../switch.js';
import type { ClaimedMove, Move, MovedItem, MoveOrder, MovePlan, MoveState, Pass, Staying } from './move.js';

export interface MoveFilter {
  state?: MoveState;
  /** Model that it leaves or goes to. */
  modelId?: string;
}

/** Result of a step, stored in its transaction. */
export interface StepProgress {
  position: string;
  /** Seconds until the next step of any move. */
  pauseSeconds: number;
}

interface NewMove {
  id: string;
  order: MoveOrder;
  actor: string;
  change: AppliedChange | undefined;
  plan: MovePlan;
  total: number;
  at: Date;
}

type MoveRow = Omit<Move, 'progress' | 'undo'> &
  Move['progress'] & { undoActor: string | null; undoTotal: number; restored: number; kept: number };

const COLUMNS = `id, from_model_id AS "fromModelId", to_model_id AS "toModelId", reason,
  notification_shown AS "showNotification", state, actor, created_at AS "createdAt", ended_at AS "endedAt", total, moved,
  skipped, failed, plan AS "useCases", staying, undo_actor AS "undoActor", undo_total AS "undoTotal",
  undo_restored AS restored, undo_kept AS kept, last_error AS "lastError"`;

const ACTIVE = `('running', 'paused', 'undoing')`;
const WORKING = `('running', 'undoing')`;
/** States without an end. */
const OPEN = new Set<MoveState>(['running', 'paused', 'undoing']);

const lockOn = (name: string) => `pg_advisory_xact_lock(hashtextextended('move-off:' || ${name}, 0))`;

const LOCK_MODEL: PreparedStatement = { name: 'lock-moved-model', text: `SELECT ${lockOn('$1')}` };

const FIND_ACTIVE: PreparedStatement = {
  name: 'find-active-move',
  text: `SELECT id FROM model_moves WHERE from_model_id = $1 AND state IN ${ACTIVE}`,
};

const INSERT: PreparedStatement = {
  name: 'insert-move',
  text: `INSERT INTO model_moves (id, from_model_id, to_model_id, reason, notification_shown, actor, state, use_cases, plan,
      staying, total, created_at, ended_at, change)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, CASE WHEN $7 = 'done' THEN $12::timestamptz END, $13)`,
};

const FIND: PreparedStatement = {
  name: 'find-move',
  text: `SELECT ${COLUMNS} FROM model_moves WHERE id = $1`,
};

const LOCK: PreparedStatement = { name: 'lock-move', text: `${FIND.text} FOR UPDATE` };

/** The move whose last step is the oldest. The rate is that of all moves together. */
const CLAIM: PreparedStatement = {
  name: 'claim-move',
  text: `SELECT id, from_model_id AS "fromModelId", to_model_id AS "toModelId", reason,
      notification_shown AS "showNotification", state, actor, undo_actor AS "undoActor",
      CASE state WHEN 'undoing' THEN undo_change ELSE change END AS change, use_cases AS "useCases", staying,
      pass, position, greatest(0, 1000 * extract(epoch FROM (SELECT max(next_step_at) FROM model_moves
        WHERE state IN ${WORKING}) - clock_timestamp()))::float8 AS "waitMs"
    FROM model_moves WHERE state IN ${WORKING} ORDER BY heartbeat_at LIMIT 1 FOR UPDATE`,
};

/** The pause counts from the begin of the step. */
const PROGRESS = `heartbeat_at = clock_timestamp(), next_step_at = now() + make_interval(secs => $3), attempts = 0, last_error = NULL,
  position = $2`;

const REST: PreparedStatement = {
  name: 'rest-move',
  text: `UPDATE model_moves SET heartbeat_at = clock_timestamp(), next_step_at = now() + make_interval(secs => $2) WHERE id = $1`,
};

const ADVANCE: PreparedStatement = {
  name: 'advance-move',
  text: `UPDATE model_moves SET ${PROGRESS}, moved = moved + $4, failed = failed + $5, staying = $6, pass = $7 WHERE id = $1`,
};

const ADVANCE_UNDO: PreparedStatement = {
  name: 'advance-undo',
  text: `UPDATE model_moves SET ${PROGRESS}, undo_restored = undo_restored + $4, undo_kept = undo_kept + $5 WHERE id = $1`,
};

/** Conversations that others switched meanwhile are neither moved nor failed; new pins may be more than were planned. */
const END: PreparedStatement = {
  name: 'end-move',
  text: `UPDATE model_moves SET state = $2, ended_at = $3, total = greatest(total, moved + failed),
      skipped = greatest(0, total - moved - failed) WHERE id = $1`,
};

const INSERT_ITEMS: PreparedStatement = {
  name: 'insert-move-items',
  text: `INSERT INTO model_move_items (move_id, switch_id, conversation_id, use_case, seq, previous_pin)
    SELECT $1, i."switchId", i."conversationId", i."useCase", i.seq, i."previousPin" FROM json_to_recordset($2)
      AS i ("switchId" uuid, "conversationId" text, "useCase" text, seq bigint, "previousPin" jsonb)`,
};

/** Switches of use cases, from their events. */
const INSERT_USE_CASES: PreparedStatement = {
  name: 'insert-moved-use-cases',
  text: `INSERT INTO model_move_items (move_id, switch_id, use_case, seq)
    SELECT $1, id, use_case, seq FROM switch_events WHERE id = ANY($2::uuid[])`,
};

const ITEM_COLUMNS = `switch_id AS "switchId", conversation_id AS "conversationId", use_case AS "useCase",
  seq::float8 AS seq, previous_pin AS "previousPin"`;

const MOVED_CONVERSATIONS: PreparedStatement = {
  name: 'moved-conversations',
  text: `SELECT ${ITEM_COLUMNS} FROM model_move_items WHERE move_id = $1 AND switch_id > $2 AND state = 'moved'
      AND conversation_id IS NOT NULL ORDER BY switch_id LIMIT $3`,
};

const MOVED_USE_CASES: PreparedStatement = {
  name: 'moved-use-cases',
  text: `SELECT ${ITEM_COLUMNS} FROM model_move_items WHERE move_id = $1 AND state = 'moved' AND conversation_id IS NULL
    ORDER BY use_case`,
};

const SET_STATE: PreparedStatement = {
  name: 'set-state-of-move-items',
  text: `UPDATE model_move_items SET state = $3 WHERE move_id = $1 AND switch_id = ANY($2::uuid[])`,
};

const BEFORE_EVERY_SWITCH = '00000000-0000-0000-0000-000000000000';

/** Stores moves and their switches. */
@Injectable()
export class MovesRepository {
  constructor(private readonly db: DataSource) {}

  /** Makes the start and the undo of moves off a model wait for one another. */
  async lockModel(modelId: string, tx: Transaction): Promise<void> {
    await query(tx, LOCK_MODEL, [modelId]);
  }

  /** Returns the id of the move off a model that has not ended. */
  async activeOf(modelId: string, tx: Transaction): Promise<string | undefined> {
    const [row] = await query<{ id: string }>(tx, FIND_ACTIVE, [modelId]);
    return row?.id;
  }

  insert(move: NewMove, tx: Transaction): void {
    const { id, order, actor, change, plan, total, at } = move;
    const state: MoveState = total > 0 ? 'running' : 'done';
    queueWrite(tx, INSERT, [
      ...[id, order.fromModelId, order.toModelId, order.reason, order.showNotification, actor, state],
      ...[plan.useCases.map(({ name }) => name), JSON.stringify(plan.useCases), JSON.stringify(plan.staying)],
      ...[total, at, change ? JSON.stringify(change) : null],
    ]);
  }

  async find(id: string): Promise<Move | undefined> {
    const [row] = await this.db.query(FIND.text, [id]);
    return row && toMove(row);
  }

  async findWithin(id: string, tx: Transaction): Promise<Move | undefined> {
    const [row] = await query<MoveRow>(tx, FIND, [id]);
    return row && toMove(row);
  }

  async lock(id: string, tx: Transaction): Promise<Move | undefined> {
    const [row] = await query<MoveRow>(tx, LOCK, [id]);
    return row && toMove(row);
  }

  /** Lists moves, the newest first. @param after the last id of the page before */
  async list({ state, modelId }: MoveFilter, limit: number, after?: string): Promise<Move[]> {
    const rows: MoveRow[] = await this.db.query(
      `SELECT ${COLUMNS} FROM model_moves
       WHERE ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR from_model_id = $3 OR to_model_id = $3)
         AND ($4::uuid IS NULL OR (created_at, id) < (SELECT created_at, id FROM model_moves WHERE id = $4))
       ORDER BY created_at DESC, id DESC LIMIT $1`,
      [limit, state, modelId, after],
    );
    return rows.map(toMove);
  }

  /** Sets the state on request of a person, and wakes the worker. */
  async setState(id: string, state: MoveState, at: Date, tx: Transaction): Promise<void> {
    await tx.query(
      `UPDATE model_moves SET state = $2, ended_at = $3, attempts = 0, last_error = NULL,
         heartbeat_at = clock_timestamp(), next_step_at = clock_timestamp() WHERE id = $1`,
      [id, state, OPEN.has(state) ? null : at],
    );
  }

  /** Begins the undo of what the move switched. @param change that orders it */
  async beginUndo(
    id: string,
    { actor, change }: { actor: string; change?: AppliedChange | undefined },
    tx: Transaction,
  ): Promise<void> {
    await tx.query(
      `UPDATE model_moves SET undo_actor = $2, position = $3, undo_change = $4, undo_total =
         undo_restored + undo_kept + (SELECT count(*) FROM model_move_items WHERE move_id = $1 AND state = 'moved') WHERE id = $1`,
      [id, actor, BEFORE_EVERY_SWITCH, change ? JSON.stringify(change) : null],
    );
  }

  /** Locks the move whose turn it is. @returns undefined: there is none */
  async claim(tx: Transaction): Promise<ClaimedMove | undefined> {
    const [move] = await query<ClaimedMove>(tx, CLAIM, []);
    return move;
  }

  /** Postpones the next step. */
  rest(id: string, seconds: number, tx: Transaction): void {
    queueWrite(tx, REST, [id, seconds]);
  }

  advance(
    id: string,
    { position, pauseSeconds }: StepProgress,
    result: { moved: number; failed: number; staying: Staying[]; pass: Pass },
    tx: Transaction,
  ): void {
    const { moved, failed, staying, pass } = result;
    queueWrite(tx, ADVANCE, [id, position, pauseSeconds, moved, failed, JSON.stringify(staying), pass]);
  }

  advanceUndo(
    id: string,
    { position, pauseSeconds }: StepProgress,
    result: { restored: number; kept: number },
    tx: Transaction,
  ): void {
    queueWrite(tx, ADVANCE_UNDO, [id, position, pauseSeconds, result.restored, result.kept]);
  }

  end(id: string, state: MoveState, at: Date, tx: Transaction): void {
    queueWrite(tx, END, [id, state, at]);
  }

  /**
   * Counts a failed step and postpones the next one. A move that fails too often stops until a person resumes it.
   * @returns whether it has stopped
   */
  async fail(id: string, error: string, maxAttempts: number): Promise<boolean> {
    const [rows] = await this.db.query(
      `UPDATE model_moves SET attempts = attempts + 1, last_error = $2, next_step_at = clock_timestamp() + interval '1 second',
         state = CASE WHEN attempts + 1 >= $3 THEN 'failed' ELSE state END,
         ended_at = CASE WHEN attempts + 1 >= $3 THEN clock_timestamp() END
       WHERE id = $1 AND state IN ${WORKING} RETURNING state`,
      [id, error.slice(0, 500), maxAttempts],
    );
    return rows[0]?.state === 'failed';
  }

  insertItems(id: string, items: readonly MovedItem[], tx: Transaction): void {
    queueWrite(tx, INSERT_ITEMS, [id, JSON.stringify(items)]);
  }

  insertUseCases(id: string, switchIds: readonly string[], tx: Transaction): void {
    queueWrite(tx, INSERT_USE_CASES, [id, switchIds]);
  }

  async movedConversations(id: string, after: string, limit: number, tx: Transaction): Promise<MovedItem[]> {
    return query(tx, MOVED_CONVERSATIONS, [id, after, limit]);
  }

  async movedUseCases(id: string, tx: Transaction): Promise<MovedItem[]> {
    return query(tx, MOVED_USE_CASES, [id]);
  }

  setItems(id: string, switchIds: readonly string[], state: 'restored' | 'kept', tx: Transaction): void {
    if (switchIds.length > 0) queueWrite(tx, SET_STATE, [id, switchIds, state]);
  }
}

function toMove(row: MoveRow): Move {
  const { total, moved, skipped, failed, undoActor, undoTotal, restored, kept, useCases, ...move } = row;
  return {
    ...move,
    // Plans of the release before count no ways back.
    useCases: useCases.map((useCase) => ({ ...useCase, waysBack: useCase.waysBack ?? 0 })),
    progress: { total, moved, skipped, failed },
    undo: undoActor === null ? null : { actor: undoActor, total: undoTotal, restored, kept },
  };
}
