import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditService } from '#libs/audit/audit.service.js';
import { NOVA_LITE } from '../support/catalogue-editing.js';
import { TestSystem } from '../support/test-system.js';

const OUTBOX = '/v1/outbox';
let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const sql = async (statement: string) => (await system.environment.owner.query(statement)).rows;
const record = (id: string) => system.api.get(AuditService, { strict: false }).record(id);
const list = async (query = '') => (await system.get(`${OUTBOX}${query}`)).body;
const requeue = async (body: object) => (await system.call('POST', `${OUTBOX}/requeue`, body)).body;

/** Makes a switch whose audit row cannot be written, tried until it is a dead letter. */
async function givenUp(conversationId: string): Promise<string> {
  const { body } = await system.act({ action: 'switch', modelId: NOVA_LITE, conversationId, userId: 'u' });
  for (let n = 0; n < 10; n += 1) await expect(record(body.data.switchId)).rejects.toThrow('unwritable');
  return body.data.switchId;
}

it('lists dead letters of switches, and requeues them when somebody has mended the cause', async () => {
  expect(await list()).toEqual({ items: [], nextCursor: null });
  await sql('ALTER TABLE bedrock_model_switches ADD CONSTRAINT unwritable CHECK (false) NOT VALID');
  const ids = [];
  for (const conversation of ['out-1', 'out-2', 'out-3']) ids.push(await givenUp(conversation));
  const { items, nextCursor } = await list('?limit=2');
  expect(items).toMatchObject([
    {
      id: ids[0],
      job: 'switching.record-switch',
      failures: 10,
      lastError: expect.stringContaining('unwritable'),
    },
    { id: ids[1] },
  ]);
  expect((await list(`?limit=2&cursor=${nextCursor}`)).items).toMatchObject([{ id: ids[2] }]);

  await sql('ALTER TABLE bedrock_model_switches DROP CONSTRAINT unwritable');
  expect(await requeue({ id: ids[1] })).toEqual({ requeued: 1 });
  expect(await requeue({ id: ids[1] })).toEqual({ requeued: 0 });
  expect(await requeue({})).toEqual({ requeued: 2 });
  expect(await list()).toEqual({ items: [], nextCursor: null });
  const due = `SELECT count(*)::int AS n FROM outbox WHERE dead_at IS NULL AND failures = 0 AND available_at <= now()`;
  expect(await sql(due)).toEqual([{ n: 3 }]);
  for (const id of ids) await record(id);
  expect(await sql('SELECT count(*)::int AS n FROM outbox')).toEqual([{ n: 0 }]);
  expect(await sql('SELECT count(*)::int AS n FROM bedrock_model_switches')).toEqual([{ n: 3 }]);
});
