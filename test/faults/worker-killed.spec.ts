import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Acknowledged, endLeases, expectInvariants } from '../support/invariants.js';
import { BuiltApi, type BuiltProcess, startWorker } from '../support/processes.js';
import { burst } from '../support/switch-load.js';
import { createTestEnvironment, FAULT_TIMEOUTS, type TestEnvironment } from '../support/test-env.js';

const ROUNDS = 3;
/** More than are recorded until the kill comes: rows are written in groups. */
const SWITCHES = 160;

interface Scene {
  environment: TestEnvironment;
  api: BuiltApi;
  workers: BuiltProcess[];
}
const scenes: Scene[] = [];

async function scene(): Promise<Scene> {
  const environment = await createTestEnvironment(FAULT_TIMEOUTS);
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
    for (let round = 0; round < ROUNDS; round += 1) {
      const worker = addWorker(killed);
      const before = await count(killed, 'bedrock_model_switches');
      const answers = burst(killed.api, SWITCHES, `round-${round}`);
      // The first row of this round is the sign that the worker is up; from there on chance decides.
      await until(async () => (await count(killed, 'bedrock_model_switches')) > before);
      await delay(Math.random() * 30);
      await worker.kill();
      told.push(...(await answers));
      workHalfDone.push((await count(killed, 'outbox')) > 0);
    }
    expect(workHalfDone, 'no kill met any work').toContain(true);
    addWorker(killed);
    await endLeases(killed.environment.owner);
    await expectInvariants(killed.environment.owner, told);
    expect(await count(killed, 'bedrock_model_switches')).toBe(ROUNDS * SWITCHES);
  });

  it('leaves exactly one audit row per switch, frozen while its successor does the same jobs', async () => {
    const first = addWorker(frozen);
    const answers = burst(frozen.api, SWITCHES, 'frozen');
    await until(async () => (await count(frozen, 'bedrock_model_switches')) > 0);
    first.signal('SIGSTOP');
    const told = await answers;
    const leftOver = await count(frozen, 'outbox');
    expect(leftOver, 'it was frozen too late to leave work').toBeGreaterThan(0);

    addWorker(frozen);
    await endLeases(frozen.environment.owner);
    await expectInvariants(frozen.environment.owner, told);
    first.signal('SIGCONT');
    told.push(...(await burst(frozen.api, 50, 'after the thaw')));
    await expectInvariants(frozen.environment.owner, told);
    expect(await first.stop(), 'the thawed worker did not continue').toBe('exit code 0');
    await expectInvariants(frozen.environment.owner, told);
  });
});
