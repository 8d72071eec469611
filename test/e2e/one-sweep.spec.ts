import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const WORKERS = 10;
const PERIOD_MS = 2_000;
const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0'];

let emulator: TestEmulator;
let environment: TestEnvironment;
let workers: INestApplicationContext[];
beforeAll(async () => {
  emulator = await testEmulator();
  environment = await createTestEnvironment({
    ...emulator.settings,
    VALIDATION_SWEEP_CRON: `*/${PERIOD_MS / 1000} * * * * *`,
    DATABASE_POOL_SIZE: '2',
  });
  await environment.owner.query('UPDATE bedrock_models SET is_available = false WHERE model_id <> ALL ($1)', [
    MODELS,
  ]);
  workers = await Promise.all(Array.from({ length: WORKERS }, () => createWorker(environment.env)));
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await environment.close();
  await emulator.close();
});

const query = async (sql: string) => (await environment.owner.query(sql)).rows;
const finished = async () =>
  (await query('SELECT slot FROM validation_sweeps WHERE finished_at IS NOT NULL ORDER BY started_at')).map(
    ({ slot }): string => slot,
  );
const timesRead = (operation: string) =>
  emulator.calls().calls.filter((call) => call.operation === operation).length;

it('ten workers that start at once make one first sweep, and one in each period', async () => {
  await expect
    .poll(async () => (await finished()).length, { timeout: 20_000, interval: 100 })
    .toBeGreaterThanOrEqual(4);
  await Promise.all(workers.map((worker) => worker.close()));
  workers = [];

  const slots = await finished();
  expect(slots.filter((slot) => slot === 'first')).toHaveLength(1);
  const periods = slots.filter((slot) => slot !== 'first').map((slot) => Number(slot.split(':').at(-1)));
  expect(periods.length).toBeGreaterThanOrEqual(3);
  expect(periods.map((period) => period % PERIOD_MS)).toEqual(periods.map(() => 0));
  expect(new Set(periods).size).toBe(periods.length);
  expect(await query('SELECT slot FROM validation_sweeps WHERE finished_at IS NULL')).toEqual([]);

  expect(timesRead('ListFoundationModels')).toBe(slots.length);
  expect(timesRead('Converse')).toBe(MODELS.length);
  const results = await query(
    'SELECT method, count(*)::int AS count FROM bedrock_model_validations GROUP BY method ORDER BY method',
  );
  expect(results).toEqual([
    { method: 'control_plane', count: slots.length * MODELS.length },
    { method: 'probe', count: MODELS.length },
  ]);
});
