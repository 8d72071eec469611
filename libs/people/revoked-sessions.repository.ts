import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';

/** Sessions that ended before their tokens do. */
export interface Revocation {
  /** Of the sealed audit rows, without `person:`. */
  personId: string;
  /** Null: all sessions of the person. */
  sessionId: string | null;
  /** Without a session: tokens that were issued until then are refused. */
  revokedAt: Date;
}

/** A session ends after 12 hours at most; tokens of issuers may be valid longer. */
const KEPT_HOURS = 48;

@Injectable()
export class RevokedSessionsRepository {
  constructor(private readonly db: DataSource) {}

  async add({ personId, sessionId, revokedAt }: Revocation): Promise<void> {
    await this.db.query(
      'INSERT INTO revoked_sessions (person_id, session_id, revoked_at) VALUES ($1, $2, $3)',
      [personId, sessionId, revokedAt],
    );
  }

  /** Returns those people all of whose sessions were ended after their time. */
  async endedAfter(people: readonly { personId: string; at: Date }[], tx: Transaction): Promise<string[]> {
    const rows: { personId: string }[] = await tx.query(
      `SELECT DISTINCT p."personId" FROM jsonb_to_recordset($1) AS p ("personId" text, at timestamptz)
       JOIN revoked_sessions r ON r.person_id = p."personId" AND r.session_id IS NULL AND r.revoked_at >= p.at`,
      [JSON.stringify(people)],
    );
    return rows.map(({ personId }) => personId);
  }

  async all(): Promise<Revocation[]> {
    return this.db.query(
      `SELECT person_id AS "personId", session_id AS "sessionId", revoked_at AS "revokedAt"
       FROM revoked_sessions WHERE revoked_at >= now() - make_interval(hours => $1)`,
      [KEPT_HOURS],
    );
  }
}
