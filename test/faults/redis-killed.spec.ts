import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../scripts/embedded/free-port.js';
import { startRedis } from '../../scripts/embedded/redis.js';
import { exitOf, stopChild } from '../../scripts/embedded/running.js';
import { expectInvariants } from '../support/invariants.js';
import { BuiltApi, startWorker } from '../support/processes.js';
import { SwitchLoad } from '../support/switch-load.js';
import { createTestEnvironment } from '../support/test-env.js';

interface RedisUnderTest {
  url: string;
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

async function embedded(): Promise<RedisUnderTest> {
  let redis = await startRedis();
  return {
    url: redis.url,
    kill: () => redis.kill(),
    startAgain: async () => {
      redis = await startRedis({ port: redis.port });
    },
    stop: () => redis.stop(),
  };
}

/** The end of its standard input tells the guard that the tests are gone, however they went. */
function endWithTests(child: ChildProcess): void {
  const args = ['-c', 'read -r _; kill -9 "$1"', 'redis-guard', String(child.pid)];
  const guard = spawn('sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.once('exit', () => guard.kill('SIGKILL'));
}

/** A server of our own, without a file to remember anything by: it comes back empty. */
async function redisServer(): Promise<RedisUnderTest> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  let child: ChildProcess;
  const start = async () => {
    child = spawn('redis-server', [...args, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
    endWithTests(child);
    const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
    client.on('error', () => undefined);
    await client.ping();
    client.disconnect();
  };
  const end = (signal: NodeJS.Signals) => stopChild(child, exitOf(child), [[signal, 5_000]]);
  await start();
  return { url, kill: () => end('SIGKILL'), startAgain: start, stop: () => end('SIGTERM') };
}

const installed = spawnSync('redis-server', ['--version']).status === 0;
if (!installed) console.log('redis-server is not installed: Redis faults run on the embedded Redis only');
const SERVERS = [
  ['the embedded Redis', embedded] as const,
  ...(installed ? [['redis-server', redisServer] as const] : []),
];

const LEASES_OVER_MS = 35_000;
const SCHEDULES = [
  'catalogue.settle-prices',
  'costs.measure-usage',
  'switching.forget-idempotency-keys',
  'switching.recover-conversations',
];
/** Time runs faster for what happens every 30 s: a worker looks after its schedules then. */
const HASTE = `const every = setInterval;
globalThis.setInterval = (work, ms, ...rest) => every(work, ms === 30_000 ? 3_000 : ms, ...rest);`;
const IN_HASTE = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(HASTE)}` };

const cleanUps: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(cleanUps.map((cleanUp) => cleanUp())));

async function underLoad(start: () => Promise<RedisUnderTest>) {
  const redis = await start();
  const environment = await createTestEnvironment({ REDIS_URL: redis.url });
  const worker = startWorker({ ...environment.variables, ...IN_HASTE });
  const api = await BuiltApi.start(environment.variables);
  const look = new Redis(redis.url, { maxRetriesPerRequest: null });
  look.on('error', () => undefined);
  cleanUps.push(async () => {
    look.disconnect();
    await Promise.all([api.stop(), worker.stop()]);
    await Promise.all([redis.stop(), environment.close()]);
  });
  const schedules = async () => {
    const keys = await look.keys(`{${environment.variables.REDIS_PREFIX}}:*:repeat`);
    return keys.map((key) => key.split(':')[1]).sort();
  };
  await vi.waitFor(async () => expect(await schedules()).toEqual(SCHEDULES), { timeout: 20_000 });
  return { redis, environment, api, look, schedules, load: new SwitchLoad(api) };
}

const refusalsOf = ({ refusals, lost }: SwitchLoad) => [
  ...refusals.map(({ status, text }) => `${status} ${text}`),
  ...lost,
];

describe.concurrent.each(SERVERS)('%s', (_, start) => {
  it('killed under load and started again empty: no request fails, each switch has one audit row', async () => {
    const { redis, environment, api, load, schedules } = await underLoad(start);
    await load.more(40);
    await redis.kill();
    await load.more(60);
    expect((await api.get('/readyz')).body).toEqual({ status: 'degraded', redis: 'down' });
    await redis.startAgain();
    await load.more(40);
    await load.stop();
    expect(refusalsOf(load)).toEqual([]);
    await expectInvariants(environment.owner, load.acknowledged, LEASES_OVER_MS);
    expect((await api.get('/readyz')).body).toEqual({ status: 'ok', redis: 'up' });
    await vi.waitFor(async () => expect(await schedules()).toEqual(SCHEDULES), { timeout: 32_000 });
  });

  it('emptied by FLUSHALL under load, twice: no request fails, each switch has one audit row', async () => {
    const { environment, load, look } = await underLoad(start);
    for (let flush = 0; flush < 2; flush += 1) {
      await load.more(40);
      await delay(Math.random() * 50);
      await look.flushall();
    }
    await load.more(20);
    await load.stop();
    expect(refusalsOf(load)).toEqual([]);
    await expectInvariants(environment.owner, load.acknowledged, LEASES_OVER_MS);
  });
});
