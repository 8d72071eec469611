import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { afterEach, expect, it } from 'vitest';
import { createOwnerDataSource } from '#migrations/data-source.js';
import { migrateUp } from '#migrations/migrate.js';
import { ApiInstance } from '../support/api-instance.js';
import {
  createEmptyDatabase,
  createMigratedDatabase,
  type EmptyDatabase,
} from '../support/empty-database.js';
import { eventually } from '../support/eventually.js';
import { runMigrations } from '../support/migration-runner.js';

let database: EmptyDatabase;
let db: DataSource;
async function use(created: EmptyDatabase): Promise<void> {
  database = created;
  db = await createOwnerDataSource(database.env, database.ownerUrl).initialize();
}
afterEach(async () => {
  await db.destroy();
  await database.close();
});

const up = () => migrateUp(db, database.env.DATABASE_SCHEMA, database.appRole);

it('what must wait for the migrations can see whether they are through, with the rights of the application', async () => {
  await use(await createEmptyDatabase());
  const { MIGRATION_DATABASE_URL: _, ...ofApplication } = database.variables;
  const check = () => runMigrations(['check'], ofApplication);
  expect(await check()).toMatchObject({ code: 1, stderr: expect.stringContaining('npm run migrate') });
  await up();
  expect(await check()).toEqual({ code: 0, stdout: 'check: the schema is up to date\n', stderr: '' });
  await runMigrations(['down'], database.variables);
  expect(await check()).toMatchObject({ code: 1, stderr: expect.stringContaining('pending') });
});

it('an application that runs is never without its rights while they are given again', async () => {
  await use(await createMigratedDatabase());
  const app = new Pool({ connectionString: database.env.DATABASE_URL, max: 4 });
  let isOver = false;
  const reads = [0, 0, 0, 0];
  const reader = async (number: number) => {
    for (; !isOver; reads[number]! += 1)
      await app.query('SELECT FROM bedrock_models, use_case_candidates, outbox');
  };
  const reading = Promise.all(reads.map((_, number) => reader(number)));
  // Awaited below; until then it must not end the tests.
  reading.catch(() => undefined);
  const eachHasRead = async () => {
    const before = [...reads];
    await Promise.race([
      eventually(() => expect(reads.every((read, n) => read > before[n]!)).toBe(true)),
      reading,
    ]);
  };
  for (let time = 0; time < 8; time += 1) await Promise.all([up(), eachHasRead()]);
  isOver = true;
  await reading.finally(() => app.end());
});

it('a build runs on a schema that is newer than it, so that the previous release can be brought back', async () => {
  await use(await createMigratedDatabase());
  await database.owner.query(
    `INSERT INTO orchestrator_migrations (timestamp, name) VALUES (9999999999999, 'OfTheNextRelease9999999999999')`,
  );
  await database.owner.query('ALTER TABLE bedrock_models ADD COLUMN of_the_next_release text');
  const api = await ApiInstance.start(database.variables);
  try {
    expect((await api.get('/readyz')).status).toBe(200);
  } finally {
    await api.close();
  }
  expect((await runMigrations(['check'], database.variables)).code).toBe(0);
  expect(await up()).toEqual([]);
});
