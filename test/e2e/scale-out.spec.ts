import { afterAll, beforeAll, expect, it } from 'vitest';
import { countAbandonedSweeps } from '../support/abandoned-sweeps.js';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { eventually } from '../support/eventually.js';
import { expectInvariants } from '../support/invariants.js';
import { BuiltApi, type BuiltProcess, startWorker } from '../support/processes.js';
import { StreamReader } from '../support/stream-reader.js';
import { burst } from '../support/switch-load.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const INSTANCES = 3;
const PERIOD_MS = 2_000;

let environment: TestEnvironment;
let emulator: TestEmulator;
let apis: BuiltApi[] = [];
let workers: BuiltProcess[] = [];
let abandonedSweeps: () => Promise<number>;

beforeAll(async () => {
  emulator = await testEmulator();
  environment = await createTestEnvironment({
    ...emulator.settings,
    AWS_ACCESS_KEY_ID: 'emulator',
    AWS_SECRET_ACCESS_KEY: 'emulator',
    VALIDATION_SWEEP_CRON: `*/${PERIOD_MS / 1000} * * * * *`,
  });
  abandonedSweeps = await countAbandonedSweeps(environment.owner);
  const each = Array.from({ length: INSTANCES });
  workers = each.map(() => startWorker(environment.variables));
  apis = await Promise.all(each.map(() => BuiltApi.start(environment.variables)));
});
afterAll(async () => {
  await Promise.all([...apis, ...workers].map((one) => one.kill()));
  await environment?.close();
  await emulator?.close();
});

/** bench/scenarios/scale-out.ts says how much more they do than one of each. */
it('three apis and three workers record each switch once', async () => {
  const bursts = await Promise.all(apis.map((api, n) => burst(api, 40, `burst-${n}`)));
  await expectInvariants(environment.owner, bursts.flat());
});

it('a notification reaches the clients of all instances, once', async () => {
  const readers = await Promise.all(apis.map(({ url }) => StreamReader.ready(url, { userId: 'listener' })));
  const [first, last] = [
    { conversationId: 'listened', modelId: 'eu.amazon.nova-lite-v1:0' },
    { conversationId: 'listened', modelId: 'eu.amazon.nova-micro-v1:0' },
  ];
  const ids: string[] = [];
  for (const change of [first, last]) {
    const { body } = await apis[0]!.actPatiently({ action: 'switch', userId: 'listener', ...change });
    ids.push(body.data.switchId);
    // Streams are in order: a second copy of the first would come before the last.
    for (const reader of readers) await reader.untilHas(ids.at(-1)!);
  }
  expect(readers.map((reader) => reader.ids)).toEqual(apis.map(() => ids));
  for (const reader of readers) reader.leave();
});

it('a schedule runs once in each period, on any of the workers', async () => {
  const sweeps = 'SELECT slot FROM validation_sweeps';
  await eventually(async () => {
    const { rowCount } = await environment.owner.query(`${sweeps} WHERE finished_at IS NOT NULL`);
    expect(rowCount).toBeGreaterThanOrEqual(3);
  });
  await Promise.all(workers.map((worker) => worker.stop()));
  const slots = (await environment.owner.query(sweeps)).rows.map(({ slot }): string => slot);
  const periods = slots.map((slot) => Number(slot.split(':').at(-1))).filter(Number.isFinite);
  expect(periods.length).toBeGreaterThanOrEqual(2);
  expect(periods.filter((period) => period % PERIOD_MS !== 0)).toEqual([]);
  const reads = emulator.calls().calls.filter(({ operation }) => operation === 'ListFoundationModels');
  expect(reads.length).toBeLessThanOrEqual(slots.length + (await abandonedSweeps()));
});
