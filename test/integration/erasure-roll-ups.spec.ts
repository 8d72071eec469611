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
         (SELECT sum(switches)::int FROM switches_daily WHERE user_id = $1) AS switches,
         (SELECT json_agg(json_build_array(calls, switches)) FROM user_months WHERE user_id = $1) AS months`,
      [user],
    )
  ).rows[0];
const NONE = { failed: null, switches: null, months: null };

it('what is rolled up for a user while it is erased is added to what its pseudonym has', async () => {
  const user = new ErasureSubject(system, `anna-${randomUUID()}`, `secret-${randomUUID()}`);
  await user.live();
  expect(await figuresOf(user.id)).toEqual({ failed: 2, switches: 2, months: [[2, 2]] });
  const { pseudonym } = (await user.erase()).body;
  expect(await figuresOf(user.id)).toEqual(NONE);
  expect(await figuresOf(pseudonym)).toEqual({ failed: 2, switches: 2, months: [[2, 2]] });
  await user.calls(3);
  await user.rollUp();
  expect(await figuresOf(user.id)).toEqual({ failed: 3, switches: null, months: [[3, 0]] });
  await user.complete();
  expect(await figuresOf(user.id)).toEqual(NONE);
  expect(await figuresOf(pseudonym)).toEqual({ failed: 5, switches: 2, months: [[5, 2]] });
});
