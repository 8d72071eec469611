import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { EntryWithRow } from './chain-verifier.js';
import type { Checkpoint } from './checkpoint.js';
import type { Erasure } from './erased-rows.js';
import type { ChainEntry, Sealable } from './hash-chain.js';

/** Row that waits to be appended. */
export type WaitingRow = Sealable & { waitingId: string };

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * Canonical form of a switch. Its order is part of the format: a change needs a new version of the format, and the
 * earlier versions stay as they are.
 */
const SWITCH_VALUES = `a.id::text, a.scope, a.conversation_id, a.use_case, a.seq::text, a.switch_action,
  a.switch_type, a.previous_model_id, a.new_model_id, a.previous_price_version::text, a.new_price_version::text,
  a.notification_shown::text, a.notification_title, ${instant('a.timestamp')}, ${instant('a.created_at')},
  a.cost_impact_estimated::text, a.cost_impact_horizon, a.cost_impact_assumption::text,
  CASE WHEN a.actor LIKE 'user:%' THEN 'user' ELSE a.actor END, (a.on_behalf_of IS NOT NULL)::text,
  (a.reason IS NOT NULL)::text`;
/** Version 2 adds the change, its approvals and the basis. A row without them has no second form. */
const HAS_BASIS = 'num_nonnulls(a.change_id, a.approved_by, a.basis) > 0';
const switchFacts = (
  format: string,
) => `CASE WHEN ${format} = 1 AND NOT ${HAS_BASIS} THEN json_build_array(${SWITCH_VALUES})
  ELSE json_build_array(${SWITCH_VALUES}, a.change_id::text, a.approved_by::text, a.basis) END`;
const SWITCH_PERSON = `json_build_array(a.user_id, a.actor, a.on_behalf_of, a.reason, a.notification_message, a.request_id)`;

/** Canonical form of an erasure, which contains no personal data. */
const ERASURE_FACTS = `json_build_array(e.id::text, e.pseudonym, e.requested_by, ${instant('e.requested_at')},
  ${instant('e.completed_at')}, e.erased_rows::text, e.erased_seals::text)`;
/** Canonical form of a decision about a change. */
const DECISION_FACTS = `json_build_array(d.id::text, d.change_id::text, d.revision::text, d.hash, d.kind,
  ${instant('d.decided_at')}, (d.comment IS NOT NULL)::text)`;
const DECISION_PERSON = `json_build_array(d.actor, d.actor_groups::text, d.comment)`;
/** The row of an entry in a version of its form; null: it is deleted. */
const rowIn = (
  format: string,
) => `CASE WHEN a.id IS NOT NULL THEN json_build_object('facts', ${switchFacts(format)}, 'person', ${SWITCH_PERSON})
  WHEN d.id IS NOT NULL THEN json_build_object('facts', ${DECISION_FACTS}, 'person', ${DECISION_PERSON})
  WHEN e.id IS NOT NULL THEN json_build_object('facts', ${ERASURE_FACTS}) END`;
/** Form of a new entry: the first that holds all of the row, so that an earlier release reads it after a rollback. */
const NEW_FORMAT = `CASE WHEN ${HAS_BASIS} THEN 2 ELSE 1 END`;
/** An earlier release, which may still run, knows one version only. */
const FORMAT = 'coalesce(s.format, 1)';
/** Compared with null no index is read: each entry costs a look-up in the table of its kind only. */
const idOf = (alias: string, kind: ChainEntry['kind']) =>
  `CASE WHEN ${alias}.kind = '${kind}' THEN ${alias}.subject_id END`;
const rowsOf = (alias: string) => `
  LEFT JOIN bedrock_model_switches a ON a.id = ${idOf(alias, 'switch')}
  LEFT JOIN erasures e ON e.id = ${idOf(alias, 'erasure')}
  LEFT JOIN change_decisions d ON d.id = ${idOf(alias, 'decision')}`;

/** Columns that an audit row and its event have in common. */
const SAID_TWICE = [
  'scope',
  'conversation_id',
  'use_case',
  'seq',
  'user_id',
  'actor',
  'on_behalf_of',
  'switch_action',
  'switch_type',
  'previous_model_id',
  'new_model_id',
  'previous_price_version',
  'new_price_version',
  'reason',
  'request_id',
  'notification_shown',
  'notification_title',
  'notification_message',
  'change_id',
  'approved_by',
  'basis',
];
const saidBy = (alias: string) => SAID_TWICE.map((column) => `${alias}.${column}`).join(', ');
const EVENT = `CASE WHEN a.id IS NULL THEN NULL WHEN v.id IS NULL THEN 'missing'
  WHEN (${saidBy('v')}, v.occurred_at) IS DISTINCT FROM (${saidBy('a')}, a.timestamp) THEN 'changed' END`;

const CHECKPOINT = 's.sealed_at AS "sealedAt", s.key_id AS "keyId", s.signature';

