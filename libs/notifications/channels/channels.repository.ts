import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { actAs } from '#libs/platform/database/actor.js';
import { LeasesRepository, RESUMED } from '../delivery/leases.repository.js';
import type { Channel, ChannelCursor, ChannelSettings, ChannelTarget, LeasedChannel } from './channel.js';

const SETTINGS = `c.id, c.name, c.kind, c.target, c.kinds, c.use_cases AS "useCases",
  c.least_urgency AS "leastUrgency", c.language, c.include_reasons AS "includeReasons"`;
const CHANNEL = `${SETTINGS}, c.position::float8 AS position, c.digest_due_at AS "digestDueAt",
  c.created_at AS "createdAt", c.delivered_at AS "deliveredAt", c.failures, c.failing_since AS "failingSince",
  c.last_error AS "lastError", CASE WHEN c.failures > 0 AND c.disabled_at IS NULL THEN c.next_attempt_at END AS "nextAttemptAt",
  CASE WHEN c.disabled_at IS NOT NULL THEN 'disabled' WHEN c.failures > 0 THEN 'failing' ELSE 'active' END AS status`;
const LEASED = `${SETTINGS}, c.encrypted_secret AS "encryptedSecret", c.failures, c.lease, c.position::float8 AS position,
  c.digest_after::float8 AS "digestAfter", c.digest_until::float8 AS "digestUntil", c.digest_due_at AS "digestDueAt",
  c.held_after::float8 AS "heldAfter", c.posts, c.posts_since AS "postsSince",
  coalesce(c.digest_due_at <= now(), false) AS "isDigestDue"`;

const IS_DUE = `c.disabled_at IS NULL AND c.next_attempt_at <= now() AND (c.leased_until IS NULL OR c.leased_until < now())
  AND (c.digest_due_at <= now() OR c.position < (SELECT max(seq) FROM notifications))`;

const NAME_TAKEN = 'channels_name';

/** Settings, address and encrypted secret as they are stored. */
export type StoredSettings = ChannelSettings & ChannelTarget & { encryptedSecret: string; secretId: string };

@Injectable()
export class ChannelsRepository extends LeasesRepository<LeasedChannel, ChannelCursor> {
  constructor(db: DataSource) {
    super(db, 'channels', {
      position: 'position',
      digestAfter: 'digest_after',
      digestUntil: 'digest_until',
      digestDueAt: 'digest_due_at',
      heldAfter: 'held_after',
      posts: 'posts',
      postsSince: 'posts_since',
    });
  }

  /** Adds a channel whose feed begins with the next publication. @returns why not: the name, or that there are `most` */
  async insert(
    channel: StoredSettings & Pick<Channel, 'id' | 'createdAt'>,
    most: number,
    actor: string,
  ): Promise<'added' | 'name' | 'limit'> {
    return this.db.transaction(async (tx) => {
      await actAs(actor, tx);
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['channels']);
      const [{ count, taken }] = await tx.query(
        'SELECT count(*)::int AS count, coalesce(bool_or(name = $1), false) AS taken FROM channels',
        [channel.name],
      );
      if (taken) return 'name';
      if (count >= most) return 'limit';
      await tx.query(
        `INSERT INTO channels (id, name, kind, target, kinds, use_cases, least_urgency, language, include_reasons,
           encrypted_secret, secret_id, created_at, position, digest_after)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, newest, newest
         FROM (SELECT coalesce(max(seq), 0) AS newest FROM notifications) AS feed`,
        [channel.id, ...valuesOf(channel), channel.createdAt],
      );
      return 'added';
    });
  }

  /** @returns false: another channel has the name */
  async update(id: string, settings: StoredSettings, actor: string): Promise<boolean> {
    try {
      await this.db.transaction(async (tx) => {
        await actAs(actor, tx);
        await tx.query(
          `UPDATE channels SET name = $2, kind = $3, target = $4, kinds = $5, use_cases = $6, least_urgency = $7,
             language = $8, include_reasons = $9, encrypted_secret = $10, secret_id = $11 WHERE id = $1`,
          [id, ...valuesOf(settings)],
        );
      });
      return true;
    } catch (error) {
      if ((error as { constraint?: string }).constraint === NAME_TAKEN) return false;
      throw error;
    }
  }

  /** Lists them by name. */
  async list(): Promise<Channel[]> {
    return this.db.query(`SELECT ${CHANNEL} FROM channels c ORDER BY c.name`);
  }

  async find(id: string): Promise<Channel | null> {
    const [found] = await this.db.query(`SELECT ${CHANNEL} FROM channels c WHERE c.id = $1`, [id]);
    return found ?? null;
  }

  /** Returns the fields that a delivery needs. */
  async receiver(id: string): Promise<(LeasedChannel & { secretId: string }) | null> {
    const [found] = await this.db.query(
      `SELECT ${LEASED}, c.secret_id AS "secretId" FROM channels c WHERE c.id = $1`,
      [id],
    );
    return found ?? null;
  }

  async delete(id: string, actor: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await actAs(actor, tx);
      await tx.query('DELETE FROM channels WHERE id = $1', [id]);
    });
  }

  /**
   * Resumes delivery immediately, also of a disabled channel. With `position`, it delivers everything after it, and no
   * digest waits.
   */
  async resume(id: string, position: number | null): Promise<void> {
    await this.db.query(
      `UPDATE channels SET ${RESUMED},
         position = least(coalesce($2, position), feed.newest),
         digest_after = CASE WHEN $2::bigint IS NULL THEN digest_after ELSE least($2, feed.newest) END,
         digest_until = CASE WHEN $2::bigint IS NULL THEN digest_until END,
         digest_due_at = CASE WHEN $2::bigint IS NULL THEN digest_due_at END,
         held_after = CASE WHEN $2::bigint IS NULL THEN held_after END
       FROM (SELECT coalesce(max(seq), 0) AS newest FROM notifications) AS feed WHERE id = $1`,
      [id, position],
    );
  }

  /** Leases channels with new notifications or a due digest, those that wait longest first. */
  async lease(limit: number, leaseSeconds: number): Promise<LeasedChannel[]> {
    const [leased] = await this.db.query(
      `UPDATE channels c SET lease = gen_random_uuid(), leased_until = now() + make_interval(secs => $2)
       WHERE c.id = ANY (ARRAY(SELECT c.id FROM channels c WHERE ${IS_DUE}
         ORDER BY c.next_attempt_at, c.id LIMIT $1 FOR UPDATE SKIP LOCKED))
       RETURNING ${LEASED}`,
      [limit, leaseSeconds],
    );
    return leased;
  }
}

const valuesOf = (settings: StoredSettings): unknown[] => [
  settings.name,
  settings.kind,
  JSON.stringify(settings.target),
  settings.kinds,
  settings.useCases,
  settings.leastUrgency,
  settings.language,
  settings.includeReasons,
  settings.encryptedSecret,
  settings.secretId,
];
