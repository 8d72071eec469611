import { afterAll, beforeAll, expect } from 'vitest';
import type { Invocation } from '#libs/costs/invocation.js';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { anInvocation } from './invocation-fixture.js';
import { TestSystem } from './test-system.js';

/** Records calls as the api does. */
export async function recordCalls(
  { api }: Pick<TestSystem, 'api'>,
  ...calls: Partial<Invocation>[]
): Promise<void> {
  const invocations = api.get(InvocationsService, { strict: false });
  for (const call of calls) expect(await invocations.record(anInvocation(call))).toBe('durable');
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
