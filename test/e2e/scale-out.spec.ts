import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { type Acknowledged, expectInvariants } from '../support/invariants.js';
import { BuiltApi, type BuiltProcess, startWorker } from '../support/processes.js';
import { StreamReader } from '../support/stream-reader.js';
import { burst } from '../support/switch-load.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

/**
 * What one instance can do is limited by its two connections to a PostgreSQL that is a network away, and not by the cores
 * of this machine, on which all of them run: three do more only if nothing that they share holds them up.
 */
const POOL = 2;
const PACKET_DELAY_MS = 5;
const AT_ONCE = 6;
const SWITCHES_EACH = 20;
/** Three times as much if they were alone in the world. */
const LEAST_GROWTH = 1.8;
const PERIOD_MS = 2_000;

let environment: TestEnvironment;
let emulator: TestEmulator;
let proxy: CuttableProxy;
let variables: Record<string, string>;
const apis: BuiltApi[] = [];
const workers: BuiltProcess[] = [];
const told: Acknowledged[] = [];

beforeAll(async () => {
  emulator = await testEmulator();
  environment = await createTestEnvironment({
    ...emulator.settings,
    AWS_ACCESS_KEY_ID: 'emulator',
    AWS_SECRET_ACCESS_KEY: 'emulator',
    DATABASE_POOL_SIZE: String(POOL),
    VALIDATION_SWEEP_CRON: `*/${PERIOD_MS / 1000} * * * * *`,
  });
  const { DATABASE_URL = '' } = environment.variables;
  proxy = await CuttableProxy.before(DATABASE_URL);
  variables = { ...environment.variables, DATABASE_URL: proxy.through(DATABASE_URL) };
});
afterAll(async () => {
  await Promise.all([...apis, ...workers].map((one) => one.kill()));
  await proxy?.cut();
  await environment?.close();
  await emulator?.close();
});

async function addInstances(count: number): Promise<void> {
  proxy.delayMs = 0;
  workers.push(...Array.from({ length: count }, () => startWorker(variables)));
  apis.push(...(await Promise.all(Array.from({ length: count }, () => BuiltApi.start(variables)))));
}

const count = async (sql: string): Promise<number> =>
  Number((await environment.owner.query(`SELECT count(*) AS count FROM ${sql}`)).rows[0].count);

/** Switches and audit rows each second with all instances that there are. */
async function measure(name: string): Promise<{ switched: number; audited: number }> {
  proxy.delayMs = PACKET_DELAY_MS;
  const began = performance.now();
  const perSecond = () => (apis.length * SWITCHES_EACH * 1_000) / (performance.now() - began);
  const bursts = apis.map((api, n) => burst(api, SWITCHES_EACH, `${name}-${n}`, AT_ONCE));
  told.push(...(await Promise.all(bursts)).flat());
  const switched = perSecond();
  while ((await count('bedrock_model_switches')) < told.length) await delay(20);
  const audited = perSecond();
  proxy.delayMs = 0;
  const shown = [switched, audited].map((rate) => rate.toFixed(1));
  console.log(`${apis.length} + ${workers.length}: ${shown[0]} switches/s, ${shown[1]} audit rows/s`);
  return { switched, audited };
}

it('three apis and three workers do more than one of each', async () => {
  await addInstances(1);
  await burst(apis[0]!, 5, 'warm').then((warm) => told.push(...warm));
  const alone = await measure('alone');
  await addInstances(2);
  const together = await measure('together');
  expect(together.switched / alone.switched).toBeGreaterThan(LEAST_GROWTH);
  expect(together.audited / alone.audited).toBeGreaterThan(LEAST_GROWTH);
  await expectInvariants(environment.owner, told, 10_000);
});

it('a notification reaches the clients of all instances, once', async () => {
  const readers = await Promise.all(apis.map(({ url }) => StreamReader.ready(url, { userId: 'listener' })));
  const { body } = await apis[0]!.act({
    action: 'switch',
    modelId: 'eu.amazon.nova-lite-v1:0',
    conversationId: 'listened',
    userId: 'listener',
  });
  for (const reader of readers) await reader.untilHas(body.data.switchId);
  await delay(300);
  expect(readers.map(({ ids }) => ids)).toEqual(apis.map(() => [body.data.switchId]));
  for (const reader of readers) reader.leave();
});

it('a schedule runs once in each period, whoever of the workers does it', async () => {
  const finished = 'validation_sweeps WHERE finished_at IS NOT NULL';
  await vi.waitFor(async () => expect(await count(finished)).toBeGreaterThanOrEqual(3), {
    timeout: 20_000,
    interval: 100,
  });
  const { rows } = await environment.owner.query(
    'SELECT slot, count(*)::int AS times FROM validation_sweeps GROUP BY slot',
  );
  expect(rows.every(({ times }) => times === 1)).toBe(true);
  const periods = rows.map(({ slot }) => Number(slot.split(':').at(-1))).filter(Number.isFinite);
  expect(new Set(periods).size).toBe(periods.length);
  const reads = emulator.calls().calls.filter(({ operation }) => operation === 'ListFoundationModels');
  expect(reads.length).toBe(rows.length);
});
