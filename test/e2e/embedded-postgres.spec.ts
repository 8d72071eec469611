import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import {
  type EmbeddedPostgres,
  type PostgresOptions,
  startPostgres,
} from '../../scripts/embedded/postgres.js';
import { DATABASE } from '../../scripts/embedded/postgres-roles.js';
import { serverAccount } from '../../scripts/embedded/server-account.js';
import { eventually } from '../support/eventually.js';

let scratch: string;
let options: PostgresOptions;
let postgres: EmbeddedPostgres | undefined;

beforeEach(() => {
  // Below it nothing is reachable for the account that root runs the server as: mkdtemp makes it 0700.
  scratch = mkdtempSync(join(tmpdir(), 'postgres-spec-'));
  options = { folder: join(scratch, 'data'), logFile: join(scratch, 'postgres.log'), disposable: true };
});
afterEach(async () => {
  await postgres?.stop();
  postgres = undefined;
  rmSync(scratch, { recursive: true, force: true });
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client
    .query(sql)
    .then(
      ({ rows }) => rows,
      (error) => Promise.reject(error),
    )
    .finally(() => client.end());
}

const ownerUrl = () => postgres!.url(DATABASE, 'orchestrator_owner');

it('gives the owner its database and the app no right to create anything', async () => {
  postgres = await startPostgres(options);
  await query(ownerUrl(), 'CREATE TABLE kept (id int)');
  const appUrl = postgres.url(DATABASE, 'orchestrator_app');
  await expect(query(appUrl, 'CREATE TABLE mine (id int)')).rejects.toThrow('permission denied');
  await expect(query(appUrl, 'CREATE DATABASE mine')).rejects.toThrow('permission denied');
  await expect(query(appUrl.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
    'authentication failed',
  );
  const settings = `SELECT name || '=' || setting AS s FROM pg_settings
    WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'max_connections', 'listen_addresses') ORDER BY name`;
  expect((await query(appUrl, settings)).map((row) => row.s)).toEqual([
    'fsync=on',
    'full_page_writes=on',
    'listen_addresses=127.0.0.1',
    'max_connections=200',
    'synchronous_commit=on',
  ]);
});

it('keeps committed rows when its launcher is killed, and starts again', async () => {
  const module = JSON.stringify(join(checkout, 'dist', 'scripts', 'embedded', 'postgres.js'));
  const script = `const { startPostgres } = await import(${module});
    const { url } = await startPostgres(${JSON.stringify({ ...options, disposable: false })});
    console.log(url('${DATABASE}', 'orchestrator_owner')); setInterval(() => {}, 1000);`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = String((await once(launcher.stdout!, 'data'))[0]).trim();
  await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  launcher.kill('SIGKILL');
  postgres = await startPostgres(options);
  expect(await query(ownerUrl(), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

it('stops an abandoned server that still runs on its data', async () => {
  // Not disposable: this one must leave its data to the next.
  const abandoned = await startPostgres({ ...options, disposable: false });
  postgres = await startPostgres(options);
  expect(await abandoned.exited).toBe('exit code 0');
  expect(await query(ownerUrl(), 'SELECT 1 AS up')).toEqual([{ up: 1 }]);
});

it('starts although the pid in a left-over postmaster.pid belongs to somebody else now', async () => {
  const crashed = await startPostgres({ ...options, disposable: false });
  const elsewhere = join(options.folder, 'elsewhere');
  const home = existsSync(elsewhere) ? readlinkSync(elsewhere) : options.folder;
  const pidFile = join(home, 'cluster', 'postmaster.pid');
  copyFileSync(pidFile, join(scratch, 'left-over'));
  await crashed.stop();
  // Of the server's own account: PostgreSQL ignores the pid of a process that it may not signal.
  const stranger = spawn('sleep', ['600'], { ...serverAccount(join(home, 'cluster')), cwd: '/' });
  try {
    const leftOver = readFileSync(join(scratch, 'left-over'), 'utf8').replace(/^\d+/, String(stranger.pid));
    writeFileSync(pidFile, leftOver);
    postgres = await startPostgres(options);
    expect(await query(ownerUrl(), 'SELECT 1 AS up')).toEqual([{ up: 1 }]);
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
  } finally {
    stranger.kill('SIGKILL');
  }
});

it.runIf(process.getuid?.() === 0)(
  'runs for root below a folder of mode 0700, with its data elsewhere',
  async () => {
    postgres = await startPostgres({ ...options, disposable: false });
    const home = readlinkSync(join(options.folder, 'elsewhere'));
    expect(existsSync(join(home, 'cluster', 'PG_VERSION'))).toBe(true);
    await query(ownerUrl(), 'CREATE TABLE kept (id int)');
    await postgres.stop();
    postgres = await startPostgres(options);
    expect(await query(ownerUrl(), 'SELECT * FROM kept')).toEqual([]);
    await postgres.stop();
    expect([home, options.folder].filter((folder) => existsSync(folder))).toEqual([]);
  },
);

it('removes a disposable folder when its launcher is killed', async () => {
  const module = JSON.stringify(join(checkout, 'dist', 'scripts', 'embedded', 'postgres.js'));
  const script = `const { startPostgres } = await import(${module});
    console.log((await startPostgres(${JSON.stringify(options)})).pid); setInterval(() => {}, 1000);`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', script]);
  await once(launcher.stdout, 'data');
  launcher.kill('SIGKILL');
  await eventually(() => expect(existsSync(options.folder)).toBe(false));
});

it('says why it does not start, and removes its disposable folder then too', async () => {
  mkdirSync(join(options.folder, 'cluster'), { recursive: true });
  // Reachable for every account, so that the broken cluster is the one that is used.
  chmodSync(scratch, 0o755);
  await expect(startPostgres(options)).rejects.toThrow(
    /PostgreSQL did not start: it stopped\n.*could not access the server configuration/,
  );
  expect(existsSync(options.folder)).toBe(false);
});