interface CheckpointColumns {
  sealedAt: Date | null;
  keyId: string | null;
  signature: Buffer | null;
}
type Row = Pick<Sealable, 'facts'> & Partial<Pick<Sealable, 'person'>>;
type EntryColumns = Omit<ChainEntry, 'position'> &
  CheckpointColumns & { position: string; salt: Buffer | null; row: Row | null } & Pick<
    EntryWithRow,
    'event'
  >;

/** Says of a row `r` that it has no entry and waits for none. */
const WITHOUT_SEAL = `(SELECT true FROM audit_seals s WHERE s.subject_id = r.id) IS NULL
  AND (SELECT true FROM audit_unsealed u WHERE u.subject_id = r.id LIMIT 1) IS NULL`;

/** Orphan rows of one page; `last` is where the next page starts, null: there are no more. */
export interface OrphanRows {
  last: string | null;
  ids: string[];
}

@Injectable()
export class ChainEntriesRepository {
  constructor(private readonly db: DataSource) {}

  /**
   * Takes the lock for the only writer of the chain, until the transaction ends. @returns false if another one has it
   */
  async takeTurn(tx: Transaction): Promise<boolean> {
    const [{ taken }] = await tx.query(
      `SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || '.audit_seals')) AS taken`,
    );
    return taken;
  }

  /** Returns the last entry; null if there is none. */
  async head(
    tx: Transaction,
  ): Promise<{ position: number; hash: Buffer; checkpoint: Checkpoint | null } | null> {
    const [last] = await tx.query(
      `SELECT s.position, s.hash, ${CHECKPOINT} FROM audit_seals s ORDER BY s.position DESC LIMIT 1`,
    );
    if (!last) return null;
    const [position, hash] = [Number(last.position), last.hash];
    const made = checkpointOf(last);
    return { position, hash, checkpoint: made && { ...made, position, hash } };
  }

  async hasEntry(
    { position, hash }: Pick<ChainEntry, 'position' | 'hash'>,
    tx: Transaction,
  ): Promise<boolean> {
    const rows = await tx.query('SELECT FROM audit_seals WHERE position = $1 AND hash = $2', [
      position,
      hash,
    ]);
    return rows.length > 0;
  }

  async hasSignature(tx: Transaction): Promise<boolean> {
    const [{ signed }] = await tx.query(
      'SELECT EXISTS (SELECT FROM audit_seals WHERE sealed_at IS NOT NULL AND signature IS NOT NULL) AS signed',
    );
    return signed;
  }

  /** Returns rows without an entry, the oldest first. */
  async waiting(limit: number, tx: Transaction): Promise<WaitingRow[]> {
    const rows = await tx.query(
      `SELECT u.id AS "waitingId", u.kind, u.subject_id AS "subjectId", ${NEW_FORMAT} AS format, ${rowIn(NEW_FORMAT)} AS row
       FROM audit_unsealed u ${rowsOf('u')}
       WHERE (a.id IS NOT NULL OR e.id IS NOT NULL OR d.id IS NOT NULL)
         AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.subject_id = u.subject_id)
       ORDER BY u.id LIMIT $1`,
      [limit],
    );
    return rows.map(
      ({
        row,
        ...waiting
      }: Pick<WaitingRow, 'waitingId' | 'kind' | 'format' | 'subjectId'> & { row: Row }) => ({
        ...waiting,
        ...withPerson(row),
      }),
    );
  }

  /** Adds the entries and their salts, makes the last one a checkpoint, and removes the rows from the waiting ones. */
  async append(
    entries: (ChainEntry & { salt: Buffer | null })[],
    rows: WaitingRow[],
    checkpoint: Checkpoint,
    tx: Transaction,
  ): Promise<void> {
    const { position, sealedAt, signature } = checkpoint;
    await tx.query(
      `INSERT INTO audit_seals (position, kind, format, subject_id, commitment, hash, sealed_at, key_id, signature)
       SELECT position, kind, format, subject_id, commitment, hash, CASE WHEN position = $6 THEN $7::timestamptz END,
         CASE WHEN position = $6 THEN $8 END, CASE WHEN position = $6 THEN $9::bytea END
       FROM unnest($1::bigint[], $2::text[], $3::uuid[], $4::bytea[], $5::bytea[], $10::smallint[])
         AS entry (position, kind, subject_id, commitment, hash, format)`,
      [
        entries.map((entry) => entry.position),
        entries.map((entry) => entry.kind),
        entries.map((entry) => entry.subjectId),
        entries.map((entry) => entry.commitment),
        entries.map((entry) => entry.hash),
        position,
        sealedAt,
        signature?.keyId,
        signature?.value,
        entries.map((entry) => entry.format),
      ],
    );
    const salted = entries.filter(({ salt }) => salt !== null);
    await tx.query(
      'INSERT INTO audit_salts (subject_id, salt) SELECT * FROM unnest($1::uuid[], $2::bytea[])',
      [salted.map(({ subjectId }) => subjectId), salted.map(({ salt }) => salt)],
    );
    await tx.query('DELETE FROM audit_unsealed WHERE id = ANY($1::bigint[])', [
      rows.map(({ waitingId }) => waitingId),
    ]);
  }

