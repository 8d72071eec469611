import type { Client } from 'pg';
import { expect, it } from 'vitest';
import { createOwnerDataSource } from '#migrations/data-source.js';
import { migrateDown, migrateUp } from '#migrations/migrate.js';
import { seedCatalogue } from '#migrations/seed/seed.js';
import { AuditChain } from '../support/audit-chain.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { HAIKU, insertSwitch, NOVA_LITE, SONNET, type SwitchRow } from '../support/switch-rows.js';
import { TestSystem } from '../support/test-system.js';

const BASE = { user: 'anna', conversation: 'c-1', from: SONNET, to: HAIKU, action: 'manual_switch' } as const;
/** Two hours, two days (UTC), two users, a use case, and everything that is counted by itself. */
const ROWS: SwitchRow[] = [
  { ...BASE, at: `'2026-03-01T23:59:59.999Z'`, saves: '0.5' },
  { ...BASE, at: `'2026-03-02T00:00Z'`, action: 'auto_switch', saves: '0.25' },
  { ...BASE, at: `'2026-03-02T00:59Z'`, action: 'fallback_switch' },
  { ...BASE, at: `'2026-03-02T00:10Z'`, user: 'ben', to: NOVA_LITE },
  { ...BASE, at: `'2026-03-02T00:20Z'`, user: 'service:operator', conversation: null, saves: '-3' },
];

const ROLLED_UP = {
  hourly: `SELECT to_char(hour, 'DD HH24') AS hour, new_model_id AS model, switches::int, manual::int, auto::int,
    fallback::int, trim_scale(estimated_usd)::text AS estimated, unknown_estimates::int AS unknown,
    saving_calls::int AS calls, trim_scale(saved_usd)::text AS saved FROM switches_hourly ORDER BY hour, new_model_id`,
  daily: `SELECT user_id AS user, to_char(day, 'DD') AS day, new_model_id AS model, switches::int, selections::int,
    auto_selections::int AS auto, to_char(last_selected_at, 'DD HH24:MI') AS last, saving_calls::int AS calls
    FROM switches_daily ORDER BY user_id, day, new_model_id`,
  months: `SELECT user_id AS user, month::text, switches::int FROM user_months ORDER BY user_id`,
};
const read = async (db: Client) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(ROLLED_UP).map(async ([name, sql]) => [name, (await db.query(sql)).rows] as const),
    ),
  );

const none = { manual: 0, auto: 0, fallback: 0, estimated: '0', unknown: 0, calls: 0, saved: '0' };
const EXPECTED = {
  hourly: [
    {
      ...none,
      hour: '01 23',
      model: HAIKU,
      switches: 1,
      manual: 1,
      estimated: '0.5',
      calls: 3,
      saved: '0.1',
    },
    { ...none, hour: '02 00', model: NOVA_LITE, switches: 1, manual: 1, unknown: 1 },
    {
      ...{ hour: '02 00', model: HAIKU, switches: 3, manual: 1, auto: 1, fallback: 1, estimated: '-2.75' },
      ...{ unknown: 1, calls: 7, saved: '-0.2' },
    },
  ],
  daily: [
    {
      user: 'anna',
      day: '01',
      model: HAIKU,
      switches: 1,
      selections: 1,
      auto: 0,
      last: '01 23:59',
      calls: 3,
    },
    {
      user: 'anna',
      day: '02',
      model: HAIKU,
      switches: 2,
      selections: 2,
      auto: 2,
      last: '02 00:59',
      calls: 7,
    },
    {
      user: 'ben',
      day: '02',
      model: NOVA_LITE,
      switches: 1,
      selections: 1,
      auto: 0,
      last: '02 00:10',
      calls: 0,
    },
    {
      user: 'service:operator',
      day: '02',
      model: HAIKU,
      switches: 1,
      selections: 0,
      auto: 0,
      last: null,
      calls: 0,
    },
  ],
  months: [
    { user: 'anna', month: '2026-03-01', switches: 3 },
    { user: 'ben', month: '2026-03-01', switches: 1 },
    { user: 'service:operator', month: '2026-03-01', switches: 1 },
  ],
};

async function insertAll(db: Client): Promise<string[]> {
  const ids: string[] = [];
  for (const [seq, row] of ROWS.entries()) ids.push(await insertSwitch(db, row, seq + 1));
  return ids;
}
const save = (db: Client, ids: (string | undefined)[], calls: number[], usd: number[]) =>
  db.query(
    `INSERT INTO switch_savings SELECT * FROM unnest($1::uuid[], $2::int[], $3::numeric[], $2::int[]) AS s (id, calls, usd, unknown)
     ON CONFLICT (switch_id) DO UPDATE SET calls = switch_savings.calls + excluded.calls,
       saved_usd = switch_savings.saved_usd + excluded.saved_usd`,
    [ids, calls, usd],
  );

it('switches are added up when they are sealed, each once, by any instance; and savings as they come', async () => {
  const system = await TestSystem.start();
  const { app } = system.environment;
  const chain = new AuditChain(system);
  const ids = await insertAll(app);
  expect(await read(app)).toEqual({ hourly: [], daily: [], months: [] });
  await Promise.all([chain.seal(), chain.seal(), chain.seal()]);
  await save(app, [ids[0], ids[1]], [1, 3], [0.05, -0.3]);
  await save(app, [ids[2], ids[0], ids[1]], [2, 2, 2], [0.05, 0.05, 0.05]);
  await chain.seal();
  expect(await read(app)).toEqual(EXPECTED);
  await system.close();
});

it('a migration adds up what there is, and what waits for its seal is added when it has it', async () => {
  const database = await createEmptyDatabase();
  const db = await createOwnerDataSource(database.env, database.ownerUrl).initialize();
  const up = () => migrateUp(db, database.env.DATABASE_SCHEMA, database.appRole);
  await up();
  await seedCatalogue(db);
  for (let newest: string | null = ''; newest !== 'RollUpSwitches1764900002000'; )
    newest = await migrateDown(db);
  const ids = await insertAll(database.owner);
  await save(database.owner, [ids[0], ids[1], ids[2]], [3, 5, 2], [0.1, -0.25, 0.05]);
  const seal = (from: number, to: number) =>
    database.owner.query(
      `WITH sealed AS (
         INSERT INTO audit_seals (position, kind, subject_id, commitment, hash)
         SELECT $1::int + row_number() OVER (ORDER BY id), kind, subject_id, '\\x00', '\\x00' FROM audit_unsealed
         WHERE subject_id = ANY ($2) RETURNING subject_id)
       DELETE FROM audit_unsealed u USING sealed s WHERE u.subject_id = s.subject_id`,
      [from, ids.slice(from, to)],
    );
  await seal(0, 3);
  await up();
  expect((await read(database.owner)).daily).toEqual(EXPECTED.daily.slice(0, 2));
  await seal(3, 5);
  expect(await read(database.owner)).toEqual(EXPECTED);
  await db.destroy();
  await database.close();
});
