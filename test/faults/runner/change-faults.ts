import { setTimeout as delay } from 'node:timers/promises';
import { rescheduleChanges } from '../../support/reschedule-changes.js';
import type { Fault } from './fault.js';
import type { Stage } from './stage.js';

const CHANGES = 1_000;
const APPLIED_TIMEOUT_MS = 240_000;
/** Until the changes are hashed. */
const HASH = '0'.repeat(64);
/** The people of these changes; their approvals count by the roles of the workers and apis. */
const PEOPLE = { variables: () => ({ OIDC_ROLES: '{"leads":["approve"]}' }) };

/** Use cases under review, each with the candidates of the one that the load does not use. */
const USE_CASES = `WITH made AS (INSERT INTO use_cases (name, objective, active_model_id, control, input_tokens_per_exchange,
    output_tokens_per_exchange, exchanges_per_conversation, exchanges_per_30_days)
  SELECT 'reviewed-' || n, 'quality', active_model_id, 'reviewed', input_tokens_per_exchange, output_tokens_per_exchange,
    exchanges_per_conversation, exchanges_per_30_days FROM use_cases, generate_series(1, $1::int) AS n WHERE name = 'health'
  RETURNING name)
  INSERT INTO use_case_candidates (use_case, model_id, position)
  SELECT made.name, c.model_id, c.position FROM made, use_case_candidates c WHERE c.use_case = 'health'`;

/** One approved change for each, which switches it to another candidate at this time. */
const REQUESTS = `INSERT INTO change_requests (id, state, hash, reason, apply_at, use_cases, proposer, editor, created_at, revised_at,
    expires_at)
  SELECT gen_random_uuid(), 'scheduled', $1, 'fault', $2, ARRAY[name], 'person:00000000:ada', 'person:00000000:ada', now(), now(),
    now() + interval '7 days' FROM use_cases WHERE name LIKE 'reviewed-%'`;

const OPERATIONS = `INSERT INTO change_operations (change_id, revision, position, operation, scope, expected_version, before, after)
  SELECT r.id, 1, 1, jsonb_build_object('kind', 'switch-use-case', 'useCase', u.name, 'modelId', t.model_id),
    'use-case:' || u.name, u.version::text, jsonb_build_object('activeModelId', u.active_model_id),
    jsonb_build_object('activeModelId', t.model_id)
  FROM change_requests r JOIN use_cases u ON r.use_cases = ARRAY[u.name] CROSS JOIN LATERAL (SELECT model_id
    FROM use_case_candidates c WHERE c.use_case = u.name AND model_id <> u.active_model_id ORDER BY position LIMIT 1) t`;

const APPROVALS = `INSERT INTO change_decisions (id, change_id, revision, hash, kind, actor, actor_groups, decided_at)
  SELECT gen_random_uuid(), id, 1, hash, 'approve', 'person:00000000:ben', '{leads}', now() FROM change_requests`;

/** Changes that were not applied by exactly one switch, or whose use case is not where they brought it. */
const WRONG = `SELECT count(*)::int AS wrong FROM change_requests r
  JOIN change_operations o ON o.change_id = r.id JOIN use_cases u ON r.use_cases = ARRAY[u.name]
  WHERE r.state <> 'applied' OR u.active_model_id <> o.after ->> 'activeModelId'
    OR (SELECT count(*) FROM switch_events e WHERE e.use_case = u.name) <> 1
    OR (SELECT count(*) FROM change_decisions d WHERE d.change_id = r.id AND d.kind = 'apply') <> 1`;

const SWITCHES = `SELECT id AS "switchId", conversation_id AS "conversationId", previous_model_id AS "fromId",
  new_model_id AS "toId", NULL AS "idempotencyKey" FROM switch_events WHERE use_case LIKE 'reviewed-%'`;

/** Schedules the changes. @returns their ids */
async function schedule(stage: Stage, applyAt: Date): Promise<string[]> {
  return stage.look(async (owner) => {
    await owner.query('BEGIN');
    await owner.query(USE_CASES, [CHANGES]);
    await owner.query(REQUESTS, [HASH, applyAt]);
    await owner.query(OPERATIONS);
    const { rows } = await owner.query('SELECT id FROM change_requests');
    const ids = rows.map(({ id }) => id);
    await rescheduleChanges(ids, applyAt, (sql, values) => owner.query(sql, values));
    await owner.query(APPROVALS);
    await owner.query('COMMIT');
    return ids;
  });
}

async function applied(stage: Stage): Promise<number> {
  const { rows } = await stage.look((owner) =>
    owner.query(`SELECT count(*)::int AS applied FROM change_requests WHERE state = 'applied'`),
  );
  return rows[0].applied;
}

/** @throws when they do not come so far in time */
async function untilApplied(stage: Stage, count: number): Promise<void> {
  const deadline = performance.now() + APPLIED_TIMEOUT_MS;
  for (let present = await applied(stage); present < count; present = await applied(stage)) {
    if (performance.now() > deadline) throw new Error(`${present} of ${CHANGES} changes were applied`);
    await delay(20);
  }
}

/** Applies changes over the apis too, while the workers are at them; answers do not matter here. */
async function applyByHand(stage: Stage, ids: readonly string[]): Promise<void> {
  for (const [index, id] of ids.entries())
    await stage.apis[index % 2]!.send('POST', `/v1/change-requests/${id}/apply`).catch(() => undefined);
}

/** @throws unless each change was applied once */
async function assertOnce(stage: Stage, acknowledged: unknown[]): Promise<void> {
  await untilApplied(stage, CHANGES);
  const { rows } = await stage.look((owner) => owner.query(WRONG));
  if (rows[0].wrong > 0)
    throw new Error(`${rows[0].wrong} of ${CHANGES} changes were not applied exactly once`);
  // Their approval is the acknowledgement of each of their switches.
  const { rows: switches } = await stage.look((owner) => owner.query(SWITCHES));
  acknowledged.push(...switches);
}

export const CHANGE_FAULTS: Fault[] = [
  {
    name: 'killed-in-changes',
    title:
      'kill -9 of workers, an api and PostgreSQL while 1,000 scheduled changes are applied by workers and apis',
    stage: PEOPLE,
    async inject(stage, load) {
      const ids = await schedule(stage, new Date());
      const byHand = applyByHand(stage, ids.toReversed());
      await untilApplied(stage, 100);
      await Promise.all([stage.workers[0]!.kill(), stage.apis[0]!.kill()]);
      stage.startWorker(0);
      await Promise.all([stage.startApi(0), untilApplied(stage, 250)]);
      await stage.postgres.kill();
      await stage.postgres.startAgain();
      await untilApplied(stage, 500);
      await Promise.all(stage.workers.map((worker) => worker.kill()));
      for (const number of [0, 1]) stage.startWorker(number);
      await byHand;
      await assertOnce(stage, load.record.acknowledged);
    },
  },
  {
    name: 'redis-away-for-a-schedule',
    title: 'Redis away from before 1,000 changes are due until they are applied',
    stage: PEOPLE,
    async inject(stage, load) {
      await stage.redis.kill();
      await schedule(stage, new Date(Date.now() + 2_000));
      await assertOnce(stage, load.record.acknowledged);
      await stage.redis.startAgain();
      await load.more(50);
    },
  },
];
