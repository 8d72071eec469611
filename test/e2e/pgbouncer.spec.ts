import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createEmptyDatabase, type EmptyDatabase } from '../support/empty-database.js';
import { type Acknowledged, expectInvariants } from '../support/invariants.js';
import { runMigrations } from '../support/migration-runner.js';
import { type PgBouncer, type PoolMode, pgBouncerInstalled, startPgBouncer } from '../support/pgbouncer.js';
import { BuiltApi, BuiltProcess, startWorker } from '../support/processes.js';
import { SwitchLoad } from '../support/switch-load.js';

const SCHEMA = 'of_its_own';
let database: EmptyDatabase;
const poolers = {} as Record<PoolMode, PgBouncer>;
const started: BuiltProcess[] = [];
const told: Acknowledged[] = [];

/** Variables of processes that reach PostgreSQL through this pooler. */
const through = (mode: PoolMode, overrides: Record<string, string> = {}): Record<string, string> => ({
  ...database.variables,
  LOG_LEVEL: 'info',
  DATABASE_URL: poolers[mode].through(database.variables.DATABASE_URL!),
  REDIS_PREFIX: `${database.name}_${mode}_${Object.values(overrides).join('_')}`,
  ...overrides,
});
const tables = async (schema: string) =>
  (await database.owner.query('SELECT FROM pg_class WHERE relnamespace = to_regnamespace($1)', [schema]))
    .rowCount;

describe.skipIf(!pgBouncerInstalled())('PgBouncer between (skipped where pgbouncer is not installed)', () => {
  beforeAll(async () => {
    database = await createEmptyDatabase({ DATABASE_SCHEMA: SCHEMA, RATE_LIMIT_PER_SECOND: '100000' });
    const { postgresOwnerUrl, postgresAppUrl } = inject('services');
    for (const mode of ['session', 'transaction', 'statement'] as const)
      poolers[mode] = await startPgBouncer(
        mode,
        [postgresAppUrl, postgresOwnerUrl],
        mode === 'session' ? 60 : 4,
      );
  });
  afterAll(async () => {
    await Promise.all(started.map((one) => one.kill()));
    await Promise.all(Object.values(poolers).map((pooler) => pooler.stop()));
    await database?.close();
  });

  it.each(['transaction', 'statement'] as const)(
    'migrations in %s mode are refused, and create nothing',
    async (mode) => {
      const MIGRATION_DATABASE_URL = poolers[mode].through(database.ownerUrl);
      const { code, stderr } = await runMigrations(['up'], { ...database.variables, MIGRATION_DATABASE_URL });
      expect({ code, stderr }).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('MIGRATION_DATABASE_URL to a direct'),
      });
      expect(await tables(SCHEMA)).toBe(0);
    },
  );

  it('migrations in session mode go into their own schema, and nowhere else', async () => {
    const publicBefore = await tables('public');
    const MIGRATION_DATABASE_URL = poolers.session.through(database.ownerUrl);
    const steps = ['up', 'seed', 'seed-demo'];
    const { code, stderr } = await runMigrations(steps, { ...database.variables, MIGRATION_DATABASE_URL });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await tables(SCHEMA)).toBeGreaterThan(50);
    expect(await tables('public')).toBe(publicBefore);
  });

  it.each<[PoolMode, string]>([
    ['transaction', 'auto'],
    ['transaction', 'transaction'],
    ['session', 'auto'],
    ['session', 'session'],
  ])(
    'in %s mode, with DATABASE_POOLING=%s, no switch fails, is lost or is doubled',
    async (mode, DATABASE_POOLING) => {
      const variables = through(mode, { DATABASE_POOLING });
      const api = await BuiltApi.start(variables);
      const worker = startWorker(variables);
      started.push(api, worker);
      const stranger = new Client({ connectionString: variables.DATABASE_URL });
      await stranger.connect();
      // In transaction mode this stays in a session that we get as well.
      await stranger.query('SET search_path = pg_catalog');
      const load = new SwitchLoad(api, { lanes: 16, pauseMs: 0 });
      await load.more(150);
      await load.stop();
      await stranger.end();
      expect(load.lost).toEqual([]);
      expect(load.refusals.map(({ text }) => text)).toEqual([]);
      await database.owner.query(`SET search_path = ${SCHEMA}`);
      told.push(...load.acknowledged);
      await expectInvariants(database.owner, told);
      expect((await api.get('/readyz')).body).toEqual({ status: 'ok', redis: 'up' });
      expect((await api.get('/v1/switches')).status).toBe(200);
      await Promise.all([api.kill(), worker.kill()]);
    },
  );

  it('a pooler in transaction mode that is said to be another is refused at boot', async () => {
    const api = new BuiltProcess('api', through('transaction', { DATABASE_POOLING: 'session' }));
    started.push(api);
    expect(await api.exited, api.output).toBe('exit code 1');
    expect(api.stderr).toContain('DATABASE_POOLING to transaction or auto');
  });

  it('statement mode is refused at boot', async () => {
    const api = new BuiltProcess('api', through('statement'));
    started.push(api);
    expect(await api.exited, api.output).toBe('exit code 1');
    expect(api.stderr).toContain('set the pooler to transaction or session mode');
  });
});
