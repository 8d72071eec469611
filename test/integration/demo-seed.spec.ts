import { afterEach, expect, it } from 'vitest';
import { createOwnerDataSource } from '#migrations/data-source.js';
import { migrateUp } from '#migrations/migrate.js';
import { seedCatalogue, seedDemo } from '#migrations/seed/seed.js';
import { createEmptyDatabase } from '../support/empty-database.js';

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const BEST = {
  clinical: 'eu.anthropic.claude-sonnet-4-6',
  health: 'eu.amazon.nova-lite-v1:0',
  operations: 'eu.amazon.nova-pro-v1:0',
  platform: 'eu.amazon.nova-micro-v1:0',
};
const DEMO = { ...BEST, clinical: HAIKU, health: 'eu.amazon.nova-2-lite-v1:0' };

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

async function freshInstallation() {
  const database = await createEmptyDatabase();
  opened.push(() => database.close());
  const db = await createOwnerDataSource(database.env, database.ownerUrl).initialize();
  opened.push(() => db.destroy());
  await migrateUp(db, database.env.DATABASE_SCHEMA, database.appRole);
  await seedCatalogue(db);
  const activeModels = async () => {
    const rows = await db.query('SELECT name, active_model_id AS model FROM use_cases');
    return Object.fromEntries(rows.map(({ name, model }: Record<string, string>) => [name, model]));
  };
  return { db, activeModels };
}

it('leaves clinical and health on other models than the best, so that the first commands change something', async () => {
  const { db, activeModels } = await freshInstallation();
  expect(await activeModels()).toEqual(BEST);
  await seedDemo(db);
  expect(await activeModels()).toEqual(DEMO);
});

it('invents no history, and names itself where it is asked who', async () => {
  const { db } = await freshInstallation();
  await seedDemo(db);
  for (const table of ['switch_events', 'bedrock_model_switches', 'notifications', 'audit_seals'])
    expect(await db.query(`SELECT * FROM ${table}`), table).toEqual([]);
  const [{ seq }] = await db.query('SELECT sum(switch_seq)::int AS seq FROM use_cases');
  expect(seq).toBe(0);
  const actors = await db.query(
    `SELECT DISTINCT actor FROM catalogue_changes WHERE entity = 'assistant' AND entity_id LIKE 'assistant-%'`,
  );
  expect(actors).toEqual([{ actor: 'demo-seed' }]);
});

it('leaves what an operator has done since', async () => {
  const { db, activeModels } = await freshInstallation();
  await seedDemo(db);
  await db.query(`UPDATE use_cases SET active_model_id = '${BEST.health}' WHERE name = 'health'`);
  await seedDemo(db);
  expect(await activeModels()).toEqual({ ...DEMO, health: BEST.health });
});

it('moves no use case of an installation that has conversations, or was switched', async () => {
  const { db, activeModels } = await freshInstallation();
  await db.query(
    `INSERT INTO ai_conversations (id, user_id, use_case) VALUES ('theirs', 'user-1', 'clinical')`,
  );
  await seedDemo(db);
  expect(await activeModels()).toEqual(BEST);
  const other = await freshInstallation();
  await other.db.query(`UPDATE use_cases SET switch_seq = 1 WHERE name = 'health'`);
  await seedDemo(other.db);
  expect(await other.activeModels()).toEqual({ ...DEMO, health: BEST.health });
});
