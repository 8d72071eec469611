import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { eventually } from '../support/eventually.js';
import { BuiltApi, BuiltProcess, startWorker } from '../support/processes.js';
import {
  clusterNode,
  clusterServer,
  type RedisUnderTest,
  redisCommand,
  redisServer,
  redisServerInstalled,
} from '../support/redis-under-test.js';
import { createTestEnvironment, FAULT_TIMEOUTS, type TestEnvironment } from '../support/test-env.js';

const UP = { status: 'ok', redis: 'up' };
const DOWN = { status: 'degraded', redis: 'down' };
const folder = mkdtempSync(join(tmpdir(), 'bedrock-redis-'));
const started: BuiltProcess[] = [];
const servers: RedisUnderTest[] = [];
let environment: TestEnvironment;

const kept = <T extends BuiltProcess>(one: T): T => {
  started.push(one);
  return one;
};
const serving = async (server: Promise<RedisUnderTest>): Promise<RedisUnderTest> => {
  servers.push(await server);
  return server;
};
const startApi = async (settings: Record<string, string>) =>
  kept(await BuiltApi.start({ ...environment.variables, ...settings }));
const expectReadiness = (api: BuiltApi, expected: object) =>
  eventually(async () => expect((await api.get('/readyz')).body).toEqual(expected));

/** Returns the ACL of the documentation, as the words of a command. */
function documentedAcl(): string[] {
  const line = /^ +(ACL SETUSER orchestrator .*)$/m.exec(
    readFileSync(join(checkout, 'docs/deployment.md'), 'utf8'),
  )!;
  return line[1]!.split(' ');
}

describe.skipIf(!redisServerInstalled())('Redis (skipped where redis-server is not installed)', () => {
  beforeAll(async () => {
    environment = await createTestEnvironment({ REDIS_PREFIX: 'orchestrator', ...FAULT_TIMEOUTS });
  });
  afterAll(async () => {
    await Promise.all(started.map((one) => one.kill()));
    await Promise.all(servers.map((server) => server.stop()));
    await environment?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('that is frozen is down, until it answers again', async () => {
    const redis = await serving(redisServer());
    const api = await startApi({ REDIS_URL: redis.url });
    await expectReadiness(api, UP);
    redis.signal('SIGSTOP');
    await expectReadiness(api, DOWN);
    expect((await api.get('/metrics')).text).toContain('orchestrator_redis_up 0');
    redis.signal('SIGCONT');
    await expectReadiness(api, UP);
  });

  it('is down where only nodes of the cluster are left that do not have our keys', async () => {
    const first = await serving(clusterServer(folder));
    const second = await serving(clusterNode(folder, first));
    const api = await startApi({ REDIS_URL: second.url, REDIS_CLUSTER: 'true' });
    await expectReadiness(api, UP);
    await first.kill();
    await expectReadiness(api, DOWN);
  });

  it('with the documented rights does everything, down to the audit row', async () => {
    const redis = await serving(redisServer());
    const [command = '', ...acl] = documentedAcl();
    await redisCommand(redis.url, command, ...acl);
    const REDIS_URL = redis.url.replace('//', '//orchestrator:password@');
    const api = await startApi({ REDIS_URL });
    const worker = kept(startWorker({ ...environment.variables, REDIS_URL }));
    const request = { action: 'switch', modelId: 'eu.amazon.nova-lite-v1:0', conversationId: 'rights' };
    const { body } = await api.actPatiently(request);
    await eventually(async () => {
      const audited = 'SELECT id FROM bedrock_model_switches WHERE id = $1';
      expect((await environment.app.query(audited, [body.data.switchId])).rows, worker.output).toHaveLength(
        1,
      );
    });
    await expectReadiness(api, UP);
    expect(await redisCommand(redis.url, 'acl', 'log')).toEqual([]);
  });

  it.each(['api', 'worker'] as const)(
    '%s: without a right that jobs need it is refused at boot',
    async (program) => {
      const redis = await serving(redisServer());
      await redisCommand(
        redis.url,
        'acl',
        'setuser',
        'lesser',
        'on',
        '>password',
        '~*',
        '&*',
        '+@all',
        '-info',
        '-publish',
      );
      const REDIS_URL = redis.url.replace('//', '//lesser:password@');
      const refused = kept(new BuiltProcess(program, { ...environment.variables, REDIS_URL }));
      expect(await refused.exited, refused.output).toBe('exit code 1');
      expect(refused.stderr).toMatch(/docs\/deployment\.md has its ACL.*info.*publish/);
    },
  );
});
