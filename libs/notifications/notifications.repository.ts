import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { queueWrite, type Transaction } from '#libs/platform/database/transactions.js';
import type {
  NewNotification,
  Notification,
  NotificationFilter,
  PublishedNotification,
} from './notification.js';
import type { Recipient } from './recipient.js';

/** Lock that serialises publication, so that the numbers of `seq` become visible in their order. */
const PUBLICATION = 'notifications:publish';

const CONTENT = `n.id, n.seq::float8 AS seq, n.kind, n.user_id AS "userId", n.conversation_id AS "conversationId",
  n.use_case AS "useCase", n.type, n.title, n.message, n.model_id AS "modelId", n.model_name AS "modelName", n.provider,
  n.reason, n.details, n.silent, n.occurred_at AS "occurredAt"`;
const COLUMNS = `${CONTENT}, r.shown_at AS "shownAt", r.acknowledged_at AS "acknowledgedAt"`;

/** Selects notifications with their audience, without receipts. */
const PUBLISHED = `SELECT ${CONTENT}, n.audience, n.use_case_seq::float8 AS "useCaseSeq", NULL AS "shownAt",
  NULL AS "acknowledgedAt" FROM notifications n`;
type PublishedRow = Notification & Pick<PublishedNotification, 'audience' | 'useCaseSeq'>;
const toPublished = ({ audience, useCaseSeq, ...notification }: PublishedRow): PublishedNotification => ({
  audience,
  useCaseSeq,
  notification,
});

const RECEIPTS = 'LEFT JOIN notification_receipts r ON r.recipient = $1 AND r.notification_id = n.id';

/** Backwards or forwards from a number. */
type Direction = 'back' | 'on';
const ORDER: Record<Direction, string> = { back: 'n.seq DESC', on: 'n.seq' };

/**
 * $1 recipient, $2 from which seq, $3 how many, $4 kind or null, $5 unacknowledged only, $6 silent ones too. Receipts are
 * looked up one by one: NOT EXISTS would make the planner read all that the recipient has for a page.
 */
const fitting = (direction: Direction) => `n.seq ${direction === 'back' ? '<' : '>'} $2
  AND ($4::text IS NULL OR n.kind = $4) AND ($6 OR NOT n.silent)
  AND (NOT $5 OR (SELECT seen.acknowledged_at FROM notification_receipts seen
    WHERE seen.recipient = $1 AND seen.notification_id = n.id) IS NULL)
  ORDER BY ${ORDER[direction]} LIMIT $3`;

/**
 * The user's own ($7), and of each use case those that its conversations followed. Sequence numbers tell which switches
 * reached a conversation, so that their ranges can be merged. Of open follows only the earliest is read, because it
 * covers the later ones.
 */
const ofUser = (direction: Direction) => `
WITH spans AS (
  SELECT name AS use_case, int8range(f.after_seq, NULL, '(]') AS span FROM use_cases CROSS JOIN LATERAL (
    SELECT after_seq FROM ai_conversation_follows WHERE user_id = $7 AND use_case = name AND until_seq IS NULL
    ORDER BY after_seq LIMIT 1) f
  UNION ALL SELECT use_case, int8range(after_seq, until_seq, '(]') FROM ai_conversation_follows
    WHERE user_id = $7 AND until_seq > after_seq),
followed AS MATERIALIZED (SELECT use_case, range_agg(span) AS switches FROM spans GROUP BY use_case)
SELECT ${COLUMNS} FROM (
  (SELECT n.* FROM notifications n WHERE n.audience = 'user' AND n.user_id = $7 AND (NOT $5 OR NOT n.read)
    AND ${fitting(direction)})
  UNION ALL
  (SELECT shared.* FROM followed CROSS JOIN LATERAL (
    SELECT n.* FROM notifications n WHERE n.audience = 'followers' AND n.use_case = followed.use_case
      AND n.use_case_seq <@ followed.switches AND ${fitting(direction)}) shared)
) n ${RECEIPTS} ORDER BY ${ORDER[direction]} LIMIT $3`;

