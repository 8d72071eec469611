import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ErasureSubject } from '../support/erasure-fixture.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

/** Sums that are stored for a user. */
const figuresOf = async (user: string) =>
  (
    await system.environment.owner.query(
      `SELECT (SELECT sum(failed)::int FROM usage_daily WHERE user_id = $1) AS failed,
         (SELECT sum(guardrail_intervened)::int FROM usage_daily WHERE user_id = $1) AS intervened,
         (SELECT sum(switches)::int FROM switches_daily WHERE user_id = $1) AS switches,
         (SELECT json_agg(json_build_array(calls, switches)) FROM user_months WHERE user_id = $1) AS months`,
      [user],
    )
  ).rows[0];
const NONE = { failed: null, intervened: null, switches: null, months: null };

it('what is rolled up for a user while it is erased is added to what its pseudonym has', async () => {
  const user = new ErasureSubject(system, `anna-${randomUUID()}`, `secret-${randomUUID()}`);
  await user.live();
  await user.calls(1, 'guardrail_intervened');
  await user.rollUp();
  const before = { failed: 2, intervened: 1, switches: 2, months: [[3, 2]] };
  expect(await figuresOf(user.id)).toEqual(before);
  const { pseudonym } = (await user.erase()).body;
  expect(await figuresOf(user.id)).toEqual(NONE);
  expect(await figuresOf(pseudonym)).toEqual(before);
  await user.calls(3);
  await user.calls(1, 'guardrail_intervened');
  await user.rollUp();
  expect(await figuresOf(user.id)).toEqual({ failed: 3, intervened: 1, switches: null, months: [[4, 0]] });
  await user.complete();
  expect(await figuresOf(user.id)).toEqual(NONE);
  expect(await figuresOf(pseudonym)).toEqual({ failed: 5, intervened: 2, switches: 2, months: [[7, 2]] });
});
