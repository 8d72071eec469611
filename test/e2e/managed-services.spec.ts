import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../support/certificates.js';
import { eventually } from '../support/eventually.js';
import { BuiltApi, BuiltProcess, startWorker } from '../support/processes.js';
import {
  clusterServer,
  type RedisUnderTest,
  redisCommand,
  redisServer,
  redisServerInstalled,
  sentinelServer,
} from '../support/redis-under-test.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';
import { TlsProxy } from '../support/tls-proxy.js';

const needsRedisServer = it.skipIf(!redisServerInstalled());
let environment: TestEnvironment;
let database: Pool;
let certificates: Certificates;
let postgres: TlsProxy;
let redis: TlsProxy;
let overTls: Record<string, string>;
const folder = mkdtempSync(join(tmpdir(), 'bedrock-redis-'));
const started: BuiltProcess[] = [];
const servers: RedisUnderTest[] = [];

beforeAll(async () => {
  environment = await createTestEnvironment();
  const { DATABASE_URL = '', REDIS_URL = '' } = environment.variables;
  database = new Pool({ connectionString: DATABASE_URL });
  certificates = makeCertificates();
  [postgres, redis] = await Promise.all([
    TlsProxy.before(DATABASE_URL, certificates),
    TlsProxy.before(REDIS_URL, certificates),
  ]);
  overTls = {
    ...environment.variables,
    DATABASE_URL: `${postgres.through(DATABASE_URL)}?sslmode=verify-full`,
    REDIS_URL: redis.through(REDIS_URL).replace('redis:', 'rediss:'),
  };
});
afterAll(async () => {
  await Promise.all(started.map((one) => one.kill()));
  await Promise.all(servers.map((server) => server.stop()));
  await Promise.all([postgres?.close(), redis?.close()]);
  certificates?.remove();
  rmSync(folder, { recursive: true, force: true });
  await database?.end();
  await environment?.close();
});

const kept = <T extends BuiltProcess>(one: T): T => {
  started.push(one);
  return one;
};
const serving = async (server: Promise<RedisUnderTest>): Promise<RedisUnderTest> => {
  servers.push(await server);
  return server;
};

/** Starts both programs with these settings; a switch at the api becomes an audit row by way of the worker. */
async function expectToWork(variables: Record<string, string>, conversationId: string): Promise<BuiltApi> {
  const api = kept(await BuiltApi.start(variables));
  const worker = kept(startWorker(variables));
  const request = { action: 'switch', modelId: 'eu.amazon.nova-lite-v1:0', conversationId };
  const { status, body, text } = await api.actPatiently(request);
  expect(status, text).toBe(200);
  await eventually(async () => {
    const audited = 'SELECT id FROM bedrock_model_switches WHERE id = $1';
    const { rows } = await database.query(audited, [body.data.switchId]);
    expect(rows, worker.output).toHaveLength(1);
  });
  await eventually(async () =>
    expect((await api.get('/readyz')).body).toEqual({ status: 'ok', redis: 'up' }),
  );
  return api;
}

it.concurrent('PostgreSQL and Redis over TLS, with the authority of NODE_EXTRA_CA_CERTS', async () => {
  await expectToWork({ ...overTls, NODE_EXTRA_CA_CERTS: certificates.caFile, REDIS_PREFIX: 'tls' }, 'tls');
  // Whichever worker of these tests is first writes the row: this one may still be connecting.
  await eventually(() => {
    expect(postgres.accepted).toBeGreaterThanOrEqual(2);
    expect(redis.accepted).toBeGreaterThanOrEqual(4);
  });
});

it.concurrent('a server whose certificate is of an unknown authority is not talked to', async () => {
  const api = kept(new BuiltProcess('api', { ...overTls, REDIS_PREFIX: 'unknown' }));
  expect(await api.exited).toBe('exit code 1');
  expect(api.stderr).toMatch(/certificate/);
});

needsRedisServer.concurrent('a Redis Cluster: no command needs more than one slot', async () => {
  const cluster = await serving(clusterServer(folder));
  const settings = { REDIS_URL: cluster.url, REDIS_CLUSTER: 'true', REDIS_PREFIX: 'clustered' };
  const api = await expectToWork({ ...environment.variables, ...settings }, 'clustered');
  const keys = (await redisCommand(cluster.url, 'keys', '*')) as string[];
  expect(keys.some((key) => key.startsWith('{clustered}:catalogue'))).toBe(true);
  expect(keys.filter((key) => !key.startsWith('{clustered}:'))).toEqual([]);
  expect((await api.get('/v1/models')).status).toBe(200);
  expect(await redisCommand(cluster.url, 'info', 'errorstats')).not.toMatch(/CROSSSLOT|MOVED/);
});

needsRedisServer.concurrent('the primary that Sentinels name', async () => {
  const primary = await serving(redisServer());
  const sentinel = await serving(sentinelServer(folder, { url: primary.url, name: 'mymaster' }));
  const settings = {
    REDIS_URL: 'redis://nobody.invalid:1',
    REDIS_SENTINELS: `127.0.0.1:1,${new URL(sentinel.url).host}`,
    REDIS_SENTINEL_NAME: 'mymaster',
    REDIS_PREFIX: 'watched',
  };
  await expectToWork({ ...environment.variables, ...settings }, 'watched');
});
