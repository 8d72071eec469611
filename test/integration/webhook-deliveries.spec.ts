import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOVA_2_LITE } from '../support/catalogue-editing.js';
import { answering } from '../support/webhook-receiver.js';
import { soon, WEBHOOKS, WebhookSystem } from '../support/webhook-system.js';

const SECRET_TEXT = 'reason of a patient';
let hooks: WebhookSystem;
beforeAll(async () => {
  hooks = await WebhookSystem.start();
});
afterAll(() => hooks?.close());

const listOf = async (id: string, query = '', token = hooks.backEnd) =>
  hooks.system.get(`${WEBHOOKS}/${id}/deliveries${query}`, { token });
const itemsOf = async (id: string, query = '') => (await listOf(id, query)).body.items;
const resend = (id: string, delivery: number | string, token = hooks.backEnd) =>
  hooks.system.call('POST', `${WEBHOOKS}/${id}/deliveries/${delivery}/resend`, undefined, { token });

/** A webhook whose receiver refuses a message twice, then takes it and another one. */
async function recovered(path: string) {
  const hook = await hooks.webhook(path);
  hooks.receiver.behave(path, answering(500));
  await hooks.say(hooks.somebody(), SECRET_TEXT);
  const failures = (count: number) =>
    soon(async () => expect(await hooks.state(hook.id)).toMatchObject({ failures: count }));
  await failures(1);
  await hooks.tryNow(hook.id);
  await failures(2);
  const failing = async () => (await itemsOf(hook.id))[0];
  await soon(async () => expect(await failing()).toMatchObject({ attempt: 2 }));
  const last = await failing();
  hooks.receiver.behave(path, answering(204));
  await hooks.tryNow(hook.id);
  await soon(async () => expect(await hooks.state(hook.id)).toMatchObject({ failures: 0 }));
  await hooks.say(hooks.somebody(), SECRET_TEXT);
  await soon(async () => expect(await itemsOf(hook.id)).toHaveLength(4));
  return { ...hook, last };
}

describe('each attempt to deliver', () => {
  it('is listed with its result, its duration and its next attempt, without the message', async () => {
    const { id, last } = await recovered('/recovered');
    expect(last).toMatchObject({ state: 'failed', nextAttemptAt: expect.any(String) });
    const { body, text } = await listOf(id);
    expect(body.items).toMatchObject([
      { state: 'delivered', attempt: 1, status: 204, error: null },
      { state: 'recovered', attempt: 3, status: 204, error: null },
      { state: 'failed', attempt: 2, status: 500, error: 'answered 500', nextAttemptAt: null },
      { state: 'failed', attempt: 1, status: 500, error: 'answered 500', nextAttemptAt: null },
    ]);
    expect(body.items[1]).toMatchObject({
      webhookId: id,
      url: hooks.receiver.url('/recovered'),
      kind: 'switch',
      seq: expect.any(Number),
      durationMs: expect.any(Number),
      resentBy: null,
    });
    expect(new Set(body.items.slice(1).map(({ messageId }: { messageId: string }) => messageId)).size).toBe(
      1,
    );
    expect(text).not.toContain(SECRET_TEXT);
    const rows = await hooks.sql('SELECT d::text AS row FROM webhook_deliveries d WHERE webhook_id = $1', [
      id,
    ]);
    expect(JSON.stringify(rows)).not.toContain(SECRET_TEXT);
    await hooks.remove(id);
  });

  it('is found by its state, a page at a time, and goes with its webhook', async () => {
    const { id } = await recovered('/paged');
    const states = async (query: string) =>
      (await itemsOf(id, query)).map(({ state }: { state: string }) => state);
    expect(await states('?state=failed')).toEqual(['failed', 'failed']);
    expect(await states('?state=recovered')).toEqual(['recovered']);
    const first = (await listOf(id, '?limit=3')).body;
    const rest = (await listOf(id, `?limit=3&cursor=${first.nextCursor}`)).body;
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([3, 1, null]);
    const all = (await hooks.system.get('/v1/webhook-deliveries?state=failed', { token: hooks.backEnd }))
      .body;
    expect(all.items.map(({ webhookId }: { webhookId: string }) => webhookId)).toEqual([id, id]);
    await hooks.remove(id);
    expect((await listOf(id)).status).toBe(404);
  });

  it('is for the key of its webhook, and for administrators', async () => {
    const { id } = await recovered('/owned');
    const other = await hooks.system.key(['read'], 'dashboard');
    expect((await listOf(id, '', other)).status).toBe(404);
    expect((await hooks.system.get('/v1/webhook-deliveries', { token: other })).body.items).toEqual([]);
    const admin = await hooks.system.key(['admin'], 'administrator');
    expect((await listOf(id, '', admin)).body.items).toHaveLength(4);
    expect((await hooks.system.get('/v1/webhook-deliveries', { token: admin })).body.items).toHaveLength(4);
    expect((await resend(id, (await itemsOf(id))[0].id, other)).status).toBe(404);
    await hooks.remove(id);
  });

  it.each(['?state=lost', '?limit=0', '?cursor=x', '?since=1'])('a list by %s is refused', async (query) => {
    const { id } = await hooks.webhook('/refused');
    const { status, body } = await listOf(id, query);
    expect([status, body.errors[0].field]).toEqual([400, expect.any(String)]);
    await hooks.remove(id);
  });
});

