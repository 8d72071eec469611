import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { type RecordedOperation, scopeOf } from './change-operation.js';
import type { Approver } from './change-policy.js';
import {
  type ChangeDecision,
  type ChangeFailure,
  type ChangeRequest,
  type ChangeRequestDetails,
  type ChangeState,
  OPEN_STATES,
} from './change-request.js';

export interface ChangeRequestFilter {
  state?: ChangeState | undefined;
  useCase?: string | undefined;
  proposer?: string | undefined;
  /** Only those that wait for the approval of this person. */
  waitingFor?: Approver | undefined;
  /** Only those that were applied without approvals and are not reviewed; `overdue`: whose review is late. */
  review?: 'open' | 'overdue' | undefined;
}

/** Decision that is about to be stored. */
export type NewDecision = Pick<ChangeDecision, 'kind' | 'actor' | 'decidedAt'> &
  Partial<Pick<ChangeDecision, 'groups' | 'comment'>>;

type Reader = Pick<EntityManager, 'query'>;

const COLUMNS = `id, state, revision, hash, reason, apply_at AS "applyAt", use_cases AS "useCases", proposer, editor, origin,
  undoes, created_at AS "createdAt", revised_at AS "revisedAt", expires_at AS "expiresAt", ended_at AS "endedAt", failure,
  review_due_at AS "reviewDueAt", reviewed_at AS "reviewedAt"`;

const OPERATIONS = `SELECT operation, scope, expected_version AS "expectedVersion", before, after, result
  FROM change_operations WHERE change_id = $1 AND revision = $2 ORDER BY position`;

/** A change has as many decisions as people took; the limit is far above that. */
const DECISIONS = `SELECT id, revision, hash, kind, actor, actor_groups AS groups, comment, decided_at AS "decidedAt"
  FROM change_decisions WHERE change_id = $1 ORDER BY seq LIMIT 1000`;

/** Selects the decision that says whether this person's approval of the present revision counts. */
const OWN_APPROVAL = `SELECT kind FROM change_decisions d WHERE d.change_id = c.id AND d.revision = c.revision
  AND d.hash = c.hash AND d.actor = $7 AND d.kind IN ('approve', 'lapse') ORDER BY seq DESC LIMIT 1`;

/** Selects the approvers of the policies that a change must satisfy: the present ones, and those that it sets. */
const APPROVER_GROUPS = `SELECT u.control, u.approver_group FROM use_cases u WHERE u.name = ANY (c.use_cases)
  UNION ALL
  SELECT coalesce(o.operation #>> '{policy,control}', u.control),
    CASE WHEN o.operation -> 'policy' ? 'approverGroup' THEN o.operation #>> '{policy,approverGroup}' ELSE u.approver_group END
  FROM change_operations o JOIN use_cases u ON u.name = o.operation ->> 'useCase'
  WHERE o.change_id = c.id AND o.revision = c.revision AND o.operation ->> 'kind' = 'edit-policy'`;

/** As an approval is checked: open, of another person, of a group that some policy counts, and not given yet. */
const WAITING = `AND state = 'proposed' AND expires_at > $6 AND proposer <> $7 AND editor <> $7
  AND coalesce((${OWN_APPROVAL}), 'lapse') = 'lapse'
  AND (SELECT coalesce(bool_or(p.approver_group IS NULL OR p.approver_group = ANY ($8::text[])), true)
    FROM (${APPROVER_GROUPS}) p (control, approver_group) WHERE p.control = 'reviewed')`;

/** Conditions with their values from $6 on. */
function conditionsOf({ waitingFor, review }: ChangeRequestFilter, now: Date): [string, unknown[]] {
  const due = review === 'overdue' ? 'AND review_due_at <= $6' : 'AND review_due_at IS NOT NULL';
  const inReview = review === undefined ? '' : `${due} AND reviewed_at IS NULL`;
  if (waitingFor) return [`${WAITING} ${inReview}`, [now, waitingFor.actor, waitingFor.groups]];
  return [inReview, review === 'overdue' ? [now] : []];
}

/** Stores change requests, their operations and the decisions about them. */
@Injectable()
export class ChangeRequestsRepository {
  constructor(private readonly db: DataSource) {}

