import { afterAll, beforeAll, expect } from 'vitest';
import type { Invocation } from '#libs/costs/invocation.js';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { eventually } from './eventually.js';
import { anInvocation } from './invocation-fixture.js';
import { TestSystem } from './test-system.js';

/** On a slow machine the first answer may be that the call is in the journal. A call is recorded once, however often. */
export const recordDurably = (invocations: Pick<InvocationsService, 'record'>, call: Invocation) =>
  eventually(async () => expect(await invocations.record(call)).toBe('durable'));

/** Records calls as the api does. */
export async function recordCalls(
  { api }: Pick<TestSystem, 'api'>,
  ...calls: Partial<Invocation>[]
): Promise<void> {
  const invocations = api.get(InvocationsService, { strict: false });
  for (const call of calls) await recordDurably(invocations, anInvocation(call));
}

/** Starts a system that counts calls and adds them up, for the tests of a file. It has no worker: tests take each step. */
export function useUsageSystem() {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start();
  });
  afterAll(() => system.close());
  const counting = {
    get system() {
      return system;
    },
    get invocations() {
      return system.api.get(InvocationsService, { strict: false });
    },
    get usage() {
      return system.api.get(UsageService, { strict: false });
    },
    ask: async (sql: string, values: unknown[] = []) =>
      (await system.environment.owner.query(sql, values)).rows,
    record: (...calls: Partial<Invocation>[]) => recordCalls(system, ...calls),
  };
  return counting;
}