describe('a resend', () => {
  it('has the same id, the same content and a fresh signature, and moves no position', async () => {
    const { id } = await recovered('/again');
    const sent = hooks.receiver.at('/again');
    const before = await hooks.state(id);
    const [, oldest] = (await itemsOf(id)).toReversed();
    const { status, body } = await resend(id, oldest.id);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'delivered',
      attempt: null,
      status: 204,
      resentBy: 'service:push',
      messageId: oldest.messageId,
    });
    const again = hooks.receiver.at('/again').at(-1)!;
    expect(again).toMatchObject({ id: sent[0]!.id, body: sent[0]!.body });
    expect(hooks.receiver.at('/again')).toHaveLength(5);
    expect(await hooks.state(id)).toEqual(before);
    hooks.receiver.behave('/again', answering(410));
    expect((await resend(id, oldest.id)).body).toMatchObject({
      state: 'failed',
      status: 410,
      nextAttemptAt: null,
    });
    expect((await itemsOf(id))[0]).toMatchObject({ resentBy: 'service:push', state: 'failed' });
    await hooks.remove(id);
  });

  it('of one part of the followers of a use case goes to those users', async () => {
    const { id } = await hooks.webhook('/parts');
    await hooks.crowd('part', 'health');
    await hooks.system.act({ action: 'switch', modelId: NOVA_2_LITE, useCase: 'health' });
    await soon(async () => expect((await itemsOf(id)).length).toBeGreaterThanOrEqual(2));
    const [second] = await itemsOf(id);
    expect((await resend(id, second.id)).status).toBe(201);
    const [original, again] = hooks.receiver
      .at('/parts')
      .filter(({ id: message }) => message === second.messageId);
    expect(again!.body).toBe(original!.body);
    await hooks.sql(
      `UPDATE ai_conversation_follows SET user_id = 'erased' WHERE conversation_id LIKE 'part-%'`,
    );
    expect(await resend(id, second.id)).toMatchObject({
      status: 409,
      body: { code: 'delivery_not_resendable' },
    });
    await hooks.remove(id);
  });

  it('of what is not kept, is of another webhook, or has no valid key, sends nothing', async () => {
    const { id } = await recovered('/gone');
    const other = await hooks.webhook('/other');
    const [newest] = await itemsOf(id);
    const sent = hooks.receiver.received.length;
    expect(await resend(other.id, newest.id)).toMatchObject({
      status: 404,
      body: { code: 'delivery_not_found' },
    });
    expect((await resend(id, 'x')).status).toBe(400);
    expect((await resend(id, 0)).status).toBe(400);
    await hooks.sql('DELETE FROM notifications WHERE id = $1', [newest.notificationId]);
    expect((await itemsOf(id))[0]).toMatchObject({ seq: null, title: null });
    expect((await resend(id, newest.id)).body).toMatchObject({ code: 'delivery_not_resendable' });
    await hooks.sql(`UPDATE service_keys SET revoked_at = now() WHERE name = 'push'`);
    const waiting = await hooks.system.call('POST', `${WEBHOOKS}/${id}/deliveries/${newest.id}/resend`);
    expect(waiting).toMatchObject({ status: 409, body: { code: 'webhook_waiting' } });
    expect(hooks.receiver.received).toHaveLength(sent);
  });
});
