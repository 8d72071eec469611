import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { BuiltApi, BuiltProcess, startWorker } from '../support/processes.js';
import { embeddedRedis, type RedisUnderTest } from '../support/redis-under-test.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

let redis: RedisUnderTest;
let environment: TestEnvironment;
const started: BuiltProcess[] = [];
beforeAll(async () => {
  redis = await embeddedRedis();
  environment = await createTestEnvironment({ REDIS_URL: redis.url });
});
afterAll(async () => {
  await Promise.all(started.map((one) => one.kill()));
  await Promise.all([environment?.close(), redis?.stop()]);
});

const keep = <T extends BuiltProcess>(process: T): T => {
  started.push(process);
  return process;
};

/** An api and a worker that have proven that they work: by the audit row of a switch. */
async function workingPair(
  conversationId: string,
  ofWorker: Record<string, string> = {},
): Promise<[api: BuiltApi, worker: BuiltProcess]> {
  const worker = keep(startWorker({ ...environment.variables, ...ofWorker }));
  const api = keep(await BuiltApi.start(environment.variables));
  await api.actPatiently({ action: 'switch', modelId: 'eu.amazon.nova-lite-v1:0', conversationId });
  await eventually(async () => {
    const { rows } = await environment.app.query('SELECT id FROM outbox');
    expect(rows, worker.output).toEqual([]);
  });
  return [api, worker];
}

/** Makes each row of the table take its time, so that a signal comes while it is written. */
async function slowDown(table: string, seconds = 0.5): Promise<void> {
  await environment.owner.query(
    `CREATE FUNCTION slow_${table}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(${seconds}); RETURN NEW; END$$;
     CREATE TRIGGER slow BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION slow_${table}()`,
  );
}
const speedUp = (table: string) => environment.owner.query(`DROP TRIGGER slow ON ${table}`);

const rowIsUnderWay = () =>
  eventually(async () => {
    const { rows } = await environment.app.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
    );
    expect(rows).not.toEqual([]);
  });

it.concurrent.each(['api', 'worker'] as const)(
  'the %s ends immediately with every bad setting on stderr',
  async (program) => {
    const settings = {
      PORT: 'eighty',
      REDIS_URL: 'http://redis',
      SUPABASE_SERVICE_KEY: 'short',
      AWS_REGION: 'mars',
    };
    const bad = keep(new BuiltProcess(program, settings));
    expect(await bad.exited).toBe('exit code 1');
    expect(bad.stdout).toBe('');
    for (const setting of ['DATABASE_URL', ...Object.keys(settings)])
      expect(bad.stderr).toMatch(new RegExp(`^  ${setting}: .+`, 'm'));
    expect(bad.stderr).not.toContain('    at ');
    expect(bad.stderr, 'a bad secret is a secret, too').not.toContain('short');
  },
);

it('the api answers the request in flight when SIGTERM comes, and takes no new ones', async () => {
  const api = keep(await BuiltApi.start(environment.variables));
  await slowDown('switch_events');
  const inFlight = api.act({
    action: 'switch',
    modelId: 'eu.amazon.nova-lite-v1:0',
    conversationId: 'conv-124',
  });
  await rowIsUnderWay();
  api.signal('SIGTERM');
  await eventually(() => expect(fetch(`${api.url}/livez`)).rejects.toThrow());
  expect(await inFlight).toMatchObject({ status: 200, body: { data: { switched: true } } });
  expect(await api.exited).toBe('exit code 0');
  await speedUp('switch_events');
});

it('the worker finishes the job under way when SIGTERM comes', async () => {
  const [api, worker] = await workingPair('finished');
  // Longer than a process takes to end that does not wait.
  await slowDown('bedrock_model_switches', 6);
  const { body } = await api.actPatiently({
    action: 'switch',
    modelId: 'eu.amazon.nova-pro-v1:0',
    conversationId: 'finished',
  });
  await rowIsUnderWay();
  worker.signal('SIGTERM');
  expect(await worker.exited).toBe('exit code 0');
  const { rows } = await environment.app.query('SELECT id FROM bedrock_model_switches WHERE id = $1', [
    body.data.switchId,
  ]);
  expect(rows).toEqual([{ id: body.data.switchId }]);
  await speedUp('bedrock_model_switches');
});

it('a worker that cannot wait for its job any longer leaves it to another one', async () => {
  const { owner, app, variables } = environment;
  const [api, worker] = await workingPair('left', { SHUTDOWN_GRACE_SECONDS: '0.1' });
  await owner.query(
    `SELECT pg_advisory_lock(1);
     CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NEW; END';
     CREATE TRIGGER blocked BEFORE INSERT ON bedrock_model_switches FOR EACH ROW EXECUTE FUNCTION wait_for_test()`,
  );
  const { body } = await api.actPatiently({
    action: 'switch',
    modelId: 'eu.amazon.nova-pro-v1:0',
    conversationId: 'left',
  });
  await eventually(async () => {
    const { rows } = await app.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'",
    );
    expect(rows).not.toEqual([]);
  });
  worker.signal('SIGTERM');
  expect(await worker.exited).toBe('exit code 0');
  await owner.query('SELECT pg_advisory_unlock(1)');
  await owner.query('DROP TRIGGER blocked ON bedrock_model_switches');
  keep(startWorker(variables));
  await eventually(async () => {
    const { rows } = await app.query('SELECT id FROM bedrock_model_switches WHERE id = $1', [
      body.data.switchId,
    ]);
    expect(rows).toHaveLength(1);
  });
});

it('api and worker end by themselves when the process that forked them is gone', async () => {
  const pair = await workingPair('orphaned');
  for (const process of pair) process.disconnect();
  for (const { exited } of pair) expect(await exited).toBe('exit code 0');
});

it('api and worker end when SIGTERM comes while Redis is away', async () => {
  const pair = await workingPair('without-redis');
  await redis.kill();
  await eventually(async () => expect((await pair[0].get('/readyz')).body.redis).toBe('down'));
  for (const process of pair) process.signal('SIGTERM');
  for (const { exited } of pair) expect(await exited).toBe('exit code 0');
});

it.each(['api', 'worker'] as const)(
  'the %s ends when the process that forked it goes while it starts',
  async (program) => {
    const forked = new BuiltProcess(program, { ...environment.variables, PORT: '0' });
    started.push(forked);
    forked.disconnect();
    expect(await forked.exited).toBe('exit code 0');
  },
);
