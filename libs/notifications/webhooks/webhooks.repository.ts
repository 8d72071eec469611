import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { actAs } from '#libs/platform/database/actor.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { SlowReceivers } from '../delivery/delivery.js';
import { LeasesRepository, RESUMED } from '../delivery/leases.repository.js';
import type { Cursor, LeasedWebhook, Webhook } from './webhook.js';

/** Webhooks of one owner that are delivered to concurrently: its slow receivers leave places to those of others. */
const MAX_OF_AN_OWNER = 4;

/** A webhook may have the feed that its key may list, while that key or a successor is valid. */
const MAY_HAVE_IT = `(w.owner = 'bootstrap' OR EXISTS (SELECT 1 FROM service_keys k WHERE k.owner = w.owner
  AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
  AND k.scopes && CASE w.feed WHEN 'users' THEN ARRAY['act-as'] ELSE ARRAY['operate', 'read'] END))`;

const IS_DUE = `w.disabled_at IS NULL AND w.next_attempt_at <= now() AND (w.leased_until IS NULL OR w.leased_until < now())
  AND w.position < (SELECT max(seq) FROM notifications)`;

const FORMER = 'CASE WHEN w.former_until > now() THEN w.former_secret_id END AS "formerSecretId"';
const COLUMNS = `w.id, w.owner, w.feed, w.url, w.position::float8 AS position, w.created_at AS "createdAt",
  w.delivered_at AS "deliveredAt", w.failures, w.failing_since AS "failingSince", w.last_error AS "lastError",
  CASE WHEN w.failures > 0 AND w.disabled_at IS NULL THEN w.next_attempt_at END AS "nextAttemptAt",
  CASE WHEN w.disabled_at IS NOT NULL THEN 'disabled' WHEN NOT ${MAY_HAVE_IT} THEN 'waiting'
    WHEN w.failures > 0 THEN 'failing' ELSE 'active' END AS status`;
const LEASED = `w.id, w.owner, w.feed, w.url, w.position::float8 AS position, w.after_user AS "afterUser", w.failures, w.lease,
  w.secret_id AS "secretId", ${FORMER}`;

/** $1 id, $2 owner that asks; null: a key that manages all. */
const THE_OWNERS = 'w.id = $1 AND ($2::text IS NULL OR w.owner = $2)';

interface NewWebhook extends Pick<Webhook, 'id' | 'owner' | 'feed' | 'url' | 'createdAt'> {
  secretId: string;
}

@Injectable()
export class WebhooksRepository extends LeasesRepository<LeasedWebhook, Cursor> {
  constructor(db: DataSource) {
    super(db, 'webhooks', { position: 'position', afterUser: 'after_user' });
  }

  /** Adds a webhook whose feed begins with the next publication. @returns false: its owner has `most` already */
  async insert(webhook: NewWebhook, most: number, actor: string): Promise<boolean> {
    return this.db.transaction((tx) => this.insertWithin(tx, webhook, most, actor));
  }

  /** Adds a webhook as a part of a transaction that changes more. */
  async insertWithin(
    tx: Transaction,
    { id, owner, feed, url, createdAt, secretId }: NewWebhook,
    most: number,
    actor: string,
  ): Promise<boolean> {
    await actAs(actor, tx);
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhooks:${owner}`]);
    const inserted = await tx.query(
      `INSERT INTO webhooks (id, owner, feed, url, created_at, secret_id, position)
       SELECT $1, $2, $3, $4, $5, $6, (SELECT coalesce(max(seq), 0) FROM notifications)
       WHERE (SELECT count(*) FROM webhooks WHERE owner = $2) < $7 RETURNING id`,
      [id, owner, feed, url, createdAt, secretId, most],
    );
    return inserted.length > 0;
  }

  /** Lists the oldest first. @param owner null: of all owners */
  async list(owner: string | null, tx: Pick<Transaction, 'query'> = this.db): Promise<Webhook[]> {
    return tx.query(
      `SELECT ${COLUMNS} FROM webhooks w WHERE $1::text IS NULL OR w.owner = $1 ORDER BY w.created_at, w.id`,
      [owner],
    );
  }

  async find(id: string, owner: string | null): Promise<Webhook | null> {
    const [found] = await this.db.query(`SELECT ${COLUMNS} FROM webhooks w WHERE ${THE_OWNERS}`, [id, owner]);
    return found ?? null;
  }

  async delete(id: string, actor: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await actAs(actor, tx);
      await tx.query('DELETE FROM webhooks WHERE id = $1', [id]);
    });
  }

  /** Returns the fields that a delivery needs. */
  async receiver(id: string, owner: string | null): Promise<LeasedWebhook | null> {
    const [found] = await this.db.query(`SELECT ${LEASED} FROM webhooks w WHERE ${THE_OWNERS}`, [id, owner]);
    return found ?? null;
  }

  /** Sets a new secret. The current one continues to sign in addition for this many seconds. */
  async rotate(id: string, secretId: string, overlapSeconds: number, actor: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await actAs(actor, tx);
      await tx.query(
        `UPDATE webhooks SET former_secret_id = secret_id, secret_id = $2,
           former_until = now() + make_interval(secs => $3) WHERE id = $1`,
        [id, secretId, overlapSeconds],
      );
    });
  }

  /**
   * Resumes delivery immediately, after `position` if given, also of a disabled webhook. A delivery in progress is
   * stopped.
   */
  async resume(id: string, position: number | null): Promise<void> {
    await this.db.query(
      `UPDATE webhooks SET position = least(coalesce($2, position), (SELECT coalesce(max(seq), 0) FROM notifications)),
         after_user = CASE WHEN $2::bigint IS NULL THEN after_user ELSE '' END, ${RESUMED}
       WHERE id = $1`,
      [id, position],
    );
  }

  /**
   * Leases webhooks with new notifications, those that wait longest first, within the limits of each owner and of slow
   * ones.
   */
  async lease(
    limit: number,
    leaseSeconds: number,
    slow: SlowReceivers = { ids: [], limit: 0 },
  ): Promise<LeasedWebhook[]> {
    const [leased] = await this.db.query(
      `WITH due AS (
         SELECT w.id, w.next_attempt_at, w.id = ANY ($4::uuid[]) AS is_slow,
           row_number() OVER (PARTITION BY w.owner ORDER BY w.next_attempt_at, w.id)
           + (SELECT count(*) FROM webhooks o WHERE o.owner = w.owner AND o.leased_until >= now()) AS nth
         FROM webhooks w WHERE ${IS_DUE} AND ${MAY_HAVE_IT}),
       ranked AS (
         SELECT id, is_slow, row_number() OVER (PARTITION BY is_slow ORDER BY next_attempt_at, id) AS nth FROM due WHERE nth <= $3)
       UPDATE webhooks w SET lease = gen_random_uuid(), leased_until = now() + make_interval(secs => $2)
       WHERE w.id = ANY (ARRAY(SELECT w.id FROM webhooks w JOIN ranked ON ranked.id = w.id
         WHERE (NOT is_slow OR nth <= $5) AND ${IS_DUE} ORDER BY w.next_attempt_at, w.id LIMIT $1 FOR UPDATE OF w SKIP LOCKED))
       RETURNING ${LEASED}`,
      [limit, leaseSeconds, MAX_OF_AN_OWNER, slow.ids, slow.limit],
    );
    return leased;
  }
}
