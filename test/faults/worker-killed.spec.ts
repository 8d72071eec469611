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
    const acknowledged: Acknowledged[] = [];
    let rounds = 0;
    let metWork = false;
    // Chance decides what a kill meets: the rounds continue until one has met work.
    for (; rounds < ROUNDS || !metWork; rounds += 1) {
      const worker = addWorker(killed);
      const before = await count(killed, 'bedrock_model_switches');
      const answers = burst(killed.api, SWITCHES, `round-${rounds}`);
      // The first row of this round is the sign that the worker is up; from there on chance decides.
      await until(async () => (await count(killed, 'bedrock_model_switches')) > before);
      await delay(Math.random() * 30);
      await worker.kill();
      acknowledged.push(...(await answers));
      metWork ||= (await count(killed, 'outbox')) > 0;
    }
    addWorker(killed);
    await endLeases(killed.environment.owner);
    await expectInvariants(killed.environment.owner, acknowledged);
    expect(await count(killed, 'bedrock_model_switches')).toBe(rounds * SWITCHES);
  });

  it('leaves exactly one audit row per switch, frozen while its successor does the same jobs', async () => {
    const first = addWorker(frozen);
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round === 0 || (await count(frozen, 'outbox')) === 0; round += 1) {
      first.signal('SIGCONT');
      const before = await count(frozen, 'bedrock_model_switches');
      const answers = burst(frozen.api, SWITCHES, `frozen-${round}`);
      await until(async () => (await count(frozen, 'bedrock_model_switches')) > before);
      first.signal('SIGSTOP');
      acknowledged.push(...(await answers));
    }

    addWorker(frozen);
    await endLeases(frozen.environment.owner);
    await expectInvariants(frozen.environment.owner, acknowledged);
    first.signal('SIGCONT');
    acknowledged.push(...(await burst(frozen.api, 50, 'after the thaw')));
    await expectInvariants(frozen.environment.owner, acknowledged);
    expect(await first.stop(), 'the thawed worker did not continue').toBe('exit code 0');
    await expectInvariants(frozen.environment.owner, acknowledged);
  });
});