  /** Returns the entries after a position and up to another with their current rows, in the order of the chain. */
  async entriesBetween(after: number, upTo: number, limit: number): Promise<EntryWithRow[]> {
    const rows = await this.db.query(
      `SELECT s.position, s.kind, ${FORMAT} AS format, s.subject_id AS "subjectId", s.commitment, s.hash, ${CHECKPOINT}, x.salt,
         ${rowIn(FORMAT)} AS row,
         ${EVENT} AS event
       FROM audit_seals s ${rowsOf('s')} LEFT JOIN switch_events v ON v.id = a.id LEFT JOIN audit_salts x ON x.subject_id = s.subject_id
       WHERE s.position > $1 AND s.position <= $2 ORDER BY s.position LIMIT $3`,
      [after, upTo, limit],
    );
    return rows.map(
      ({
        position,
        kind,
        format,
        subjectId,
        commitment,
        hash,
        salt,
        row,
        event,
        ...checkpoint
      }: EntryColumns) => ({
        position: Number(position),
        kind,
        format,
        subjectId,
        commitment,
        hash,
        salt,
        event,
        row: row && withPerson(row),
        checkpoint: checkpointOf(checkpoint),
      }),
    );
  }

  /** Returns the last position; 0 if the chain is empty. */
  async lastPosition(): Promise<number> {
    const [{ last }] = await this.db.query('SELECT coalesce(max(position), 0) AS last FROM audit_seals');
    return Number(last);
  }

  /** Reads some rows in the order of their ids. @returns those that have no entry and do not wait for one */
  async rowsWithoutSeal(after: string, limit: number): Promise<OrphanRows> {
    return this.strays(`SELECT id, ${WITHOUT_SEAL} AS stray FROM bedrock_model_switches r`, after, limit);
  }

  /** Reads some decisions like `rowsWithoutSeal`. */
  async decisionsWithoutSeal(after: string, limit: number): Promise<OrphanRows> {
    return this.strays(`SELECT id, ${WITHOUT_SEAL} AS stray FROM change_decisions r`, after, limit);
  }

  /**
   * Reads some events like `rowsWithoutSeal`. @returns those that have no row, wait for none, and had none when rows
   * were appended
   */
  async eventsWithoutRow(after: string, limit: number): Promise<OrphanRows> {
    return this.strays(
      `SELECT id, (SELECT true FROM bedrock_model_switches a WHERE a.id = r.id) IS NULL
         AND (SELECT true FROM outbox o WHERE o.id = r.id) IS NULL AND ${WITHOUT_SEAL} AS stray FROM switch_events r`,
      after,
      limit,
    );
  }

  async countWaiting(): Promise<number> {
    const [{ count }] = await this.db.query('SELECT count(*)::int AS count FROM audit_unsealed');
    return count;
  }

  /** Returns rows that were deleted before they got an entry. */
  async deletedBeforeSealing(limit: number): Promise<string[]> {
    const rows = await this.db.query(
      `SELECT u.subject_id AS id FROM audit_unsealed u
       WHERE NOT EXISTS (SELECT FROM bedrock_model_switches a WHERE a.id = u.subject_id)
         AND NOT EXISTS (SELECT FROM erasures e WHERE e.id = u.subject_id)
         AND NOT EXISTS (SELECT FROM change_decisions d WHERE d.id = u.subject_id) ORDER BY u.id LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }: { id: string }) => id);
  }

  async erasures(): Promise<Erasure[]> {
    return this.db.query(
      'SELECT pseudonym, completed_at IS NOT NULL AS completed, erased_seals AS seals FROM erasures',
    );
  }

  /** Looks up each row by an index: NOT EXISTS would make the planner read whole tables for a page. */
  private async strays(rows: string, after: string, limit: number): Promise<OrphanRows> {
    const [found] = await this.db.query(
      `WITH page AS (${rows} WHERE id > $1 ORDER BY id LIMIT $2)
       SELECT max(id::text) AS last, coalesce(array_agg(id ORDER BY id) FILTER (WHERE stray), '{}') AS ids FROM page`,
      [after, limit],
    );
    return found;
  }

  /** Lists checkpoints, newest first; `before` is the last position of the previous page. */
  async checkpoints(limit: number, before?: number): Promise<Checkpoint[]> {
    const rows = await this.db.query(
      `SELECT s.position, s.hash, ${CHECKPOINT} FROM audit_seals s
       WHERE s.sealed_at IS NOT NULL AND ($2::bigint IS NULL OR s.position < $2) ORDER BY s.position DESC LIMIT $1`,
      [limit, before],
    );
    return rows.map((row: CheckpointColumns & { position: string; hash: Buffer }) => ({
      position: Number(row.position),
      hash: row.hash,
      ...checkpointOf(row)!,
    }));
  }
}

function checkpointOf(row: CheckpointColumns): EntryWithRow['checkpoint'] {
  if (!row.sealedAt) return null;
  const signature = row.keyId && row.signature ? { keyId: row.keyId, value: row.signature } : null;
  return { sealedAt: row.sealedAt, signature };
}

const withPerson = ({ facts, person = null }: Row): Pick<Sealable, 'facts' | 'person'> => ({ facts, person });
