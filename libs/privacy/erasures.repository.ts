import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { Erasure, LateMention } from './personal-data.js';

const COLUMNS = `id, pseudonym, person, requested_by AS "requestedBy", requested_at AS "requestedAt",
  completed_at AS "completedAt", erased_rows AS "erasedRows"`;

@Injectable()
export class ErasuresRepository {
  constructor(private readonly db: DataSource) {}

  /** Records the request, unless there is one for this person that is not completed. @returns that one */
  async begin(erasure: Pick<Erasure, 'id' | 'person' | 'requestedBy' | 'requestedAt'>): Promise<Erasure> {
    const { id, person, requestedBy, requestedAt } = erasure;
    await this.db.query(
      `INSERT INTO erasures (id, pseudonym, person, requested_by, requested_at) VALUES ($1::uuid, 'erased:' || $1::uuid, $2, $3, $4)
       ON CONFLICT (person) WHERE person IS NOT NULL DO NOTHING`,
      [id, person, requestedBy, requestedAt],
    );
    return (await this.ofPerson(person!))!;
  }

  async ofPerson(person: string): Promise<Erasure | undefined> {
    const [found] = await this.db.query(`SELECT ${COLUMNS} FROM erasures WHERE person = $1`, [person]);
    return found;
  }

  async find(id: string): Promise<Erasure> {
    const [found] = await this.db.query(`SELECT ${COLUMNS} FROM erasures WHERE id = $1`, [id]);
    return found;
  }

  /** Those that were requested before a time and are not completed, the oldest first. @param after the last one of the page before */
  async pendingSince(before: Date, after?: Pick<Erasure, 'id' | 'requestedAt'>): Promise<Erasure[]> {
    return this.db.query(
      `SELECT ${COLUMNS} FROM erasures WHERE person IS NOT NULL AND requested_at <= $1
         AND ($2::timestamptz IS NULL OR (requested_at, id) > ($2, $3::uuid))
       ORDER BY requested_at, id LIMIT 100`,
      [before, after?.requestedAt, after?.id],
    );
  }

  /** Locks an erasure, so that two processes do not run it concurrently. @returns false: it is completed */
  async lock(id: string, tx: Transaction): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM erasures WHERE id = $1 AND person IS NOT NULL FOR UPDATE', [
      id,
    ]);
    return rows.length > 0;
  }

  async add(
    id: string,
    table: string,
    erased: { rows: number; seals: number },
    tx: Transaction,
  ): Promise<void> {
    await tx.query(
      `UPDATE erasures SET erased_seals = erased_seals + $4, erased_rows = jsonb_set(erased_rows, ARRAY[$2],
         to_jsonb(coalesce((erased_rows ->> $2)::int, 0) + $3::int)) WHERE id = $1`,
      [id, table, erased.rows, erased.seals],
    );
  }

  /** Completes an erasure and removes the person from it; the record waits for the hash chain. */
  async complete(id: string, at: Date): Promise<void> {
    await this.db.query(
      'UPDATE erasures SET completed_at = $2, person = NULL WHERE id = $1 AND completed_at IS NULL',
      [id, at],
    );
  }

  /** Finds the pseudonyms of people whose erasure was not complete at a time of theirs. */
  async pseudonymsOf(late: LateMention[]): Promise<{ id: string; pseudonym: string }[]> {
    return this.db.query(
      `SELECT DISTINCT ON (late.id) late.id, pseudonym
       FROM json_to_recordset($1) AS late (id text, person text, at timestamptz)
       JOIN erasures e ON person_hash = sha256(convert_to(e.id || ':' || late.person, 'UTF8'))
         AND coalesce(completed_at, 'infinity') >= at
       ORDER BY late.id, requested_at`,
      [JSON.stringify(late)],
    );
  }

  /** Removes the hashes of people whose erasure was complete before a time. */
  async forgetHashes(before: Date): Promise<void> {
    await this.db.query(
      'UPDATE erasures SET person_hash = NULL WHERE completed_at < $1 AND person_hash IS NOT NULL',
      [before],
    );
  }

  /** Newest first; `before` is the id of the last one of the page before. */
  async list(limit: number, before?: string): Promise<Erasure[]> {
    return this.db.query(
      `SELECT ${COLUMNS} FROM erasures
       WHERE $2::uuid IS NULL OR (requested_at, id) < (SELECT requested_at, id FROM erasures WHERE id = $2)
       ORDER BY requested_at DESC, id DESC LIMIT $1`,
      [limit, before],
    );
  }
}
