import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { AuditService } from '#libs/audit/audit.service.js';
import { recordSwitch } from '#libs/switching/switching.jobs.js';
import { NOVA_LITE } from '../support/catalogue-editing.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const sql = async (statement: string, values: unknown[] = []) =>
  (await system.environment.owner.query(statement, values)).rows;
const record = ([first, ...others]: string[]) =>
  system.api.get(AuditService, { strict: false }).record(first!, others);

/** The ids of so many switches that have no audit row yet. */
async function switched(name: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const body = {
      action: 'switch',
      modelId: NOVA_LITE,
      conversationId: `${name}-${n}`,
      userId: `user-${n}`,
    };
    ids.push((await system.act(body)).body.data.switchId);
  }
  return ids;
}
const waiting = (ids: string[]) =>
  sql('SELECT id, failures FROM outbox WHERE id = ANY($1) ORDER BY id', [ids]);
const audited = (ids: string[]) =>
  sql('SELECT id, created_at, cost_impact_estimated FROM bedrock_model_switches WHERE id = ANY($1)', [ids]);

it('a group has all its audit rows and notifications in one transaction, each with its own cost', async () => {
  const ids = await switched('group', 5);
  await record(ids);
  const rows = await audited(ids);
  expect(rows.map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(new Set(rows.map(({ created_at }) => created_at.getTime())).size).toBe(1);
  expect(await waiting(ids)).toEqual([]);
  const told = await sql('SELECT user_id FROM notifications WHERE id = ANY($1) ORDER BY user_id', [ids]);
  expect(told.map(({ user_id }) => user_id)).toEqual(['user-0', 'user-1', 'user-2', 'user-3', 'user-4']);
});

it('one that cannot be written holds up no other, and only its own failures are counted', async () => {
  const ids = await switched('bad', 4);
  await sql(
    `ALTER TABLE bedrock_model_switches ADD CONSTRAINT unwritable CHECK (conversation_id <> 'bad-2') NOT VALID`,
  );
  await expect(record(ids)).rejects.toThrow('unwritable');
  expect((await audited(ids)).map(({ id }) => id).sort()).toEqual(ids.filter((_, n) => n !== 2).sort());
  expect(await waiting(ids)).toEqual([{ id: ids[2], failures: 1 }]);
  await sql('ALTER TABLE bedrock_model_switches DROP CONSTRAINT unwritable');
  await record([ids[2]!]);
  expect(await waiting(ids)).toEqual([]);
});

it('an entry without a switch holds up no other', async () => {
  const stray = randomUUID();
  await sql(`INSERT INTO outbox (id, job) VALUES ($1, 'switching.record-switch')`, [stray]);
  const ids = await switched('stray', 2);
  await expect(record([stray, ...ids])).rejects.toThrow(`outbox entry ${stray} has no event`);
  expect(await audited(ids)).toHaveLength(2);
  expect(await waiting([stray, ...ids])).toEqual([{ id: stray, failures: 1 }]);
});

it('groups that have some in common, and the same group again, write each audit row once', async () => {
  const ids = await switched('common', 12);
  const groups = [ids, [...ids].reverse(), ids.slice(3, 9), ids.slice(6), ids];
  await Promise.all(groups.map(record));
  expect(await audited(ids)).toHaveLength(12);
  expect(await waiting(ids)).toEqual([]);
  await record(ids);
  expect(await audited(ids)).toHaveLength(12);
});

it('jobs of the release before are understood, and that release understands the first of ours', () => {
  const [id, other] = [randomUUID(), randomUUID()];
  expect(recordSwitch.payload.parse({ id })).toEqual({ id, others: [] });
  const before = z.object({ id: z.uuid() });
  expect(before.parse(recordSwitch.payload.parse({ id, others: [other] }))).toEqual({ id });
});
