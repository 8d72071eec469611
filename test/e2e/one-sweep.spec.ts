import { afterAll, beforeAll, expect, it } from 'vitest';
import { countAbandonedSweeps } from '../support/abandoned-sweeps.js';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { eventually } from '../support/eventually.js';
import { type BuiltProcess, startWorker } from '../support/processes.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const WORKERS = 4;
const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0'];
/** A schedule whose turn comes in half a year: scale-out.spec.ts has one whose turn comes during the test. */
const LATER = `0 0 1 ${((new Date().getUTCMonth() + 6) % 12) + 1} *`;

let emulator: TestEmulator;
let environment: TestEnvironment;
let abandonedSweeps: () => Promise<number>;
const workers: BuiltProcess[] = [];
beforeAll(async () => {
  emulator = await testEmulator();
  environment = await createTestEnvironment({
    ...emulator.settings,
    AWS_ACCESS_KEY_ID: 'emulator',
    AWS_SECRET_ACCESS_KEY: 'emulator',
    VALIDATION_SWEEP_CRON: LATER,
    DATABASE_POOL_SIZE: '2',
  });
  abandonedSweeps = await countAbandonedSweeps(environment.owner);
  await environment.owner.query('UPDATE bedrock_models SET is_available = false WHERE model_id <> ALL ($1)', [
    MODELS,
  ]);
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await environment?.close();
  await emulator?.close();
});

const query = async (sql: string) => (await environment.owner.query(sql)).rows;
const timesRead = (operation: string) =>
  emulator.calls().calls.filter((call) => call.operation === operation).length;

it('workers that start together make one first sweep, without waiting for the schedule', async () => {
  workers.push(...Array.from({ length: WORKERS }, () => startWorker(environment.variables)));
  await eventually(async () =>
    expect(await query('SELECT slot FROM validation_sweeps WHERE finished_at IS NOT NULL')).not.toEqual([]),
  );
  // Jobs that the others have started are done when they end.
  await Promise.all(workers.map((worker) => worker.stop()));

  expect(await query('SELECT slot FROM validation_sweeps')).toEqual([{ slot: 'first' }]);
  const sweeps = 1 + (await abandonedSweeps());
  expect(timesRead('ListFoundationModels')).toBeLessThanOrEqual(sweeps);
  expect(timesRead('Converse')).toBeLessThanOrEqual(MODELS.length * sweeps);
  const results = await query(
    'SELECT DISTINCT method, model_id FROM bedrock_model_validations ORDER BY method, model_id',
  );
  expect(results).toEqual(
    ['control_plane', 'probe'].flatMap((method) => MODELS.map((model_id) => ({ method, model_id }))),
  );
});
