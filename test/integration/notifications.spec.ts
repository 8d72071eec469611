import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '#libs/audit/audit.service.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { HAIKU, NOVA_2_LITE, NOVA_LITE, OPUS, PIXTRAL, SONNET } from '../support/catalogue-editing.js';
import { eventually } from '../support/eventually.js';
import { TestSystem, userToken } from '../support/test-system.js';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const LIST = '/v1/notifications';
const service = <T>(type: abstract new (...args: never[]) => T) => system.api.get<T>(type, { strict: false });
const publish = () => service(NotificationPublisher).publish();
const sql = async (statement: string, values: unknown[] = []) =>
  (await system.environment.owner.query(statement, values)).rows;
const feedOf = async (user: string, query = '') =>
  (await system.get(`${LIST}?${query}`, { token: await userToken(user) })).body.items;
const idsOf = async (user: string, query = '') =>
  (await feedOf(user, query)).map(({ id }: { id: string }) => id);
const operators = async (query = '') =>
  (await system.get(`${LIST}?${query}`)).body.items.map(({ id }: { id: string }) => id);

/** Switches, and does what the worker then does. @returns the id of the switch */
async function switched(request: object): Promise<string> {
  const { body } = await system.act(request);
  expect(body.data).toMatchObject({ switched: true });
  await service(AuditService).record(body.data.switchId);
  await publish();
  return body.data.switchId;
}
const pick = (conversationId: string, userId: string, modelId: string, more: object = {}) =>
  switched({ action: 'switch', modelId, conversationId, userId, ...more });
const pickForAll = (useCase: string, modelId: string) => switched({ action: 'switch', modelId, useCase });

describe('a switch of a conversation', () => {
  it('notifies its owner, and nobody else', async () => {
    const id = await pick('own-1', 'anna', NOVA_LITE, { reason: 'Cost optimization' });
    expect(await feedOf('anna')).toMatchObject([
      { id, switchId: id, kind: 'switch', conversationId: 'own-1', reason: 'Cost optimization' },
    ]);
    expect(await idsOf('ben')).toEqual([]);
    expect(await operators()).not.toContain(id);
  });

  it('has one notification however often and by how many its audit row is written', async () => {
    const { body } = await system.act({
      action: 'switch',
      modelId: NOVA_LITE,
      conversationId: 'once-1',
      userId: 'cleo',
    });
    const record = () => service(AuditService).record(body.data.switchId);
    await Promise.all(Array.from({ length: 6 }, record));
    await record();
    await Promise.all(Array.from({ length: 6 }, publish));
    expect(await idsOf('cleo')).toEqual([body.data.switchId]);
  });

  it('has its audit row and its notification together, or neither', async () => {
    const { body } = await system.act({
      action: 'switch',
      modelId: NOVA_LITE,
      conversationId: 'both-1',
      userId: 'dora',
    });
    const id = body.data.switchId;
    const stored = () =>
      sql(
        `SELECT (SELECT count(*) FROM bedrock_model_switches WHERE id = $1)::int AS audited,
           (SELECT count(*) FROM notifications WHERE id = $1)::int AS told`,
        [id],
      );
    await sql(`ALTER TABLE notifications ADD CONSTRAINT nobody CHECK (user_id <> 'dora')`);
    await expect(service(AuditService).record(id)).rejects.toThrow('nobody');
    expect(await stored()).toEqual([{ audited: 0, told: 0 }]);
    await sql('ALTER TABLE notifications DROP CONSTRAINT nobody');
    await service(AuditService).record(id);
    expect(await stored()).toEqual([{ audited: 1, told: 1 }]);
  });

  it('without a notification to show is silent: stored, and only listed where that is asked for', async () => {
    const id = await pick('silent-1', 'emil', NOVA_LITE, { showNotification: false });
    expect(await idsOf('emil')).toEqual([]);
    expect(await feedOf('emil', 'includeSilent=true')).toMatchObject([{ id, silent: true }]);
  });
});

describe('a switch of a use case', () => {
  it('is one notification that reaches the followers of that time, and operators', async () => {
    const before = (await sql('SELECT count(*)::int AS n FROM notifications'))[0].n;
    await pick('pinned-1', 'pinned', OPUS, { useCase: undefined });
    await switched({ action: 'auto-switch', useCase: 'clinical', conversationId: 'left-1', userId: 'left' });
    await pick('left-1', 'left', HAIKU);
    const id = await pickForAll('clinical', HAIKU);
    await switched({ action: 'auto-switch', useCase: 'clinical', conversationId: 'late-1', userId: 'late' });
    expect((await sql('SELECT count(*)::int AS n FROM notifications'))[0].n).toBe(before + 5);
    for (const follower of ['user-456', 'user-457']) expect(await idsOf(follower)).toEqual([id]);
    for (const other of ['pinned', 'left', 'late', 'user-458']) expect(await idsOf(other)).not.toContain(id);
    expect(await operators()).toContain(id);
  });

  it('stays with a user that has left since, and is there once for a user with many conversations', async () => {
    for (const n of [1, 2, 3])
      await switched({
        action: 'auto-switch',
        useCase: 'operations',
        conversationId: `many-${n}`,
        userId: 'greta',
      });
    const id = await pickForAll('operations', PIXTRAL);
    for (const n of [1, 2, 3]) await pick(`many-${n}`, 'greta', NOVA_LITE);
    const later = await pickForAll('operations', NOVA_2_LITE);
    const seen = await idsOf('greta');
    expect(seen.filter((each: string) => each === id)).toHaveLength(1);
    expect(seen).not.toContain(later);
  });
});

