import type { DataSource } from 'typeorm';
import { afterEach, describe, expect, it } from 'vitest';
import { createOwnerDataSource } from '#migrations/data-source.js';
import { migrateDown, migrateUp } from '#migrations/migrate.js';
import { MIGRATIONS } from '#migrations/migrations.js';
import { seedCatalogue, seedDemo } from '#migrations/seed/seed.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import {
  asAdmin,
  createEmptyDatabase,
  createMigratedDatabase,
  type EmptyDatabase,
} from '../support/empty-database.js';
import { eventually } from '../support/eventually.js';
import { SERVICE_KEY } from '../support/test-env.js';

const ALL = MIGRATIONS.map(({ name }) => name);
const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function closedLater(creating: Promise<EmptyDatabase>): Promise<EmptyDatabase> {
  const database = await creating;
  opened.push(database);
  return database;
}
const emptyDatabase = (overrides?: Record<string, string>) => closedLater(createEmptyDatabase(overrides));
const migratedDatabase = () => closedLater(createMigratedDatabase());

async function ownerOf(database: EmptyDatabase): Promise<DataSource> {
  const db = await createOwnerDataSource(database.env, database.ownerUrl).initialize();
  opened.push({ close: () => db.destroy() });
  return db;
}

const up = (db: DataSource, { env, appRole }: EmptyDatabase) => migrateUp(db, env.DATABASE_SCHEMA, appRole);

