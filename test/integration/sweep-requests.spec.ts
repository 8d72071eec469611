import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { TestSystem } from '../support/test-system.js';

const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';

let emulator: TestEmulator;
let system: TestSystem;
let operator: string;
beforeAll(async () => {
  emulator = await testEmulator();
  const overrides = { ...emulator.settings, VALIDATION_SWEEP_CRON: 'off', CATALOGUE_SYNC_CRON: 'off' };
  system = await TestSystem.start({ worker: true, overrides });
  operator = await system.key(['operate'], 'operator');
});
afterAll(async () => {
  await system.close();
  await emulator.close();
});

const request = (body: object = {}) => system.call('POST', '/v1/sweeps', body, { token: operator });
const newest = async () => (await system.get('/v1/sweeps?limit=1', { token: operator })).body.items[0];
const ended = async (id: string) => {
  await expect.poll(async () => (await newest()).endedAt).not.toBeNull();
  const sweep = await newest();
  expect(sweep.id).toBe(id);
  return sweep;
};
const methodsOf = async (modelId: string): Promise<string[]> => {
  const { body } = await system.get(`/v1/validations?modelId=${modelId}`);
  return body.items.map(({ method }: { method: string }) => method);
};

describe('a requested sweep', () => {
  it('is run by a worker, which says how far it is', async () => {
    emulator.putModel(NOVA_MICRO, { lifecycle: { endOfLifeTime: '2020-01-01T00:00:00Z' } });
    const requested = await request({ modelIds: [NOVA_LITE, NOVA_MICRO] });
    expect(requested).toMatchObject({ status: 202, body: { id: expect.any(String) } });
    expect(await ended(requested.body.id)).toEqual({
      id: requested.body.id,
      state: 'done',
      by: 'service:operator',
      deep: false,
      modelIds: [NOVA_LITE, NOVA_MICRO],
      startedAt: expect.any(String),
      endedAt: expect.any(String),
      checked: 2,
      total: 2,
      failed: 1,
    });
    expect(await methodsOf(NOVA_LITE)).toEqual(['probe', 'control_plane']);
  });

  it('probes deeply what has just answered, if it is to', async () => {
    const { body } = await request({ deep: true, modelIds: [NOVA_LITE] });
    expect(await ended(body.id)).toMatchObject({ state: 'done', deep: true, checked: 1, failed: 0 });
    expect((await methodsOf(NOVA_LITE))[0]).toBe('deep');
  });

  it('names the models that it cannot check', async () => {
    const refused = await request({ modelIds: [NOVA_LITE, 'nope'] });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([{ field: 'modelIds', message: 'unknown or not available: nope' }]);
  });
});

describe('while a sweep is in progress', () => {
  const insert = (slot: string, age: string) =>
    system.environment.owner.query(
      `INSERT INTO validation_sweeps (slot, started_at) VALUES ($1, now() - $2::interval)`,
      [slot, age],
    );

  it('another is refused with its id', async () => {
    // Newer than the sweeps before, however quick they were.
    await insert('of-the-schedule', '-1 second');
    expect(await request()).toMatchObject({
      status: 409,
      body: { code: 'sweep_running', sweepId: 'of-the-schedule' },
    });
    expect(await newest()).toMatchObject({ id: 'of-the-schedule', state: 'running', by: 'schedule' });
  });

  it('but not longer than a sweep can last', async () => {
    await system.environment.owner.query(
      `UPDATE validation_sweeps SET started_at = now() - interval '11 minutes' WHERE slot = 'of-the-schedule'`,
    );
    const { status, body } = await request({ modelIds: [NOVA_LITE] });
    expect(status).toBe(202);
    await ended(body.id);
    const { items } = (await system.get('/v1/sweeps', { token: operator })).body;
    expect(items.find(({ id }: { id: string }) => id === 'of-the-schedule').state).toBe('failed');
  });
});
