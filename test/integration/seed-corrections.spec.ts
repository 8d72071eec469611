import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOwnerDataSource } from '#migrations/data-source.js';
import { migrateDown, migrateUp } from '#migrations/migrate.js';
import { createMigratedDatabase, type EmptyDatabase } from '../support/empty-database.js';

/** Rows as the first seed made them: `model_id`, prices, source. */
const OLD = [
  ['eu.amazon.nova-2-lite-v1:0', 0.00039, 0.00327, 0.0000975, 0.00039, 'public sources 2026-11-22, conflict'],
  ['eu.amazon.nova-pro-v1:0', 0.00105, 0.0042, 0.00026, 0.001, 'public sources 2026-11-22, agreed'],
  ['eu.amazon.nova-lite-v1:0', 0.00007, 0.0003, 0.000019, 0.000078, 'set by an operator'],
  ['eu.amazon.nova-micro-v1:0', 0.00005, 0.000184, null, null, 'public sources 2026-11-22, single-source'],
  ['eu.anthropic.claude-opus-4-7', 0.0055, 0.0275, 0.00055, 0.006875, 'public sources 2026-11-22, conflict'],
  [
    'eu.anthropic.claude-sonnet-5',
    0.0033,
    0.0165,
    0.00033,
    0.004125,
    'public sources 2026-11-22, agreed-after-promo',
  ],
  ['openai.gpt-oss-120b-1:0', null, null, null, null, null],
] as const;

let database: EmptyDatabase;
let db: DataSource;
beforeAll(async () => {
  database = await createMigratedDatabase();
  db = await createOwnerDataSource(database.env, database.ownerUrl).initialize();
  let undone: string | null;
  do undone = await migrateDown(db);
  while (undone !== 'KeepLifecycleGuarantees1764980000000');
  await database.owner.query('TRUNCATE bedrock_models CASCADE');
  // As on an installation: models have a use case, whose check waits for the commit.
  await database.owner.query('BEGIN');
  for (const row of OLD)
    await database.owner.query(
      `INSERT INTO bedrock_models (model_id, foundation_model_id, name, provider, use_case, input_price_per_1k,
         output_price_per_1k, cache_read_price_per_1k, cache_write_price_per_1k, price_source)
       VALUES ($1, $1, $1, 'p', 'any', $2, $3, $4, $5, $6)`,
      [...row],
    );
  await database.owner.query(
    `INSERT INTO use_cases (name, objective, active_model_id, input_tokens_per_exchange, output_tokens_per_exchange,
       exchanges_per_conversation, exchanges_per_30_days) VALUES ('any', 'quality', $1, 1, 1, 1, 1)`,
    [OLD[0][0]],
  );
  await database.owner.query('COMMIT');
  await migrateUp(db, database.env.DATABASE_SCHEMA, database.appRole);
});
afterAll(async () => {
  await db?.destroy();
  await database?.close();
});

const ask = async (sql: string) => (await database.owner.query(sql)).rows;

it('corrects what the first seed had wrong, and nothing that somebody has set', async () => {
  const rows = await ask(
    `SELECT model_id || ' ' || concat_ws(' ', trim_scale(input_price_per_1k), trim_scale(output_price_per_1k),
       trim_scale(cache_read_price_per_1k), trim_scale(cache_write_price_per_1k)) || ' ' || price_source AS price
     FROM bedrock_models ORDER BY model_id`,
  );
  const ours = 'public sources 2026-11-28,';
  expect(rows.map(({ price }) => price)).toEqual([
    `eu.amazon.nova-2-lite-v1:0 0.000429 0.003597 0.000107 0 ${ours} agreed`,
    'eu.amazon.nova-lite-v1:0 0.00007 0.0003 0.000019 0.000078 set by an operator',
    'eu.amazon.nova-micro-v1:0 0.00005 0.000184 public sources 2026-11-22, single-source',
    `eu.amazon.nova-pro-v1:0 0.00105 0.0042 0.0002625 0 ${ours} agreed`,
    `eu.anthropic.claude-opus-4-7 0.0055 0.0275 0.00055 0.006875 ${ours} disputed`,
    `eu.anthropic.claude-sonnet-5 0.0022 0.011 0.00022 0.00275 ${ours} agreed`,
    `openai.gpt-oss-120b-1:0 0.0002 0.00079 ${ours} single-source`,
  ]);
});

it('keeps the version that recorded calls name, and begins another', async () => {
  const rows = await ask(
    `SELECT trim_scale(input_price_per_1k)::text AS input, valid_to IS NULL AS current FROM bedrock_model_prices
     WHERE model_id = 'eu.amazon.nova-2-lite-v1:0' ORDER BY version`,
  );
  expect(rows).toEqual([
    { input: '0.00039', current: false },
    { input: '0.000429', current: true },
  ]);
});

it('names itself in the history, keeps the other price of a dispute, and knows what is promised', async () => {
  expect(await ask(`SELECT DISTINCT actor FROM catalogue_changes WHERE before IS NOT NULL`)).toEqual([
    { actor: 'system:migration' },
  ]);
  expect(await ask('SELECT model_id, source FROM model_price_quotes')).toEqual([
    { model_id: 'eu.anthropic.claude-opus-4-7', source: 'public sources: AWS solutions sample' },
  ]);
  const [{ refused }] = await ask(
    `SELECT capabilities -> 'temperature' AS refused FROM bedrock_models WHERE model_id = 'eu.anthropic.claude-opus-4-7'`,
  );
  expect(refused).toMatchObject({ supported: false, readOn: '2026-11-28' });
  const [{ promised }] = await ask(
    `SELECT to_char(earliest_end_at, 'YYYY-MM-DD') || ' ' || notice_days AS promised FROM bedrock_models
     WHERE model_id = 'eu.anthropic.claude-sonnet-5'`,
  );
  expect(promised).toBe('2027-06-30 180');
});
