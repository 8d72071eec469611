import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { type EmbeddedPostgres, startPostgres } from '../../scripts/embedded/postgres.js';
import { createDatabase } from '../../scripts/embedded/postgres-roles.js';
import { databaseContents } from '../support/database-contents.js';
import { eventually } from '../support/eventually.js';
import { BUILT, BuiltApi, startWorker } from '../support/processes.js';
import { prepareTemplate } from '../support/template-database.js';
import { SERVICE_KEY } from '../support/test-env.js';

/** pg_dump refuses a server that is newer than itself: a PostgreSQL that brought its own. */
const DEBIAN = '/usr/lib/postgresql';
const version = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted().at(-1) : undefined;
const installed = version && join(DEBIAN, version);
const canRun =
  installed !== undefined &&
  ['postgres', 'pg_dump'].every((name) => existsSync(join(installed, 'bin', name)));

describe.skipIf(!canRun)('with a PostgreSQL that has its pg_dump (apt-get install postgresql)', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'backup-spec-'));
    postgres = await startPostgres({ folder, logFile: join(folder, 'log'), disposable: true, installed });
    const admin = new Client({ connectionString: postgres.adminUrl });
    await admin.connect();
    for (const name of ['source', 'restored']) await createDatabase(admin, name);
    await admin.end();
  });
  afterAll(async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const variablesOf = (database: string) => ({
    PATH: `${installed}/bin:${process.env.PATH}`,
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    DATABASE_URL: postgres.url(database, 'orchestrator_app'),
    MIGRATION_DATABASE_URL: postgres.url(database, 'orchestrator_owner'),
    REDIS_URL: inject('services').redisUrl,
    REDIS_PREFIX: `backup-${database}-${process.pid}`,
    SUPABASE_SERVICE_KEY: SERVICE_KEY,
    VALIDATION_SWEEP_CRON: 'off',
    CATALOGUE_SYNC_CRON: 'off',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  const run = (database: string, file: string, ...args: string[]) =>
    execFileSync(file, args, { cwd: checkout, env: variablesOf(database), encoding: 'utf8', stdio: 'pipe' });
  async function look<T>(database: string, work: (owner: Client) => Promise<T>): Promise<T> {
    const owner = new Client({ connectionString: postgres.url(database, 'orchestrator_owner') });
    await owner.connect();
    return work(owner).finally(() => owner.end());
  }

  it('a backup restores every row, the proof of the audit rows holds, and switching continues', async () => {
    const { DATABASE_URL: appUrl, MIGRATION_DATABASE_URL: ownerUrl } = variablesOf('source');
    await prepareTemplate({ ownerUrl, appUrl });
    const worker = startWorker(variablesOf('source'));
    const api = await BuiltApi.start(variablesOf('source'));
    for (const modelId of ['eu.amazon.nova-2-lite-v1:0', 'eu.amazon.nova-lite-v1:0'])
      await api.actPatiently({ action: 'switch', modelId, useCase: 'health' });
    const sealed = async (owner: Client) => (await owner.query('SELECT FROM audit_seals')).rowCount;
    await eventually(async () => expect(await look('source', sealed)).toBe(2));
    await Promise.all([api.stop(), worker.stop()]);

    const file = join(folder, 'orchestrator.dump');
    expect(run('source', 'scripts/backup.sh', file)).toContain('✅');
    expect(run('restored', 'scripts/restore.sh', file)).toContain('✅');
    expect(await look('restored', databaseContents)).toEqual(await look('source', databaseContents));
    expect(() => run('restored', 'scripts/restore.sh', file)).toThrow(/holds an orchestrator already/);

    run('restored', process.execPath, 'dist/migrations/run.js', 'up');
    const restored = await BuiltApi.start(variablesOf('restored'));
    const verdict = execFileSync(process.execPath, [BUILT.cli, 'audit', 'verify'], {
      env: { SUPABASE_URL: restored.url, SUPABASE_SERVICE_KEY: SERVICE_KEY },
      encoding: 'utf8',
    });
    expect(verdict).toMatch(/2 /);
    const next = { action: 'switch', modelId: 'eu.amazon.nova-2-lite-v1:0', useCase: 'health' };
    expect((await restored.actPatiently(next)).body.data).toMatchObject({ switched: true, version: 4 });
    await restored.stop();
  });
});