  async insert(change: ChangeRequest, operations: readonly RecordedOperation[], tx: Transaction) {
    await tx.query(
      `INSERT INTO change_requests (id, state, revision, hash, reason, apply_at, use_cases, proposer, editor, origin, undoes,
         created_at, revised_at, expires_at, ended_at, review_due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        ...[change.id, change.state, change.revision, change.hash, change.reason, change.applyAt],
        ...[change.useCases, change.proposer, change.editor, change.origin, change.undoes],
        ...[change.createdAt, change.revisedAt, change.expiresAt, change.endedAt, change.reviewDueAt],
      ],
    );
    await this.insertOperations(change, operations, tx);
  }

  /** Stores a new revision. */
  async revise(change: ChangeRequest, operations: readonly RecordedOperation[], tx: Transaction) {
    await tx.query(
      `UPDATE change_requests SET state = 'proposed', revision = $2, hash = $3, reason = $4, apply_at = $5, use_cases = $6,
         editor = $7, revised_at = $8, expires_at = $9, ended_at = NULL, failure = NULL WHERE id = $1`,
      [
        ...[change.id, change.revision, change.hash, change.reason, change.applyAt, change.useCases],
        ...[change.editor, change.revisedAt, change.expiresAt],
      ],
    );
    await this.insertOperations(change, operations, tx);
  }

  private async insertOperations(
    { id, revision }: ChangeRequest,
    operations: readonly RecordedOperation[],
    tx: Transaction,
  ): Promise<void> {
    const rows = operations.map((recorded, index) => ({
      ...recorded,
      position: index + 1,
      scope: scopeOf(recorded.operation),
    }));
    await tx.query(
      `INSERT INTO change_operations (change_id, revision, position, operation, scope, expected_version, before, after)
       SELECT $1, $2, o.position, o.operation, o.scope, o."expectedVersion", o.before, o.after FROM jsonb_to_recordset($3)
         AS o (position smallint, operation jsonb, scope text, "expectedVersion" text, before jsonb, after jsonb)`,
      [id, revision, JSON.stringify(rows)],
    );
  }

  async find(id: string): Promise<ChangeRequestDetails | undefined> {
    const [change] = await this.db.query(`SELECT ${COLUMNS} FROM change_requests WHERE id = $1`, [id]);
    return change && this.withDetails(change, this.db);
  }

  /** Locks a change for a decision about it, or for its application. */
  async lock(id: string, tx: Transaction): Promise<ChangeRequestDetails | undefined> {
    const [change] = await tx.query(`SELECT ${COLUMNS} FROM change_requests WHERE id = $1 FOR UPDATE`, [id]);
    return change && this.withDetails(change, tx);
  }

  private async withDetails(change: ChangeRequest, db: Reader): Promise<ChangeRequestDetails> {
    const operations = await db.query(OPERATIONS, [change.id, change.revision]);
    const useCases = change.useCases;
    return {
      ...change,
      operations: operations.map((recorded: RecordedOperation) => ({ ...recorded, useCases })),
      decisions: await db.query(DECISIONS, [change.id]),
    };
  }

  /** Lists changes, the newest first. @param after the last id of the page before */
  async list(
    filter: ChangeRequestFilter,
    now: Date,
    limit: number,
    after?: string,
  ): Promise<ChangeRequest[]> {
    const [conditions, values] = conditionsOf(filter, now);
    const useCases = filter.useCase === undefined ? null : [filter.useCase];
    return this.db.query(
      `SELECT ${COLUMNS} FROM change_requests c
       WHERE ($2::text IS NULL OR state = $2) AND ($3::text[] IS NULL OR use_cases @> $3)
         AND ($4::text IS NULL OR proposer = $4)
         AND ($5::uuid IS NULL OR (created_at, id) < (SELECT created_at, id FROM change_requests WHERE id = $5))
         ${conditions}
       ORDER BY created_at DESC, id DESC LIMIT $1`,
      [limit, filter.state, useCases, filter.proposer, after, ...values],
    );
  }

  /** Returns the change that restores what another one has recorded, if it is open or applied. */
  async undoOf(id: string): Promise<string | undefined> {
    const [row] = await this.db.query(
      `SELECT id FROM change_requests WHERE undoes = $1 AND (ended_at IS NULL OR state = 'applied')`,
      [id],
    );
    return row?.id;
  }

  /** Lists changes that are approved and wait for their time, the oldest first. */
  async ready(now: Date, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `SELECT id FROM change_requests WHERE ended_at IS NULL AND (state = 'approved' OR (state = 'scheduled' AND apply_at <= $1))
       ORDER BY coalesce(apply_at, revised_at) LIMIT $2`,
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  async setState(
    { id }: Pick<ChangeRequest, 'id'>,
    state: ChangeState,
    { at, failure = null }: { at: Date; failure?: ChangeFailure | null },
    tx: Transaction,
  ): Promise<void> {
    const isOpen = OPEN_STATES.includes(state);
    await tx.query('UPDATE change_requests SET state = $2, ended_at = $3, failure = $4 WHERE id = $1', [
      id,
      state,
      isOpen ? null : at,
      failure && JSON.stringify(failure),
    ]);
  }

  /** Says until when somebody has to review a change that was applied without approvals. */
  async requireReview({ id }: Pick<ChangeRequest, 'id'>, dueAt: Date, tx: Transaction): Promise<void> {
    await tx.query('UPDATE change_requests SET review_due_at = $2 WHERE id = $1', [id, dueAt]);
  }

  async addDecision(
    { id, revision, hash }: Pick<ChangeRequest, 'id' | 'revision' | 'hash'>,
    { kind, actor, groups = [], comment = null, decidedAt }: NewDecision,
    tx: Transaction,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO change_decisions (id, change_id, revision, hash, kind, actor, actor_groups, comment, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [randomUUID(), id, revision, hash, kind, actor, groups, comment, decidedAt],
    );
  }

  /** Stores what the operations made. @param results in the order of the operations; null: nothing to keep */
  async setResults(
    { id, revision }: Pick<ChangeRequest, 'id' | 'revision'>,
    results: readonly (Record<string, unknown> | null)[],
    tx: Transaction,
  ): Promise<void> {
    const rows = results.map((result, index) => ({ position: index + 1, result: result ?? {} }));
    await tx.query(
      `UPDATE change_operations o SET result = r.result FROM jsonb_to_recordset($3) AS r (position smallint, result jsonb)
       WHERE o.change_id = $1 AND o.revision = $2 AND o.position = r.position`,
      [id, revision, JSON.stringify(rows)],
    );
  }

  /** Returns the last change that a reported failure made in a use case since that time. */
  async lastReport(useCase: string, since: Date, tx: Transaction): Promise<string | undefined> {
    const [row] = await tx.query(
      `SELECT id FROM change_requests WHERE use_cases @> ARRAY[$1] AND origin = 'fallback' AND created_at > $2
       ORDER BY created_at DESC LIMIT 1`,
      [useCase, since],
    );
    return row?.id;
  }
}
