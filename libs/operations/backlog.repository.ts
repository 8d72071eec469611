import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Backlog in PostgreSQL and its age; ages in seconds, 0 if nothing waits. */
export interface Backlog {
  outboxWaiting: number;
  outboxDead: number;
  outboxLag: number;
  auditMissing: number;
  sealWaiting: number;
  sealLag: number;
  notificationLag: number;
  rollUpWaiting: number;
  /** Calls of a day that another model than the active one or a candidate has answered in a reviewed use case. */
  unreviewedCalls: number;
  movesRunning: number;
  movesPaused: number;
  /** Moves that stopped within a day. */
  movesFailed: number;
  /** Since the last step of a move that runs. */
  moveSilence: number;
  /** Open changes by state. */
  openChanges: Record<string, number>;
  /** Changes that missed their time within a day. */
  changesMissed: number;
  /** Reviews of changes without approvals that are overdue. */
  reviewsOverdue: number;
  /** Since the last step of each loop that one process runs at a time. */
  loopSilences: Record<string, number>;
  /** Edits of reviewed use cases that went around the review. */
  unreviewedMoves: number;
  /** Channels whose latest attempt failed, and those that are disabled. */
  channelsFailing: number;
  channelsDisabled: number;
  /** Seconds since the last completed sweep; null: none has. */
  sweepAge: number | null;
  /** Cost of the probes of sweeps since midnight UTC. */
  probeTokens: number;
  probeUsd: number;
}

/** Counts stop here: larger numbers do not matter to an operator. */
const MAX_COUNTED = 100_000;
const since = (moment: string) =>
  `coalesce(extract(epoch FROM greatest(now() - ${moment}, interval '0')), 0)::float8`;
const atMost = (rows: string) => `SELECT count(*)::int FROM (${rows} LIMIT ${MAX_COUNTED}) counted`;

/** One statement, which reads at most so many rows of each table. */
const BACKLOG = `
SELECT o.waiting AS "outboxWaiting", o.dead AS "outboxDead", o.lag AS "outboxLag", u.lag AS "sealLag", p.usd AS "probeUsd",
  m.running AS "movesRunning", m.paused AS "movesPaused", m.failed AS "movesFailed", m.silence AS "moveSilence", p.tokens AS "probeTokens",
  (${atMost('SELECT FROM audit_unsealed')}) AS "sealWaiting", (${atMost('SELECT FROM unreviewed_moves')}) AS "unreviewedMoves",
  c.failing AS "channelsFailing", c.disabled AS "channelsDisabled",
  (SELECT ${since('min(occurred_at)')} FROM notifications WHERE seq IS NULL) AS "notificationLag",
  (${atMost('SELECT FROM invocations_to_roll_up')}) AS "rollUpWaiting",
  (${atMost("SELECT FROM unreviewed_calls WHERE started_at > now() - interval '1 day'")}) AS "unreviewedCalls",
  (SELECT coalesce(json_object_agg(state, count), '{}') FROM (SELECT state, count(*)::int AS count
     FROM (SELECT state FROM change_requests WHERE ended_at IS NULL LIMIT ${MAX_COUNTED}) open GROUP BY state) s) AS "openChanges",
  (${atMost("SELECT FROM change_requests WHERE state = 'expired' AND ended_at > now() - interval '1 day' AND failure ->> 'code' = 'missed'")})
    AS "changesMissed",
  (${atMost('SELECT FROM change_requests WHERE review_due_at <= now() AND reviewed_at IS NULL')}) AS "reviewsOverdue",
  (SELECT coalesce(json_object_agg(name, ${since('heartbeat_at')}), '{}') FROM singleton_loops) AS "loopSilences",
  (SELECT extract(epoch FROM now() - max(finished_at))::float8 FROM validation_sweeps) AS "sweepAge",
  (SELECT count(*)::int FROM (SELECT id FROM switch_events
      WHERE occurred_at BETWEEN now() - interval '1 hour' AND now() - interval '1 minute'
      ORDER BY occurred_at DESC LIMIT 5000) e
    WHERE NOT EXISTS (SELECT FROM bedrock_model_switches a WHERE a.id = e.id)
      AND NOT EXISTS (SELECT FROM outbox o WHERE o.id = e.id)) AS "auditMissing"
FROM
  (SELECT count(*) FILTER (WHERE dead_at IS NULL)::int AS waiting, count(dead_at)::int AS dead,
     ${since('min(created_at) FILTER (WHERE dead_at IS NULL)')} AS lag
   FROM (SELECT dead_at, created_at FROM outbox LIMIT ${2 * MAX_COUNTED}) counted) o,
  (SELECT ${since('min(coalesce(a.created_at, e.requested_at, d.decided_at))')} AS lag
   FROM (SELECT subject_id FROM audit_unsealed ORDER BY id LIMIT 1) w
     LEFT JOIN bedrock_model_switches a ON a.id = w.subject_id LEFT JOIN erasures e ON e.id = w.subject_id
     LEFT JOIN change_decisions d ON d.id = w.subject_id) u,
  (SELECT count(*) FILTER (WHERE state IN ('running', 'undoing'))::int AS running,
     count(*) FILTER (WHERE state = 'paused')::int AS paused, count(*) FILTER (WHERE state = 'failed')::int AS failed,
     ${since("min(heartbeat_at) FILTER (WHERE state IN ('running', 'undoing'))")} AS silence
   FROM (SELECT state, heartbeat_at FROM model_moves WHERE state IN ('running', 'paused', 'undoing')
     UNION ALL SELECT state, heartbeat_at FROM model_moves WHERE state = 'failed' AND ended_at > now() - interval '1 day') moves) m,
  (SELECT count(*) FILTER (WHERE failures > 0 AND disabled_at IS NULL)::int AS failing, count(disabled_at)::int AS disabled
   FROM channels) c,
  (SELECT coalesce(sum(tokens), 0)::int AS tokens, coalesce(sum(cost_usd), 0)::float8 AS usd
   FROM bedrock_model_validations WHERE checked_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC') p`;

@Injectable()
export class BacklogRepository {
  constructor(private readonly db: DataSource) {}

  async read(): Promise<Backlog> {
    const [backlog] = await this.db.query(BACKLOG);
    return backlog;
  }
}
