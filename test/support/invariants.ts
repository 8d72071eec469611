import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';

/** A switch in an answer to a client: the answer's `data`, and the key it was asked with. */
export interface Acknowledged {
  switchId: string;
  conversationId: string | null;
  fromId: string;
  toId: string;
  idempotencyKey: string | null;
}

const AUDITED = `id, scope, conversation_id, use_case, seq, user_id, actor, on_behalf_of, switch_action, switch_type,
  previous_model_id, new_model_id, previous_price_version, new_price_version, reason, notification_shown,
  notification_title, notification_message, request_id`;

const ACKNOWLEDGED = `jsonb_to_recordset($1::jsonb) AS acknowledged
  ("switchId" uuid, "conversationId" text, "fromId" text, "toId" text, "idempotencyKey" text)`;

/**
 * Invariants of durability.md after every fault. Each statement finds violations, one readable line each. $1 has the
 * acknowledged switches; every statement gets it.
 */
const VIOLATIONS: Record<string, string> = {
  'an acknowledged switch has one event, with the models that were answered': `
    SELECT format('%s: answered %s -> %s, stored %s -> %s', acknowledged."switchId", "fromId", "toId", previous_model_id, new_model_id)
    FROM ${ACKNOWLEDGED} LEFT JOIN switch_events e ON e.id = "switchId"
    WHERE (e.conversation_id, previous_model_id, new_model_id) IS DISTINCT FROM ("conversationId", "fromId", "toId")`,
  'no switch is acknowledged twice under one id': `
    SELECT format('%s: %s times', "switchId", count(*)) FROM ${ACKNOWLEDGED} GROUP BY "switchId" HAVING count(*) > 1`,
  'no switch happened without an answer to a client': `
    SELECT format('%s of %s', id, coalesce(conversation_id, use_case)) FROM switch_events
    WHERE NOT EXISTS (SELECT 1 FROM ${ACKNOWLEDGED} WHERE "switchId" = id)`,
  'every event has an audit row, and every audit row an event': `
    SELECT format('event %s, audit row %s', coalesce(e.id::text, 'missing'), coalesce(a.id::text, 'missing'))
    FROM switch_events e FULL JOIN bedrock_model_switches a ON a.id = e.id
    WHERE (e.id IS NULL OR a.id IS NULL) AND $1::jsonb IS NOT NULL`,
  'an audit row says what its event says': `
    SELECT format('%s', r.id) FROM (
      (SELECT ${AUDITED}, occurred_at FROM switch_events WHERE id IN (SELECT id FROM bedrock_model_switches)
       EXCEPT SELECT ${AUDITED}, "timestamp" FROM bedrock_model_switches)) r WHERE $1::jsonb IS NOT NULL`,
  'every audit row has one notification, silent where none was to be shown': `
    SELECT format('audit row %s, notification %s', coalesce(a.id::text, 'missing'), coalesce(n.id::text, 'missing'))
    FROM bedrock_model_switches a FULL JOIN (SELECT * FROM notifications WHERE kind = 'switch') n ON n.id = a.id
    WHERE (a.id IS NULL OR n.id IS NULL OR n.silent = a.notification_shown
      OR (n.message, n.reason, n.model_id) IS DISTINCT FROM (a.notification_message, a.reason, a.new_model_id))
      AND $1::jsonb IS NOT NULL`,
  'the switches of a scope are numbered 1 to n': `
    SELECT format('%s: number %s where %s was due', scope, seq, due) FROM (
      SELECT coalesce(conversation_id, 'use case ' || use_case) AS scope, seq, row_number() OVER w AS due FROM switch_events
      WINDOW w AS (PARTITION BY conversation_id, CASE WHEN conversation_id IS NULL THEN use_case END ORDER BY seq)) n
    WHERE seq <> due AND $1::jsonb IS NOT NULL`,
  'the previous model of a switch is what was effective before it': `
    SELECT format('%s, switch %s: previous is %s, before it was %s', scope, seq, previous_model_id, model_before) FROM (
      SELECT e.*, lag(new_model_id) OVER w AS model_before, lag(switch_action) OVER w AS action_before,
        lag(occurred_at) OVER w AS since FROM switch_events e
      WINDOW w AS (PARTITION BY conversation_id, CASE WHEN conversation_id IS NULL THEN use_case END ORDER BY seq)) n
    WHERE previous_model_id <> model_before AND $1::jsonb IS NOT NULL
      -- unless it followed its use case meanwhile, and that was switched
      AND NOT (conversation_id IS NOT NULL AND action_before = 'auto_switch' AND EXISTS (
        SELECT 1 FROM switch_events u WHERE u.conversation_id IS NULL AND u.use_case = n.use_case
          AND u.new_model_id = n.previous_model_id AND u.occurred_at BETWEEN n.since AND n.occurred_at))`,
  'a conversation runs on the model of its last switch': `
    SELECT format('%s: at %s on %s, its last switch is %s to %s', c.id, c.switch_seq, pinned_model_id, e.seq, new_model_id)
    FROM ai_conversations c LEFT JOIN LATERAL (
      SELECT seq, new_model_id FROM switch_events WHERE conversation_id = c.id ORDER BY seq DESC LIMIT 1) e ON true
    WHERE (c.switch_seq <> coalesce(e.seq, 0) OR pinned_model_id <> new_model_id) AND $1::jsonb IS NOT NULL`,
  'a use case runs on the model of its last switch': `
    SELECT format('%s: at %s on %s, its last switch is %s to %s', u.name, u.switch_seq, active_model_id, e.seq, new_model_id)
    FROM use_cases u LEFT JOIN LATERAL (
      SELECT seq, new_model_id FROM switch_events WHERE conversation_id IS NULL AND use_case = u.name
      ORDER BY seq DESC LIMIT 1) e ON true
    WHERE (u.switch_seq <> coalesce(e.seq, 0) OR active_model_id <> new_model_id) AND $1::jsonb IS NOT NULL`,
  'an Idempotency-Key has one answer, the one that was given': `
    SELECT format('%s: answered %s, stored %s', "idempotencyKey", "switchId", answers) FROM (
      SELECT "idempotencyKey", "switchId", array_agg(k.answer::jsonb #>> '{outcome,switchId}') AS answers
      FROM ${ACKNOWLEDGED} LEFT JOIN idempotency_keys k ON k.key = "idempotencyKey"
      WHERE "idempotencyKey" IS NOT NULL GROUP BY 1, 2) k
    WHERE answers IS DISTINCT FROM ARRAY["switchId"::text]`,
  'the outbox is empty': `
    SELECT format('%s: published %s times, failed %s times %s', id, publish_count, failures, history) FROM outbox
    WHERE $1::jsonb IS NOT NULL`,
};