describe('what was seen', () => {
  const receipt = async (path: string, user: string) =>
    system.call('POST', `${LIST}/${path}`, undefined, { token: await userToken(user) });

  it('is remembered from the first time on, and acknowledging implies having seen', async () => {
    const id = await pick('seen-1', 'hanna', NOVA_LITE);
    expect(await feedOf('hanna')).toMatchObject([{ shownAt: null, acknowledgedAt: null }]);
    const before = Date.now();
    const shown = await receipt(`${id}/shown`, 'hanna');
    expect(shown).toMatchObject({ status: 200, body: { id, acknowledgedAt: null } });
    const { shownAt } = shown.body;
    expect(Date.parse(shownAt)).toBeGreaterThanOrEqual(before);
    const first = (await receipt(`${id}/ack`, 'hanna')).body;
    expect(first).toMatchObject({ shownAt, acknowledgedAt: expect.any(String) });
    for (const path of ['ack', 'shown'])
      expect((await receipt(`${id}/${path}`, 'hanna')).body).toEqual(first);
    const [audit] = await sql('SELECT notification_shown FROM bedrock_model_switches WHERE id = $1', [id]);
    expect(audit).toEqual({ notification_shown: true });

    const other = await pick('seen-2', 'hanna', NOVA_LITE);
    const { body } = await receipt(`${other}/ack`, 'hanna');
    expect(body.shownAt).toBe(body.acknowledgedAt);
    expect(await idsOf('hanna', 'unacknowledged=true')).toEqual([]);
    expect(await idsOf('hanna')).toEqual([other, id]);
  });

  it('is remembered for each user, and for the key of each operator', async () => {
    const id = await pickForAll('clinical', OPUS);
    await receipt(`${id}/ack`, 'user-456');
    expect(await idsOf('user-456', 'unacknowledged=true')).not.toContain(id);
    expect(await idsOf('user-457', 'unacknowledged=true')).toContain(id);
    expect(await operators('unacknowledged=true')).toContain(id);
    const token = await system.key(['read'], 'dashboard');
    await system.call('POST', `${LIST}/${id}/ack`, undefined, { token });
    const url = `${LIST}?unacknowledged=true`;
    const left = (await system.get(url, { token })).body.items.map((item: { id: string }) => item.id);
    expect(left).not.toContain(id);
    expect(await operators('unacknowledged=true')).toContain(id);
  });

  it('is the same when ten devices say it concurrently', async () => {
    const id = await pick('devices-1', 'ida', NOVA_LITE);
    const answers = await Promise.all(Array.from({ length: 10 }, () => receipt(`${id}/ack`, 'ida')));
    expect(new Set(answers.map(({ body }) => body.acknowledgedAt)).size).toBe(1);
  });
});

describe('a page', () => {
  it('continues where the one before ended, newest first, without a gap and without a repeat', async () => {
    const models = [NOVA_LITE, SONNET, HAIKU, OPUS, SONNET];
    await switched({ action: 'auto-switch', useCase: 'health', conversationId: 'page-0', userId: 'jan' });
    const made: string[] = [];
    for (const [n, model] of models.entries()) made.push(await pick(`page-${1 + (n % 2)}`, 'jan', model));
    made.push(await pickForAll('health', NOVA_2_LITE));
    const token = await userToken('jan');
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await system.get(`${LIST}?limit=2${cursor}`, { token });
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen.slice(0, 6)).toEqual([...made].reverse());
    expect(seen).toHaveLength(7);
  });
});

describe('the order of publication', () => {
  const insert = (db: { query(sql: string): Promise<unknown> }, name: string) =>
    db.query(
      `INSERT INTO notifications (id, kind, audience, user_id, type, title, message, model_id, model_name, silent, occurred_at)
       VALUES (gen_random_uuid(), 'switch', 'user', 'late-commit', 'auto', 't', '${name}', 'm', 'm', false, now())`,
    );
  const messages = async (after: number) =>
    sql(
      `SELECT seq::int, message FROM notifications WHERE user_id = 'late-commit' AND seq > $1 ORDER BY seq`,
      [after],
    );

  it('puts what is committed late behind what was read, never before it', async () => {
    const slow = service(DataSource).createQueryRunner();
    await slow.startTransaction();
    await insert(slow, 'begun first');
    await insert(service(DataSource), 'committed first');
    await publish();
    const [seen, ...none] = await messages(0);
    expect(seen.message).toBe('committed first');
    expect(none).toEqual([]);
    await slow.commitTransaction();
    await slow.release();
    await publish();
    expect(await messages(seen.seq)).toMatchObject([{ message: 'begun first' }]);
  });

  it('has no number twice and none missing for a concurrent reader, with many publishers', async () => {
    const read: string[] = [];
    let last = (await messages(0)).at(-1).seq;
    const follow = async () => {
      for (const row of await messages(last)) {
        read.push(row.message);
        last = row.seq;
      }
    };
    let writing = true;
    const writers = Promise.all(
      Array.from({ length: 8 }, async (_, w) => {
        for (let n = 0; n < 15; n += 1) {
          await insert(service(DataSource), `${w}-${n}`);
          await publish();
        }
      }),
    ).finally(() => {
      writing = false;
    });
    while (writing) await follow();
    await writers;
    await follow();
    expect(read).toHaveLength(120);
    expect(new Set(read).size).toBe(120);
  });
});

it('reaches the list through the worker shortly', async () => {
  const running = await TestSystem.start({ worker: true });
  const mine = { conversationId: 'conv-123', userId: 'user-456' };
  const { body } = await running.act({ action: 'switch', modelId: HAIKU, ...mine });
  await eventually(async () => {
    const { body: page } = await running.get(`${LIST}?userId=user-456`);
    expect(page).toMatchObject({ items: [{ id: body.data.switchId, seq: 1 }], nextCursor: null });
  });
  await running.close();
});
