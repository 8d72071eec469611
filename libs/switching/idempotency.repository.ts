import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { query, queueWrite, type Transaction } from '#libs/platform/database/transactions.js';

export interface StoredAnswer {
  requestHash: string;
  answer: string;
}

const RESERVE: PreparedStatement = {
  name: 'reserve-answer',
  text: `SELECT pg_try_advisory_xact_lock(hashtextextended('idempotency:' || $1 || ':' || $2, 0)) AS reserved`,
};

const FIND: PreparedStatement = {
  name: 'find-answer',
  text: `SELECT request_hash AS "requestHash", answer FROM idempotency_keys
    WHERE actor = $1 AND key = $2 AND created_at > $3`,
};

const STORE: PreparedStatement = {
  name: 'store-answer',
  text: `INSERT INTO idempotency_keys (actor, key, request_hash, answer, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (actor, key) DO UPDATE SET request_hash = excluded.request_hash, answer = excluded.answer,
      created_at = excluded.created_at`,
};

@Injectable()
export class IdempotencyRepository {
  constructor(private readonly db: DataSource) {}

  /** Reserves the key until the transaction ends. False: another request with it is running. */
  async reserve(actor: string, key: string, tx: Transaction): Promise<boolean> {
    const [row] = await query<{ reserved: boolean }>(tx, RESERVE, [actor, key]);
    return row!.reserved;
  }

  async find(actor: string, key: string, since: Date, tx: Transaction): Promise<StoredAnswer | null> {
    const [row] = await query<StoredAnswer>(tx, FIND, [actor, key, since]);
    return row ?? null;
  }

  store(actor: string, key: string, stored: StoredAnswer & { at: Date }, tx: Transaction): void {
    queueWrite(tx, STORE, [actor, key, stored.requestHash, stored.answer, stored.at]);
  }

  /** Forgets old keys, a batch at a time. @returns how many were forgotten */
  async forget(before: Date, limit: number): Promise<number> {
    const [, count] = await this.db.query(
      `DELETE FROM idempotency_keys WHERE created_at <= $1 AND ctid = ANY (ARRAY(
         SELECT ctid FROM idempotency_keys WHERE created_at <= $1 ORDER BY created_at LIMIT $2))`,
      [before, limit],
    );
    return count;
  }
}