/** @returns each broken invariant with at most five examples; empty when all hold */
export async function brokenInvariants(db: Client, told: Acknowledged[]): Promise<string[]> {
  const broken: string[] = [];
  for (const [invariant, statement] of Object.entries(VIOLATIONS)) {
    const { rows } = await db.query<[string]>({
      text: statement,
      values: [JSON.stringify(told)],
      rowMode: 'array',
    });
    const examples = rows.slice(0, 5).map(([violation]) => `    ${violation}`);
    if (rows.length > 0) broken.push([`${invariant}: ${rows.length} violations`, ...examples].join('\n'));
  }
  return broken;
}

/** Counts those switches that have their audit row, and the audit rows of switches that were not acknowledged. */
export async function countAudited(
  db: Client,
  told: Acknowledged[],
): Promise<{ audited: number; doubled: number }> {
  const { rows } = await db.query(
    `SELECT count(*) FILTER (WHERE a.id = "switchId")::int AS audited,
       count(*) FILTER (WHERE "switchId" IS NULL)::int AS doubled
     FROM bedrock_model_switches a FULL JOIN ${ACKNOWLEDGED} ON "switchId" = a.id`,
    [JSON.stringify(told)],
  );
  return rows[0];
}

/** Lets the 15 s pass after which a published job counts as lost. redis-killed.spec.ts waits for them in earnest. */
export async function endLeases(db: Client): Promise<void> {
  await db.query(
    'UPDATE outbox SET available_at = now() WHERE id IN (SELECT id FROM outbox FOR UPDATE SKIP LOCKED)',
  );
}

/** Leases (15 s) must end and what failed be tried again, on a machine that may be ten times slower. */
const DRAIN_TIMEOUT_MS = 180_000;

/** Waits until the worker has nothing left to do, then demands every invariant. */
export async function expectInvariants(
  db: Client,
  told: Acknowledged[],
  drainedWithinMs = DRAIN_TIMEOUT_MS,
): Promise<void> {
  const deadline = Date.now() + drainedWithinMs;
  while (Date.now() < deadline && (await waiting(db)) > 0) await delay(50);
  const broken = await brokenInvariants(db, told);
  if (broken.length > 0) throw new Error(broken.join('\n'));
}

async function waiting(db: Client): Promise<number> {
  const { rows } = await db.query('SELECT count(*)::int AS waiting FROM outbox');
  return rows[0].waiting;
}
