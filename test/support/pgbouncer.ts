import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { exitOf, stopChild } from '../../scripts/embedded/child-process.js';
import { serverAccount } from '../../scripts/embedded/server-account.js';
import { stablePort } from './stable-port.js';

export type PoolMode = 'session' | 'transaction' | 'statement';

/** Debian's PgBouncer in front of a PostgreSQL, with the settings that it comes with. */
export interface PgBouncer {
  /** The URL, by way of this pooler. */
  through(url: string): string;
  stop(): Promise<void>;
}

const PATH = `${process.env.PATH}:/usr/sbin`;

export const pgBouncerInstalled = () => spawnSync('pgbouncer', ['--version'], { env: { PATH } }).status === 0;

/**
 * Starts one for the server and the logins of these URLs.
 * @param poolSize sessions of PostgreSQL for each pair of login and database
 */
export async function startPgBouncer(mode: PoolMode, urls: string[], poolSize = 10): Promise<PgBouncer> {
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
  const { hostname, port: serverPort } = new URL(urls[0]!);
  const port = await stablePort();
  const logins = urls
    .map((url) => new URL(url))
    .map(({ username, password }) => `"${username}" "${password}"`);
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'plain',
    auth_file: join(folder, 'users'),
    pool_mode: mode,
    default_pool_size: poolSize,
    max_client_conn: 500,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(join(folder, 'users'), logins.join('\n'));
  const server = `* = host=${hostname} port=${serverPort}`;
  writeFileSync(join(folder, 'ini'), ['[databases]', server, '[pgbouncer]', ...lines, ''].join('\n'));
  spawnSync('chmod', ['-R', 'a+rX', folder]);
  // It runs as root no more than PostgreSQL does.
  const account = serverAccount(folder);
  const child = spawn('pgbouncer', [join(folder, 'ini')], {
    ...account,
    env: { PATH },
    cwd: '/',
    detached: true,
    stdio: 'ignore',
  });
  const exited = exitOf(child);
  const through = (url: string) => Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href;
  const stop = async () => {
    await stopChild(child, exited, [
      ['SIGTERM', 5_000],
      ['SIGKILL', 5_000],
    ]);
    rmSync(folder, { recursive: true, force: true });
  };
  await answering(port, exited).catch(async (error) => {
    await stop();
    throw error;
  });
  return { through, stop };
}

async function answering(port: number, exited: Promise<string>): Promise<void> {
  let ended: string | undefined;
  void exited.then((how) => (ended = how));
  while (!(await accepts(port))) {
    if (ended) throw new Error(`PgBouncer ended: ${ended}`);
    await delay(20);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
