import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  AttemptFilter,
  AttemptState,
  ChannelAttempt,
  DeliveryAttempt,
  NewDeliveryAttempt,
} from './delivery-attempt.js';

const INSERT = `
INSERT INTO webhook_deliveries (webhook_id, message_id, notification_id, state, attempt, attempted_at, duration_ms, status,
  error, resent_by)
SELECT "receiverId", "messageId", "notificationId", state, attempt, "attemptedAt", "durationMs", status, error, "resentBy"
FROM json_to_recordset($1) AS d ("receiverId" uuid, "messageId" text, "notificationId" uuid, state text, attempt integer,
  "attemptedAt" timestamptz, "durationMs" integer, status integer, error text, "resentBy" text)
RETURNING id::float8 AS id`;

const ATTEMPT = `d.id::float8 AS id, d.message_id AS "messageId",
  d.notification_id AS "notificationId", d.state, d.attempt, d.attempted_at AS "attemptedAt", d.duration_ms AS "durationMs",
  d.status, d.error, d.resent_by AS "resentBy", n.seq::float8 AS seq, n.kind, n.title,
  CASE WHEN d.is_failing AND d.state = 'failed' AND d.attempt IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM webhook_deliveries newer WHERE newer.webhook_id = d.webhook_id AND newer.attempt IS NOT NULL
      AND (newer.attempted_at, newer.id) > (d.attempted_at, d.id)) THEN d.next_attempt_at END AS "nextAttemptAt"`;

const COLUMNS = `d.webhook_id AS "webhookId", d.url, ${ATTEMPT}`;

/** Literals, because a parameter would hide from the planner that the partial index has the rows. */
const OF_STATE: Record<AttemptState, string> = {
  delivered: `AND a.state = 'delivered'`,
  recovered: `AND a.state = 'recovered'`,
  failed: `AND a.state = 'failed'`,
};

const OF_RECEIVER = 'w.next_attempt_at, w.failures > 0 AND w.disabled_at IS NULL AS is_failing';
const OF_WEBHOOK = `w.url, ${OF_RECEIVER}`;
const NOTIFICATION = 'LEFT JOIN notifications n ON n.id = d.notification_id';

/** Receivers with the columns that a page shows, and the condition on them ($1, $2). */
interface Receivers {
  table: string;
  fields: string;
  columns: string;
  condition: string;
}

const WEBHOOKS: Receivers = {
  table: 'webhooks',
  fields: OF_WEBHOOK,
  columns: COLUMNS,
  condition: '($1::text IS NULL OR w.owner = $1) AND ($2::uuid IS NULL OR w.id = $2)',
};
/** Belong to nobody: $1 is null. */
const CHANNELS: Receivers = {
  table: 'channels',
  fields: OF_RECEIVER,
  columns: `d.webhook_id AS "channelId", ${ATTEMPT}`,
  condition: '$1::text IS NULL AND w.id = $2::uuid',
};

/** $1 owner or null, $2 receiver or null, $3 limit, $4 last id of the page before or null. Reads a page of each. */
const list = ({ table, fields, columns, condition }: Receivers, state: AttemptState | undefined) => `
SELECT ${columns} FROM (
  SELECT page.*, ${fields}
  FROM ${table} w CROSS JOIN LATERAL (
    SELECT a.* FROM webhook_deliveries a WHERE a.webhook_id = w.id ${state ? OF_STATE[state] : ''}
      AND ($4::bigint IS NULL
        OR (a.attempted_at, a.id) < (SELECT attempted_at, id FROM webhook_deliveries WHERE id = $4))
    ORDER BY a.attempted_at DESC, a.id DESC LIMIT $3) page
  WHERE ${condition}
  ORDER BY page.attempted_at DESC, page.id DESC LIMIT $3) d
${NOTIFICATION}
ORDER BY d.attempted_at DESC, d.id DESC`;

@Injectable()
export class DeliveryAttemptsRepository {
  constructor(private readonly db: DataSource) {}

  /** Adds all in one statement. @returns their ids */
  async insert(attempts: NewDeliveryAttempt[]): Promise<number[]> {
    const rows: { id: number }[] = await this.db.query(INSERT, [JSON.stringify(attempts)]);
    return rows.map(({ id }) => id);
  }

  /** Lists the newest first. @param owner null: of all owners. @param after the last id of the page before */
  async list(
    owner: string | null,
    { webhookId, state }: AttemptFilter,
    limit: number,
    after?: number,
  ): Promise<DeliveryAttempt[]> {
    return this.db.query(list(WEBHOOKS, state), [owner, webhookId ?? null, limit, after ?? null]);
  }

  /** Lists those to a channel, the newest first. @param after the last id of the page before */
  async listOfChannel(
    channelId: string,
    state: AttemptState | undefined,
    limit: number,
    after?: number,
  ): Promise<ChannelAttempt[]> {
    return this.db.query(list(CHANNELS, state), [null, channelId, limit, after ?? null]);
  }

  async find(id: number, webhookId: string): Promise<DeliveryAttempt | null> {
    const [found] = await this.db.query(
      `SELECT ${COLUMNS} FROM (SELECT a.*, ${OF_WEBHOOK} FROM webhook_deliveries a JOIN webhooks w ON w.id = a.webhook_id
         WHERE a.id = $1 AND a.webhook_id = $2) d ${NOTIFICATION}`,
      [id, webhookId],
    );
    return found ?? null;
  }
}