const ofOperators = (direction: Direction, audience = "n.audience <> 'user'") => `
SELECT ${COLUMNS} FROM (SELECT n.* FROM notifications n WHERE ${audience} AND ${fitting(direction)}) n ${RECEIPTS}
ORDER BY ${ORDER[direction]}`;
const ofEverybody = (direction: Direction) => ofOperators(direction, 'n.seq IS NOT NULL');

/** Checks whether a switch of a use case reached a user: any of its conversations followed then. */
const reached = (user: string, useCase: string, seq: string) => `
  SELECT 1 FROM ai_conversation_follows f WHERE f.user_id = ${user} AND f.use_case = ${useCase} AND ${seq} > f.after_seq
    AND (f.until_seq IS NULL OR ${seq} <= f.until_seq) LIMIT 1`;

/** One notification ($2), if it is for the recipient ($1, a user: $3). */
const FIND = `
SELECT ${COLUMNS} FROM notifications n ${RECEIPTS}
WHERE n.id = $2 AND n.seq IS NOT NULL AND CASE
  WHEN $3::text IS NULL THEN n.audience <> 'user'
  WHEN n.audience = 'followers' THEN EXISTS (${reached('$3', 'n.use_case', 'n.use_case_seq')})
  ELSE n.user_id IS NOT DISTINCT FROM $3 END`;

const INSERT: PreparedStatement = {
  name: 'insert-notifications',
  text: `INSERT INTO notifications (id, kind, audience, user_id, conversation_id, use_case, use_case_seq, type, title,
      message, model_id, model_name, provider, reason, details, silent, occurred_at)
    SELECT id, kind, audience, "userId", "conversationId", "useCase", "useCaseSeq", type, title, message, "modelId",
      "modelName", provider, reason, details, silent, "occurredAt"
    FROM json_to_recordset($1) AS n (id uuid, kind text, audience text, "userId" text, "conversationId" text, "useCase" text,
      "useCaseSeq" bigint, type text, title text, message text, "modelId" text, "modelName" text, provider text,
      reason text, details jsonb, silent boolean, "occurredAt" timestamptz)
    ON CONFLICT (id) DO NOTHING RETURNING id`,
};

/** Sets only the columns of its audience. */
const rowOf = (notification: NewNotification) => ({
  ...notification,
  userId: notification.audience === 'user' ? notification.userId : null,
  useCaseSeq: notification.audience === 'followers' ? notification.useCaseSeq : null,
});

@Injectable()
export class NotificationsRepository {
  constructor(private readonly db: DataSource) {}

  /** @returns false: one with this id exists */
  async insert(notification: NewNotification, tx?: Transaction): Promise<boolean> {
    const inserted = await (tx ?? this.db).query(INSERT.text, [JSON.stringify([rowOf(notification)])]);
    return inserted.length > 0;
  }

  insertAll(notifications: NewNotification[], tx: Transaction): void {
    queueWrite(tx, INSERT, [JSON.stringify(notifications.map(rowOf))]);
  }

  async hasUnpublished(): Promise<boolean> {
    const [{ waiting }] = await this.db.query(
      'SELECT EXISTS (SELECT 1 FROM notifications WHERE seq IS NULL) AS waiting',
    );
    return waiting;
  }

