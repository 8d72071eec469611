import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ErasureSubject } from '../support/erasure-fixture.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system?.close());

it('the application’s role erases audit rows only for an erasure that is recorded, whose record it cannot change', async () => {
  const { app } = system.environment;
  const dora = new ErasureSubject(system, `dora-${randomUUID()}`, `secret-${randomUUID()}`);
  await dora.live();
  const refused = { code: '42501' };
  const pseudonym = `erased:${randomUUID()}`;
  const erase = `SELECT * FROM erase_switches('${dora.id}', $1, 100)`;
  await expect(app.query(erase, [pseudonym])).rejects.toMatchObject(refused);
  await dora.erase();
  for (const change of [`requested_by = 'service:mallory'`, `requested_at = now()`, `person = 'another'`])
    await expect(
      app.query(`UPDATE erasures SET ${change} WHERE person = '${dora.id}'`),
    ).rejects.toMatchObject(refused);
  await dora.complete();
  expect(await dora.traces()).toEqual([]);
});
