import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type EmbeddedRedis, startRedis } from '../../scripts/embedded/redis.js';
import { BuiltApi, BuiltProcess, startWorker } from '../support/processes.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

let redis: EmbeddedRedis;
let environment: TestEnvironment;
const started: BuiltProcess[] = [];
beforeAll(async () => {
  redis = await startRedis();
  environment = await createTestEnvironment({ REDIS_URL: redis.url });
});
afterAll(async () => {
  await Promise.all(started.map((one) => one.kill()));
  await Promise.all([environment?.close(), redis?.stop()]);
});

async function api(): Promise<BuiltApi> {
  const running = await BuiltApi.start(environment.variables);
  started.push(running);
  return running;
}

/** A worker that has proven that it works: by the audit row of a switch. */
async function workingWorker(through: BuiltApi, conversationId: string): Promise<BuiltProcess> {
  const worker = startWorker(environment.variables);
  started.push(worker);
  await through.act({ action: 'switch', modelId: 'eu.amazon.nova-lite-v1:0', conversationId });
  await vi.waitFor(
    async () => {
      const { rows } = await environment.app.query('SELECT count(*)::int AS waiting FROM outbox');
      expect(rows[0].waiting).toBe(0);
    },
    { timeout: 20_000 },
  );
  return worker;
}

async function endingOf(running: BuiltProcess, end: () => void): Promise<{ how: string; tookMs: number }> {
  const began = Date.now();
  end();
  const how = await Promise.race([running.exited, delay(8_000, 'still running', { ref: false })]);
  return { how, tookMs: Date.now() - began };
}

it.concurrent.each(['api', 'worker'] as const)(
  'the %s ends at once with every bad setting on stderr',
  async (program) => {
    const settings = {
      PORT: 'eighty',
      REDIS_URL: 'http://redis',
      SUPABASE_SERVICE_KEY: 'short',
      AWS_REGION: 'mars',
    };
    const bad = new BuiltProcess(program, settings);
    started.push(bad);
    expect(await bad.exited).toBe('exit code 1');
    expect(bad.stdout).toBe('');
    for (const setting of ['DATABASE_URL', ...Object.keys(settings)])
      expect(bad.stderr).toMatch(new RegExp(`^  ${setting}: .+`, 'm'));
    expect(bad.stderr).not.toContain('    at ');
    expect(bad.stderr, 'a bad secret is a secret, too').not.toContain('short');
  },
);

it('the api answers within five seconds of its start', async () => {
  const began = Date.now();
  const running = await api();
  expect((await running.act({ action: 'list-all' })).body.data.total).toBe(8);
  const tookMs = Date.now() - began;
  console.log(`the api answered ${tookMs} ms after its start`);
  expect(tookMs).toBeLessThan(5_000);
});

it('the api answers the request in flight when SIGTERM comes, and takes no new ones', async () => {
  const running = await api();
  await environment.owner.query("BEGIN; SELECT FROM ai_conversations WHERE id = 'conv-124' FOR UPDATE");
  const inFlight = running.act({
    action: 'switch',
    modelId: 'eu.amazon.nova-lite-v1:0',
    conversationId: 'conv-124',
  });
  await vi.waitFor(async () => {
    const { rows } = await environment.app.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(rows, 'the switch waits for the row').toHaveLength(1);
  });
  const ending = endingOf(running, () => running.signal('SIGTERM'));
  await vi.waitFor(() => expect(fetch(`${running.url}/livez`)).rejects.toThrow());
  await environment.owner.query('ROLLBACK');
  expect(await inFlight).toMatchObject({ status: 200, body: { data: { switched: true } } });
  const { how, tookMs } = await ending;
  expect(how).toBe('exit code 0');
  expect(tookMs).toBeLessThan(5_000);
});

it('the worker finishes the job under way when SIGTERM comes', async () => {
  const running = await api();
  const worker = await workingWorker(running, 'finished');
  await environment.owner.query('BEGIN; LOCK TABLE bedrock_model_switches IN ACCESS EXCLUSIVE MODE');
  const { body } = await running.act({
    action: 'switch',
    modelId: 'eu.amazon.nova-pro-v1:0',
    conversationId: 'finished',
  });
  await vi.waitFor(async () => {
    const { rows } = await environment.app.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(rows, 'the audit row waits for the table').toHaveLength(1);
  });
  const ending = endingOf(worker, () => worker.signal('SIGTERM'));
  await environment.owner.query('ROLLBACK');
  expect((await ending).how).toBe('exit code 0');
  const { rows } = await environment.app.query('SELECT id FROM bedrock_model_switches WHERE id = $1', [
    body.data.switchId,
  ]);
  expect(rows).toEqual([{ id: body.data.switchId }]);
});

it('api and worker end by themselves when the process that forked them is gone', async () => {
  const running = await api();
  const worker = await workingWorker(running, 'orphaned');
  const endings = [running, worker].map((one) => endingOf(one, () => one.disconnect()));
  for (const { how, tookMs } of await Promise.all(endings)) {
    expect(how).toBe('exit code 0');
    expect(tookMs).toBeLessThan(5_000);
  }
});

it('api and worker end within five seconds of SIGTERM while Redis is away', async () => {
  const running = await api();
  const worker = await workingWorker(running, 'without-redis');
  await redis.kill();
  await vi.waitFor(async () => expect((await running.get('/readyz')).body.redis).toBe('down'));
  const endings = [running, worker].map((one) => endingOf(one, () => one.signal('SIGTERM')));
  const ended = await Promise.all(endings);
  redis = await startRedis({ port: redis.port });
  for (const { how, tookMs } of ended) {
    expect(how).toBe('exit code 0');
    expect(tookMs).toBeLessThan(5_000);
  }
});
