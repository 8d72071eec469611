import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { exitOf, stopChild } from '../../scripts/embedded/child-process.js';
import { startRedis } from '../../scripts/embedded/redis.js';
import { stablePort } from './stable-port.js';

/** A Redis in a separate process, to be killed, frozen and started again on the same port. */
export interface RedisUnderTest {
  readonly url: string;
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

export const redisServerInstalled = () => spawnSync('redis-server', ['--version']).status === 0;

export async function embeddedRedis(): Promise<RedisUnderTest> {
  let redis = await startRedis({ port: await stablePort() });
  return {
    url: redis.url,
    kill: () => redis.kill(),
    startAgain: async () => {
      redis = await startRedis({ port: redis.port });
    },
    signal: (signal) => void process.kill(redis.pid, signal),
    stop: () => redis.stop(),
  };
}

/** A real one. @param folder where its append-only file is; without one it comes back empty */
export async function redisServer(folder?: string): Promise<RedisUnderTest> {
  const kept = folder ? ['--dir', folder, '--appendonly', 'yes'] : ['--appendonly', 'no'];
  return startRedisServer(await stablePort(), [...kept, '--maxmemory-policy', 'noeviction']);
}

/** A whole Redis Cluster in one server: it refuses commands over several slots as a large one does. */
export async function clusterServer(folder: string): Promise<RedisUnderTest> {
  const [port, busPort] = [await stablePort(), String(await stablePort())];
  const announced = ['--cluster-announce-ip', '127.0.0.1', '--cluster-port', busPort];
  const server = await startRedisServer(port, ['--dir', folder, '--cluster-enabled', 'yes', ...announced]);
  await redisCommand(server.url, 'cluster', 'addslotsrange', '0', '16383');
  return server;
}

/** A second node of that cluster, which has no slots. */
export async function clusterNode(folder: string, first: RedisUnderTest): Promise<RedisUnderTest> {
  const [port, busPort] = [await stablePort(), String(await stablePort())];
  const announced = ['--cluster-announce-ip', '127.0.0.1', '--cluster-port', busPort];
  const config = ['--cluster-config-file', `nodes-${port}.conf`];
  const server = await startRedisServer(port, [
    '--dir',
    folder,
    '--cluster-enabled',
    'yes',
    ...announced,
    ...config,
  ]);
  const nodes = String(await redisCommand(first.url, 'cluster', 'nodes'));
  const [, host, at, bus] = / ([\d.]+):(\d+)@(\d+)/.exec(nodes)!;
  await redisCommand(server.url, 'cluster', 'meet', host!, at!, bus!);
  while (!String(await redisCommand(server.url, 'cluster', 'info')).includes('cluster_state:ok'))
    await delay(50);
  return server;
}

/** A Sentinel that watches this server under this name. */
export async function sentinelServer(
  folder: string,
  watched: { url: string; name: string },
): Promise<RedisUnderTest> {
  const file = join(folder, 'sentinel.conf');
  writeFileSync(file, `sentinel monitor ${watched.name} 127.0.0.1 ${new URL(watched.url).port} 1\n`);
  return startRedisServer(await stablePort(), [], [file, '--sentinel']);
}

async function startRedisServer(
  port: number,
  settings: string[],
  first: string[] = [],
): Promise<RedisUnderTest> {
  const url = `redis://127.0.0.1:${port}`;
  const saving = first.length > 0 ? [] : ['--save', ''];
  const args = [...first, '--port', String(port), '--bind', '127.0.0.1', ...saving, ...settings];
  let child: ChildProcess;
  const startAgain = async () => {
    // Ctrl-C in the terminal is for the tests, which end it then.
    child = spawn('redis-server', args, { detached: true, stdio: 'ignore' });
    endWithTests(child);
    await redisCommand(url, 'ping');
  };
  const end = (signal: NodeJS.Signals) => stopChild(child, exitOf(child), [[signal, 5_000]]);
  await startAgain();
  return {
    url,
    kill: () => end('SIGKILL'),
    startAgain,
    signal: (signal) => void child.kill(signal),
    stop: async () => {
      child.kill('SIGCONT');
      await end('SIGTERM');
    },
  };
}

/** Sends one command on a separate connection; waits until there is a server that has read its files. */
export async function redisCommand(url: string, command: string, ...args: string[]): Promise<unknown> {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on('error', () => undefined);
  try {
    return await client.call(command, ...args);
  } finally {
    client.disconnect();
  }
}

/** Starts a guard that kills the server at the end of its standard input: then the tests are gone, however they went. */
function endWithTests(child: ChildProcess): void {
  const args = ['-c', 'read -r _; kill -9 "$1"', 'redis-guard', String(child.pid)];
  const guard = spawn('sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.once('exit', () => guard.kill('SIGKILL'));
}
