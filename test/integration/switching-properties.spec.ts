import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiInstance } from '../support/api-instance.js';
import { type Acknowledged, expectInvariants } from '../support/invariants.js';
import { type Actual, commands, type Expected } from '../support/switch-state-machine.js';
import { TestSystem } from '../support/test-system.js';

const RUNS = 12;
const COMMANDS = 20;

let system: TestSystem;
const instances: ApiInstance[] = [];
const told: Acknowledged[] = [];
const start = () => ApiInstance.start(system.environment.variables);
const restart = async (index: number) => {
  const dying = instances[index]!;
  instances[index] = await start();
  await dying.close();
};

beforeAll(async () => {
  system = await TestSystem.start({ worker: true });
  instances.push(await start(), await start());
});
afterAll(async () => {
  for (const instance of instances) await instance.close();
  await system.close();
});

it('any sequence of switches, conditions, keys, bursts and restarts does what a few lines of a model say', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(commands(COMMANDS), async (sequence) => {
      run += 1;
      const actual: Actual = { run, instances, restart, told };
      const expected: Expected = { model: {}, answers: {} };
      await fc.asyncModelRun(() => ({ model: expected, real: actual }), sequence);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(told.length).toBeGreaterThan(RUNS);
  await expectInvariants(system.environment.owner, told, 90_000);
});
