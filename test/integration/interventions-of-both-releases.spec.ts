import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { RollUpRepository } from '#libs/costs/roll-up.repository.js';
import { createOwnerDataSource } from '#migrations/data-source.js';
import { migrateDown, migrateUp } from '#migrations/migrate.js';
import { createMigratedDatabase, type EmptyDatabase } from '../support/empty-database.js';

const MIGRATION = 'CountGuardrailInterventions1764996000000';
const INTERVENED = 'guardrail_intervened';

let database: EmptyDatabase;
let db: DataSource;
beforeAll(async () => {
  database = await createMigratedDatabase();
  db = await createOwnerDataSource(database.env, database.ownerUrl).initialize();
});
afterAll(async () => {
  await db?.destroy();
  await database?.close();
});

const sql = async (statement: string, values: unknown[] = []) =>
  (await database.owner.query(statement, values)).rows;
const up = () => migrateUp(db, database.env.DATABASE_SCHEMA, database.appRole);
beforeEach(up);
async function down(): Promise<void> {
  let undone: string | null;
  do undone = await migrateDown(db);
  while (undone !== MIGRATION);
}

/** Records a call of a user, as an api does. */
const record = (user: string, outcome: string, stopReason: string | null, startedAt = 'now()') =>
  sql(
    `WITH made AS (
       INSERT INTO model_invocations (id, started_at, request_id, use_case, user_id, actor, model_id, outcome, stop_reason,
         estimated, attempts, latency_ms, streamed)
       VALUES ($1, ${startedAt}, 'r', 'clinical', $2, 'user:' || $2, 'm', $3, $4, false, '[]', 1, false) RETURNING *)
     INSERT INTO invocations_to_roll_up (invocation_ids, started_ats, in_conversations)
     SELECT array_agg(id), array_agg(started_at), false FROM made`,
    [randomUUID(), user, outcome, stopReason],
  );
/** The release before records an intervention as a refusal. */
const recordAsBefore = (user: string) => record(user, 'refused', INTERVENED);
const recordNow = (user: string) => record(user, INTERVENED, INTERVENED);

const ROLLED_UP_BEFORE =
  'answered, refused, failed, cancelled, fallbacks, estimated, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost_usd, unknown_costs, latency_ms, first_text_ms, first_texts';
/** Rolls up as a worker of the release before, which does not know the column. */
async function rollUpAsBefore(): Promise<void> {
  const sums = ROLLED_UP_BEFORE.split(', ').map((name) => `sum(${name})`);
  const added = ROLLED_UP_BEFORE.split(', ').map((name) => `${name} = t.${name} + excluded.${name}`);
  await sql(
    `WITH taken AS (DELETE FROM invocations_to_roll_up RETURNING *)
     INSERT INTO usage_daily AS t (user_id, day, model_id, use_case, ${ROLLED_UP_BEFORE})
     SELECT user_id, day, f.model_id, use_case, ${sums.join(', ')}
     FROM taken CROSS JOIN LATERAL unnest(invocation_ids, started_ats) AS u (id, started_at)
       JOIN billed_figures f ON f.id = u.id AND f.started_at = u.started_at
     GROUP BY 1, 2, 3, 4 ON CONFLICT (user_id, day, model_id, use_case) DO UPDATE SET ${added.join(', ')}`,
  );
}
const rollUp = () => new RollUpRepository(db).rollUp(1_000);

/** Both releases read the calls of a user: the one before adds up its four outcomes. */
async function read(user: string) {
  const [figures] = await sql(
    `SELECT sum(answered + refused + failed + cancelled)::int AS calls, sum(refused - guardrail_intervened)::int AS refused,
       sum(guardrail_intervened)::int AS intervened FROM usage_by_user WHERE user_id = $1`,
    [user],
  );
  const months = await sql('SELECT calls::int FROM user_months WHERE user_id = $1', [user]);
  return { ...figures, inMonths: months.reduce((sum, { calls }) => sum + calls, 0) };
}

it('calls that waited for their roll-up through the upgrade are counted as interventions', async () => {
  await down();
  await recordAsBefore('old');
  await record('old', 'refused', 'content_filtered');
  await record('old', 'refused', null);
  expect(await sql('SELECT refused::int FROM usage_by_user WHERE user_id = $1', ['old'])).toHaveLength(3);
  expect(await up()).toContain(MIGRATION);
  expect(await read('old')).toEqual({ calls: 3, refused: 2, intervened: 1, inMonths: 0 });
  await rollUp();
  expect(await read('old')).toEqual({ calls: 3, refused: 2, intervened: 1, inMonths: 3 });
});

it('calls that were rolled up before stay refusals', async () => {
  await down();
  await recordAsBefore('older');
  await rollUpAsBefore();
  await up();
  expect(await read('older')).toEqual({ calls: 1, refused: 1, intervened: 0, inMonths: 1 });
});

it('an api of the release before beside a worker of this one loses no intervention', async () => {
  await recordAsBefore('beside');
  await recordNow('beside');
  expect(await read('beside')).toEqual({ calls: 2, refused: 0, intervened: 2, inMonths: 0 });
  await rollUp();
  expect(await read('beside')).toEqual({ calls: 2, refused: 0, intervened: 2, inMonths: 2 });
});

it('a worker of the release before loses no call: it counts an intervention as a refusal', async () => {
  await recordNow('rolled');
  await rollUpAsBefore();
  expect(await read('rolled')).toEqual({ calls: 1, refused: 1, intervened: 0, inMonths: 1 });
  await recordNow('rolled');
  await rollUp();
  expect(await read('rolled')).toEqual({ calls: 2, refused: 1, intervened: 1, inMonths: 2 });
});

it.each([
  ['of now', 'now()'],
  ['without a partition', `now() - interval '20 years'`],
  ['whose partition is made later', `date_trunc('month', now()) + interval '6 months'`],
])('a call %s may have the outcome, and none that there is not', async (_, at) => {
  await sql('SELECT make_invocation_partition(6)');
  await record('checked', INTERVENED, INTERVENED, at);
  await expect(record('checked', 'answered_twice', null, at)).rejects.toThrow(
    'model_invocations_outcome_check',
  );
});

it('may be undone: interventions are refusals again, with their stop reason, and no sum changes', async () => {
  await recordNow('undone');
  await rollUp();
  await recordNow('undone');
  await down();
  expect(await sql(`SELECT outcome, stop_reason FROM model_invocations WHERE user_id = 'undone'`)).toEqual([
    { outcome: 'refused', stop_reason: INTERVENED },
    { outcome: 'refused', stop_reason: INTERVENED },
  ]);
  expect(
    await sql(`SELECT sum(refused)::int AS refused FROM usage_by_user WHERE user_id = 'undone'`),
  ).toEqual([{ refused: 2 }]);
  await expect(recordNow('undone')).rejects.toThrow('model_invocations_outcome_check');
  await up();
  expect(await read('undone')).toEqual({ calls: 2, refused: 1, intervened: 1, inMonths: 1 });
});
