import { randomUUID } from 'node:crypto';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { question } from '../support/chat-client.js';
import { eventually } from '../support/eventually.js';
import { FaultProxy } from '../support/fault-proxy.js';
import { BuiltApi } from '../support/processes.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const CLIENTS = 6;
/** In a conversation that the api knows when PostgreSQL is away. */
const CHAT = { conversationId: 'conv-124', userId: 'user-457', ...question() };

let emulator: TestEmulator;
let environment: TestEnvironment;
let proxy: FaultProxy;
let apis: BuiltApi[];
/** Request ids of the chats that were answered. */
let answered: string[];
beforeAll(async () => {
  emulator = await testEmulator();
  environment = await createTestEnvironment({ ...emulator.settings, TIMEOUT_MULTIPLIER: '3' });
  proxy = await FaultProxy.before(environment.variables.DATABASE_URL!);
});
beforeEach(() => {
  [apis, answered] = [[], []];
});
afterEach(async () => {
  await Promise.all(apis.map((api) => api.kill()));
  await proxy.restore();
});
afterAll(async () => {
  await Promise.all([environment?.close(), proxy?.cut(), emulator?.close()]);
});

const folder = () => environment.variables.USAGE_JOURNAL_DIR!;
const segments = () =>
  readdirSync(folder(), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.journal'));

async function start(settings: Record<string, string>): Promise<BuiltApi> {
  const DATABASE_URL = proxy.through(environment.variables.DATABASE_URL!);
  const api = await BuiltApi.start({ ...environment.variables, ...settings, DATABASE_URL });
  apis.push(api);
  return api;
}

/** Clients that chat with an api until it is killed. */
function load(api: BuiltApi): void {
  const client = async () => {
    while (!api.hasExited) {
      const id = randomUUID();
      const reply = await api
        .send('POST', '/v1/chat', CHAT, { headers: { 'x-request-id': id } })
        .catch(() => undefined);
      if (reply?.status === 200) answered.push(id);
    }
  };
  for (let number = 0; number < CLIENTS; number += 1) void client();
}

const more = (count: number) => {
  const goal = answered.length + count;
  return eventually(() => expect(answered.length).toBeGreaterThan(goal));
};

async function killAll(): Promise<void> {
  await Promise.all(apis.splice(0).map((api) => api.kill()));
}

const times = async () => {
  const { rows } = await environment.owner.query(
    'SELECT request_id, count(*)::int FROM model_invocations WHERE request_id = ANY($1) GROUP BY request_id',
    [answered],
  );
  return rows;
};

/** Each answered chat has one row, which the roll-ups count once. */
async function expectEachRecordedOnce(): Promise<void> {
  await eventually(async () => expect(await times()).toHaveLength(answered.length));
  expect((await times()).filter(({ count }) => count !== 1)).toEqual([]);
  const { rows } = await environment.owner.query(
    `SELECT id FROM model_invocations
     LEFT JOIN (SELECT unnest(invocation_ids) AS queued FROM invocations_to_roll_up) AS queue ON queued = id
     GROUP BY id HAVING count(queued) <> 1`,
  );
  expect(rows).toEqual([]);
}

describe.each(['postgres', 'journal'])('kill -9 under chats with USAGE_DURABILITY=%s', (USAGE_DURABILITY) => {
  it('and PostgreSQL away loses and doubles no call of one api', async () => {
    load(await start({ USAGE_DURABILITY }));
    await more(50);
    await proxy.cut();
    await more(100);
    await killAll();
    expect((await times()).length).toBeLessThan(answered.length);
    await proxy.restore();
    await start({ USAGE_DURABILITY });
    await expectEachRecordedOnce();
    await eventually(() => expect(segments()).toEqual([]));
  });

  it('loses and doubles no call of two apis with one folder, which are killed and started together', async () => {
    for (const api of await Promise.all([start({ USAGE_DURABILITY }), start({ USAGE_DURABILITY })]))
      load(api);
    await more(50);
    await proxy.cut();
    await more(100);
    await killAll();
    await proxy.restore();
    await Promise.all([start({ USAGE_DURABILITY }), start({ USAGE_DURABILITY })]);
    await expectEachRecordedOnce();
  });
});

it('a call is recorded by another api while its own is gone', async () => {
  const [one] = await Promise.all([
    start({ USAGE_DURABILITY: 'journal' }),
    start({ USAGE_DURABILITY: 'journal' }),
  ]);
  load(one);
  await more(50);
  await proxy.cut();
  await more(50);
  await one.kill();
  await proxy.restore();
  await expectEachRecordedOnce();
});

it('an end that was cut off is skipped and counted, and nothing before it is lost', async () => {
  load(await start({ USAGE_DURABILITY: 'journal' }));
  await more(20);
  await proxy.cut();
  await more(20);
  await killAll();
  appendFileSync(join(folder(), segments()[0]!), Buffer.from('000003e8aabbccdd7b22', 'hex'));
  await proxy.restore();
  const api = await start({ USAGE_DURABILITY: 'journal' });
  await expectEachRecordedOnce();
  const { text } = await api.get('/metrics');
  expect(text).toContain('orchestrator_usage_journal_records_total{outcome="torn"} 1\n');
});

it('no chat begins while the journal is full, and all are recorded once PostgreSQL is back', async () => {
  load(await start({ USAGE_JOURNAL_BYTES: '1048576' }));
  await more(20);
  await proxy.cut();
  const [api] = apis;
  await eventually(async () => {
    const reply = await api!.send('POST', '/v1/chat', CHAT);
    expect(reply).toMatchObject({ status: 503, retryAfter: 1, body: { code: 'usage_backlog' } });
  });
  await killAll();
  await proxy.restore();
  await start({});
  await expectEachRecordedOnce();
});
