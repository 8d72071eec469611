import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Acknowledged, expectInvariants } from '../support/invariants.js';
import { BuiltApi, type BuiltProcess, startWorker } from '../support/processes.js';
import { burst } from '../support/switch-load.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

/** A job of a dead worker is published again when its lease of 15 s is over. */
const LEASES_OVER_MS = 30_000;

interface Scene {
  environment: TestEnvironment;
  api: BuiltApi;
  workers: BuiltProcess[];
}
const scenes: Scene[] = [];

async function scene(): Promise<Scene> {
  const environment = await createTestEnvironment();
  const api = await BuiltApi.start(environment.variables);
  const made = { environment, api, workers: [] };
  scenes.push(made);
  return made;
}

function addWorker({ environment, workers }: Scene): BuiltProcess {
  const worker = startWorker(environment.variables);
  workers.push(worker);
  return worker;
}

async function count({ environment }: Scene, table: 'outbox' | 'bedrock_model_switches'): Promise<number> {
  const { rows } = await environment.owner.query(`SELECT count(*)::int AS rows FROM ${table}`);
  return rows[0].rows;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(5);
}

describe.concurrent('the worker', () => {
  let killed: Scene;
  let frozen: Scene;
  beforeAll(async () => {
    [killed, frozen] = await Promise.all([scene(), scene()]);
  });
  afterAll(async () => {
    await Promise.all(scenes.flatMap(({ api, workers }) => [api, ...workers]).map((one) => one.stop()));
    await Promise.all(scenes.map(({ environment }) => environment.close()));
  });

  it('leaves exactly one audit row per acknowledged switch, killed in the middle of its work again and again', async () => {
    const told: Acknowledged[] = [];
    const workHalfDone: boolean[] = [];
    for (let round = 0; round < 5; round += 1) {
      const worker = addWorker(killed);
      const before = await count(killed, 'bedrock_model_switches');
      const answers = burst(killed.api, 80, `round-${round}`);
      // The first row of this round is the sign that the worker is up; from there on chance decides.
      await until(async () => (await count(killed, 'bedrock_model_switches')) > before);
      await delay(Math.random() * 60);
      await worker.kill();
      workHalfDone.push((await count(killed, 'outbox')) > 0);
      told.push(...(await answers));
    }
    expect(workHalfDone, 'no kill met any work').toContain(true);
    addWorker(killed);
    await expectInvariants(killed.environment.owner, told, LEASES_OVER_MS);
    expect(await count(killed, 'bedrock_model_switches')).toBe(5 * 80);
  });

  it('leaves exactly one audit row per switch, frozen while its successor does the same jobs', async () => {
    const first = addWorker(frozen);
    const answers = burst(frozen.api, 150, 'frozen');
    await until(async () => (await count(frozen, 'bedrock_model_switches')) > 0);
    first.signal('SIGSTOP');
    const told = await answers;
    const leftOver = await count(frozen, 'outbox');
    expect(leftOver, 'it was frozen too late to leave work').toBeGreaterThan(0);

    addWorker(frozen);
    await expectInvariants(frozen.environment.owner, told, LEASES_OVER_MS);
    first.signal('SIGCONT');
    told.push(...(await burst(frozen.api, 50, 'after the thaw')));
    await expectInvariants(frozen.environment.owner, told, LEASES_OVER_MS);
    expect(await first.stop(), 'the thawed worker did not go on').toBe('exit code 0');
    await expectInvariants(frozen.environment.owner, told, LEASES_OVER_MS);
  });
});