  /**
   * Numbers committed notifications that have no number yet. The next publisher waits until these numbers are visible.
   * The numbers are taken in a CTE: PostgreSQL may run a subquery once for each row, which loses the order.
   */
  async publish(limit: number, tx: Transaction): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [PUBLICATION]);
    const [, published] = await tx.query(
      `WITH numbered AS MATERIALIZED (
         SELECT id, nextval('notifications_seq') AS seq FROM (
           SELECT id FROM notifications WHERE seq IS NULL ORDER BY occurred_at, id LIMIT $1) due)
       UPDATE notifications n SET seq = numbered.seq FROM numbered WHERE n.id = numbered.id`,
      [limit],
    );
    return published;
  }

  /** Lists the newest first. */
  async list(
    recipient: Recipient,
    filter: NotificationFilter,
    limit: number,
    before = Number.MAX_SAFE_INTEGER,
  ): Promise<Notification[]> {
    return this.page(recipient, 'back', [before, limit], filter);
  }

  /** Lists missed notifications, the oldest first, without silent ones. */
  async listAfter(recipient: Recipient, after: number, limit: number): Promise<Notification[]> {
    return this.page(recipient, 'on', [after, limit]);
  }

  /** Returns the last number; 0: none yet. */
  async newestSeq(): Promise<number> {
    const [{ newest }] = await this.db.query(
      'SELECT coalesce(max(seq), 0)::float8 AS newest FROM notifications',
    );
    return newest;
  }

  /** Lists published notifications of all recipients, the oldest first. */
  async publishedAfter(seq: number, limit: number): Promise<PublishedNotification[]> {
    const rows = await this.db.query(`${PUBLISHED} WHERE n.seq > $1 ORDER BY n.seq LIMIT $2`, [seq, limit]);
    return rows.map(toPublished);
  }

  /** Returns a published notification of any audience. */
  async publishedOne(id: string): Promise<PublishedNotification | undefined> {
    const rows = await this.db.query(`${PUBLISHED} WHERE n.id = $1 AND n.seq IS NOT NULL`, [id]);
    return rows.map(toPublished)[0];
  }

  /** Returns those of these users that each switch of a use case reached. @returns user ids by notification */
  async followersOf(switches: PublishedNotification[], userIds: string[]): Promise<Map<string, string[]>> {
    const found: { id: string; users: string[] }[] = await this.db.query(
      `SELECT s.id, array_agg(u.id) AS users
       FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS s (id, use_case, seq) CROSS JOIN unnest($4::text[]) AS u (id)
         CROSS JOIN LATERAL (${reached('u.id', 's.use_case', 's.seq')}) AS reached GROUP BY s.id`,
      [
        switches.map(({ notification }) => notification.id),
        switches.map(({ notification }) => notification.useCase),
        switches.map(({ useCaseSeq }) => useCaseSeq),
        userIds,
      ],
    );
    return new Map(found.map(({ id, users }) => [id, users]));
  }

  /** Lists the users that a switch of a use case reached, in their order, after one of them. */
  async usersReachedBy(
    { notification, useCaseSeq }: PublishedNotification,
    after: string,
    limit: number,
  ): Promise<string[]> {
    const found: { id: string }[] = await this.db.query(
      `SELECT DISTINCT user_id AS id FROM ai_conversation_follows
       WHERE use_case = $1 AND $2 > after_seq AND (until_seq IS NULL OR $2 <= until_seq) AND user_id > $3
       ORDER BY user_id LIMIT $4`,
      [notification.useCase, useCaseSeq, after, limit],
    );
    return found.map(({ id }) => id);
  }

  /** @returns null if there is none, or if it is not for the recipient */
  async find(id: string, recipient: Recipient): Promise<Notification | null> {
    const [found] = await this.db.query(FIND, [recipient.name, id, recipient.userId]);
    return found ?? null;
  }

  /**
   * Stores when it was first shown and, if `acknowledged`, first acknowledged. A notification with one user is also
   * marked as read, so that a query does not need its receipt.
   */
  async saveReceipt(id: string, recipient: Recipient, at: Date, acknowledged: boolean): Promise<void> {
    await this.db.query(
      `WITH marked AS (
         UPDATE notifications SET read = true WHERE $4 AND id = $2 AND audience = 'user' AND user_id = $5 AND NOT read)
       INSERT INTO notification_receipts AS r (recipient, notification_id, shown_at, acknowledged_at)
       VALUES ($1, $2, $3, CASE WHEN $4 THEN $3::timestamptz END)
       ON CONFLICT (recipient, notification_id) DO UPDATE SET acknowledged_at = excluded.acknowledged_at
         WHERE r.acknowledged_at IS NULL AND excluded.acknowledged_at IS NOT NULL`,
      [recipient.name, id, at, acknowledged, recipient.userId],
    );
  }

  private async page(
    { name, userId, allRecipients: everybody }: Recipient,
    direction: Direction,
    [from, limit]: [from: number, limit: number],
    filter: NotificationFilter = {},
  ): Promise<Notification[]> {
    const { kind = null, unacknowledged = false, includeSilent = false } = filter;
    const parameters = [name, from, limit, kind, unacknowledged, includeSilent];
    if (everybody) return this.db.query(ofEverybody(direction), parameters);
    return userId === null
      ? this.db.query(ofOperators(direction), parameters)
      : this.db.query(ofUser(direction), [...parameters, userId]);
  }
}