/** Every relation and function outside of PostgreSQL's own schemas. */
async function everythingIn({ owner }: EmptyDatabase): Promise<string[]> {
  const { rows } = await owner.query(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     UNION ALL
     SELECT n.nspname || '.' || p.proname || '()' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** Objects in which TypeORM records that nothing is applied. */
const BOOKKEEPING = ['public.PK_', 'public.orchestrator_migrations', 'public.orchestrator_migrations_id_seq'];

describe('the migrations', () => {
  it('go up on an empty database, leave nothing when they go down, and go up again', async () => {
    const database = await emptyDatabase();
    const db = await ownerOf(database);
    expect(await up(db, database)).toEqual(ALL);
    const built = await everythingIn(database);
    await seedCatalogue(db);
    await seedDemo(db);
    for (const name of ALL.toReversed()) expect(await migrateDown(db)).toBe(name);
    expect(await migrateDown(db)).toBeNull();
    const left = (await everythingIn(database)).map((name) => name.replace(/PK_\w+/, 'PK_'));
    expect(left).toEqual(BOOKKEEPING);
    expect(await up(db, database)).toEqual(ALL);
    expect(await everythingIn(database)).toEqual(built);
  });

  it('change nothing when they are applied already', async () => {
    const database = await migratedDatabase();
    const db = await ownerOf(database);
    const before = await everythingIn(database);
    expect(await up(db, database)).toEqual([]);
    expect(await everythingIn(database)).toEqual(before);
  });

  it('continue where an older release stopped', async () => {
    const database = await migratedDatabase();
    const db = await ownerOf(database);
    await migrateDown(db);
    await migrateDown(db);
    expect(await up(db, database)).toEqual(ALL.slice(-2));
  });

  it('are applied once when several machines start at the same time, and none of them fails', async () => {
    const database = await emptyDatabase();
    const owners = [await ownerOf(database), await ownerOf(database), await ownerOf(database)];
    const applied = await Promise.all(owners.map((db) => up(db, database)));
    expect(applied.toSorted((a, b) => b.length - a.length)).toEqual([ALL, [], []]);
  });

  it('need no grants where the application is the owner itself', async () => {
    const database = await emptyDatabase();
    const db = await ownerOf(database);
    expect(await migrateUp(db, 'public', 'orchestrator_owner')).toEqual(ALL);
    await expect(seedCatalogue(db)).resolves.toBeUndefined();
  });

  it('name every table and view they create, so that none of them can be taken for somebody else’s', async () => {
    const database = await migratedDatabase();
    const { rows } = await database.owner.query(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p')
         AND NOT relispartition`,
    );
    const named = MIGRATIONS.flatMap((migration) => new migration().creates);
    expect(rows.map(({ name }) => name).sort()).toEqual([...named, 'orchestrator_migrations'].sort());
  });
});

describe('a table of the same name that is not ours', () => {
  const FOREIGN = [
    ['bedrock_models', 'CREATE TABLE bedrock_models (id uuid PRIMARY KEY, label text)'],
    ['ai_conversations', 'CREATE TABLE ai_conversations (id uuid)'],
    ['user_model_preferences', 'CREATE VIEW user_model_preferences AS SELECT 1 AS one'],
    ['orchestrator_migrations', 'CREATE TABLE orchestrator_migrations (theirs int)'],
    ['service_keys', 'CREATE MATERIALIZED VIEW service_keys AS SELECT 1 AS one'],
  ] as const;

  it.each(FOREIGN)('%s stops the migration, is named, and nothing is created', async (name, statement) => {
    const database = await emptyDatabase();
    await database.owner.query(statement);
    const before = await everythingIn(database);
    const db = await ownerOf(database);
    await expect(up(db, database)).rejects.toThrow(
      `The schema "public" already has ${name}, and not from this program. Nothing was changed. ` +
        'Set DATABASE_SCHEMA to a separate schema, e.g. DATABASE_SCHEMA=orchestrator.',
    );
    expect(await everythingIn(database)).toEqual(before);
  });

  it('is named together with all others, also when some of ours are there already', async () => {
    const database = await migratedDatabase();
    const db = await ownerOf(database);
    let undone: string | null;
    do undone = await migrateDown(db);
    while (undone !== null && undone !== 'CreateServiceKeys1764000004000');
    await database.owner.query('CREATE TABLE service_keys (id int); CREATE TABLE idempotency_keys (id int)');
    await expect(up(db, database)).rejects.toThrow('already has service_keys, idempotency_keys, and not');
  });

  it('does not matter in another schema: everything works beside it', async () => {
    const database = await emptyDatabase({ DATABASE_SCHEMA: 'orchestrator' });
    const foreign = MIGRATIONS.flatMap((migration) => new migration().creates);
    for (const name of [...foreign, 'orchestrator_migrations'])
      await database.owner.query(`CREATE TABLE public.${name} (theirs int)`);
    const db = await ownerOf(database);
    expect(await up(db, database)).toEqual(ALL);
    await seedCatalogue(db);
    await seedDemo(db);

    const api = await createApi(database.env);
    opened.push(api);
    await api.init();
    opened.push(await createWorker(database.env));
    const answer = await api.inject({
      method: 'POST',
      url: '/orchestrate',
      headers: { authorization: `Bearer ${SERVICE_KEY}` },
      payload: {
        action: 'switch',
        modelId: 'eu.amazon.nova-lite-v1:0',
        conversationId: 'conv-123',
        userId: 'user-456',
      },
    });
    const { data } = answer.json();
    expect(data).toMatchObject({ switched: true, from: 'Claude Haiku 4.5', to: 'Amazon Nova Lite' });
    await eventually(async () => {
      const { rows } = await database.owner.query('SELECT id FROM orchestrator.bedrock_model_switches');
      expect(rows).toEqual([{ id: data.switchId }]);
    });
    const history = await api.inject({
      url: '/v1/conversations/conv-123/history',
      headers: { authorization: `Bearer ${SERVICE_KEY}` },
    });
    expect(history.json().items).toMatchObject([{ id: data.switchId }]);
    for (const name of foreign)
      expect((await database.owner.query(`SELECT * FROM public.${name}`)).rows).toEqual([]);
    for (const _ of ALL) await migrateDown(db);
    expect((await everythingIn(database)).filter((name) => /^orchestrator\.(?!orch|PK_)/.test(name))).toEqual(
      [],
    );
  });
});

describe('api and worker refuse to boot', () => {
  const start = {
    api: async ({ env }: EmptyDatabase) => {
      const api = await createApi(env);
      opened.push(api);
      await api.init();
    },
    worker: async ({ env }: EmptyDatabase) => {
      opened.push(await createWorker(env));
    },
  };
  const PENDING = 'Migrations are pending: run `npm run migrate` first.';
  const UNREADABLE = 'The schema cannot be read: run `npm run migrate` first.';

  it.each(['api', 'worker'] as const)('%s: while a migration is pending', async (process) => {
    const database = await migratedDatabase();
    const db = await ownerOf(database);
    await migrateDown(db);
    await expect(start[process](database)).rejects.toThrow(PENDING);
    await up(db, database);
    await expect(start[process](database)).resolves.toBeUndefined();
  });

  it.each(['api', 'worker'] as const)('%s: on a database that was never migrated', async (process) => {
    await expect(start[process](await emptyDatabase())).rejects.toThrow(UNREADABLE);
  });

  it.each(['off', 'local'])('when synchronous_commit is %s, and say which setting it is', async (value) => {
    const database = await migratedDatabase();
    await asAdmin('postgres', `ALTER DATABASE ${database.name} SET synchronous_commit TO ${value}`);
    const message = 'PostgreSQL may lose committed switches: turn on synchronous_commit and start again.';
    await expect(start.api(database)).rejects.toThrow(message);
    await expect(start.worker(database)).rejects.toThrow(message);
  });
});
