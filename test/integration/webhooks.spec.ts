import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebhookDelivery } from '#libs/notifications/webhooks/webhook-delivery.service.js';
import { NOVA_2_LITE, NOVA_LITE } from '../support/catalogue-editing.js';
import { answering, documented, type WebhookReceiver } from '../support/webhook-receiver.js';
import { type MadeWebhook, soon, WEBHOOKS, WebhookSystem } from '../support/webhook-system.js';

const { createReceiver, isGenuine } = documented;
let hooks: WebhookSystem;
let receiver: WebhookReceiver;
beforeAll(async () => {
  hooks = await WebhookSystem.start();
  receiver = hooks.receiver;
});
afterAll(() => hooks.close());

describe('a notification', () => {
  it('reaches a back end as in the list, with its recipients, and verifies with the documented code', async () => {
    const { id, secret } = await hooks.webhook('/as-listed');
    const mine = { conversationId: 'hook-1', userId: 'user-hook' };
    const { body } = await hooks.system.act({
      action: 'switch',
      modelId: NOVA_LITE,
      reason: 'Cost',
      ...mine,
    });
    const find = () => receiver.at('/as-listed').find((each) => each.id === body.data.switchId);
    await soon(() => expect(find()).toBeDefined());
    const { headers, body: text, message } = find()!;
    const listed = (await hooks.system.get('/v1/notifications?userId=user-hook')).body.items[0];
    const { shownAt, acknowledgedAt, ...content } = listed;
    expect(message).toEqual({
      type: 'notification.switch',
      timestamp: listed.createdAt,
      data: { ...content, recipients: ['user-hook'] },
    });
    expect(isGenuine(secret, headers, text)).toBe(true);
    expect(isGenuine(secret, headers, `${text} `)).toBe(false);
    expect(isGenuine(secret, { ...headers, 'webhook-id': 'other' }, text)).toBe(false);
    expect(isGenuine(secret, { ...headers, 'webhook-timestamp': '1764000000' }, text)).toBe(false);
    await soon(async () =>
      expect(await hooks.state(id)).toMatchObject({ position: listed.seq, deliveredAt: expect.any(String) }),
    );
    expect(Object.keys(await hooks.state(id))).not.toContain('secret');
    await hooks.remove(id);
  });

  it('of a use case names the users that it has reached, in parts with separate ids', async () => {
    const { id } = await hooks.webhook('/followers');
    await hooks.crowd('crowd', 'health');
    const { body } = await hooks.system.act({ action: 'switch', modelId: NOVA_2_LITE, useCase: 'health' });
    const parts = () => receiver.at('/followers').filter((each) => each.id.startsWith(body.data.switchId));
    await soon(() => expect(parts()).toHaveLength(2));
    const crowd = parts().flatMap(({ message }) => message.data.recipients as string[]);
    expect(crowd.filter((user) => user.startsWith('crowd-'))).toHaveLength(700);
    expect(new Set(crowd).size).toBe(crowd.length);
    expect(new Set(parts().map((part) => part.id)).size).toBe(2);
    await hooks.remove(id);
  });

  it('goes to whom it concerns: users’ to one feed, operators’ to the other, silent ones to none', async () => {
    const user = hooks.somebody();
    const dashboard = await hooks.system.key(['read'], 'dashboard');
    const users = await hooks.webhook('/users');
    const operators = await hooks.webhook('/operators', 'operators', dashboard);
    await hooks.say(user, 'silent', true);
    await hooks.say(null, 'for operators');
    await hooks.say(user, 'for a user');
    await soon(() => {
      expect(hooks.textsAt('/users', user)).toEqual(['for a user']);
      expect(receiver.at('/operators').map(({ message }) => message.data)).toMatchObject([
        { message: 'for operators', recipients: null },
      ]);
    });
    expect(receiver.at('/users')).toHaveLength(1);
    await hooks.remove(users.id);
    await hooks.system.call('DELETE', `${WEBHOOKS}/${operators.id}`);
  });
});

describe('a receiver that does not take it', () => {
  it('gets everything later, in order, and once', async () => {
    const { id } = await hooks.webhook('/broken');
    const user = hooks.somebody();
    receiver.behave('/broken', answering(500));
    for (const n of [1, 2, 3]) await hooks.say(user, String(n));
    await soon(async () =>
      expect(await hooks.state(id)).toMatchObject({
        status: 'failing',
        failures: 1,
        lastError: 'answered 500',
        nextAttemptAt: expect.any(String),
      }),
    );
    expect(hooks.textsAt('/broken', user)).toEqual(['1']);
    receiver.behave('/broken', answering(204));
    await hooks.tryNow(id);
    await soon(() => expect(hooks.textsAt('/broken', user)).toEqual(['1', '1', '2', '3']));
    const [first, again] = receiver.at('/broken');
    expect(again).toMatchObject({ id: first!.id, body: first!.body });
    await soon(async () =>
      expect(await hooks.state(id)).toMatchObject({ status: 'active', failures: 0, lastError: null }),
    );
    await hooks.remove(id);
  });

  it.each<[string, Parameters<WebhookReceiver['behave']>[1], string]>([
    ['is slow', () => undefined, 'no answer within 1.5 s'],
    ['redirects', answering(307, { location: '/elsewhere' }), 'answered 307, and redirects are not followed'],
    ['hangs up', (response) => response.destroy(), 'not reachable (ECONNRESET)'],
  ])('and %s: its webhook says so', async (how, behaviour, lastError) => {
    const path = `/${how.replaceAll(' ', '-')}`;
    const { id } = await hooks.webhook(path);
    receiver.behave(path, behaviour);
    await hooks.say(hooks.somebody());
    await soon(async () => expect(await hooks.state(id)).toMatchObject({ status: 'failing', lastError }));
    expect(receiver.at('/elsewhere')).toEqual([]);
    await hooks.remove(id);
  });

  it('is left alone after days, with a notification to operators, until somebody lets it continue', async () => {
    const { id } = await hooks.webhook('/away');
    const user = hooks.somebody();
    receiver.behave('/away', answering(503));
    await hooks.say(user, 'kept');
    await soon(async () => expect(await hooks.state(id)).toMatchObject({ failures: 1 }));
    await hooks.sql(
      `UPDATE webhooks SET failures = 9, failing_since = now() - interval '4 days' WHERE id = $1`,
      [id],
    );
    await hooks.tryNow(id);
    await soon(async () =>
      expect(await hooks.state(id)).toMatchObject({ status: 'disabled', nextAttemptAt: null }),
    );
    const alerts = async () => (await hooks.system.get('/v1/notifications?kind=alert')).body.items;
    await soon(async () =>
      expect(await alerts()).toMatchObject([
        { title: 'Webhook Switched Off', message: expect.stringContaining(`resume ${id}`) },
      ]),
    );
    receiver.behave('/away', answering(204));
    expect((await hooks.post(id, 'resume', {})).body).toMatchObject({ status: 'active', failures: 0 });
    await soon(() => expect(hooks.textsAt('/away', user).at(-1)).toBe('kept'));
    await soon(async () => expect((await hooks.state(id)).deliveredAt).not.toBeNull());
    const before = hooks.textsAt('/away', user).length;
    await hooks.post(id, 'resume', { after: 0 });
    await soon(() => expect(hooks.textsAt('/away', user)).toHaveLength(before + 1));
    await hooks.remove(id);
  });
});

describe('a worker that dies between the delivery and the position', () => {
  it('has it delivered again with the same id, and nothing left out', async () => {
    const { id } = await hooks.webhook('/died');
    const user = hooks.somebody();
    const { position } = await hooks.state(id);
    // Refuses what a dead worker does not do; its lease ends by itself, for which nobody waits. The sequence
    // counts refusals: it is not rolled back with them.
    await hooks.sql(`CREATE SEQUENCE deaths; GRANT USAGE ON SEQUENCE deaths TO PUBLIC;
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM nextval('deaths'); RAISE EXCEPTION 'died'; END $$;
      CREATE TRIGGER died BEFORE UPDATE ON webhooks FOR EACH ROW
        WHEN (NEW.id = '${id}' AND NEW.position > ${position}) EXECUTE FUNCTION die()`);
    for (const text of ['1', '2']) await hooks.say(user, text);
    await soon(async () =>
      expect(await hooks.sql('SELECT is_called FROM deaths')).toMatchObject([{ is_called: true }]),
    );
    expect(hooks.textsAt('/died', user)).toEqual(['1']);
    expect((await hooks.state(id)).position).toBe(position);
    await hooks.sql('DROP TRIGGER died ON webhooks; DROP FUNCTION die(); DROP SEQUENCE deaths');
    await hooks.tryNow(id);
    await soon(() => expect(hooks.textsAt('/died', user)).toEqual(['1', '1', '2']));
    const [first, second] = receiver.at('/died');
    expect(second!.id).toBe(first!.id);
    await hooks.remove(id);
  });

  it('and whose lease another has taken moves nothing when it comes back', async () => {
    const { id } = await hooks.webhook('/frozen');
    let release = () => {};
    receiver.behave('/frozen', (response) => {
      release = () => response.writeHead(204).end();
    });
    await hooks.say(hooks.somebody());
    await soon(() => expect(receiver.at('/frozen')).toHaveLength(1));
    const { position } = await hooks.state(id);
    await hooks.sql(
      `UPDATE webhooks SET lease = gen_random_uuid(), leased_until = now() + interval '1 hour' WHERE id = $1`,
      [id],
    );
    release();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await hooks.state(id)).position).toBe(position);
    await hooks.remove(id);
  });

  it('is one of two that deliver: each message goes out once', async () => {
    const { id } = await hooks.webhook('/two');
    const user = hooks.somebody();
    const other = hooks.system.api.get(WebhookDelivery, { strict: false });
    const texts = Array.from({ length: 20 }, (_, n) => String(n));
    for (const text of texts) {
      await hooks.say(user, text);
      other.trigger();
    }
    await soon(() => expect(hooks.textsAt('/two', user)).toHaveLength(20));
    expect(hooks.textsAt('/two', user)).toEqual(texts);
    await hooks.remove(id);
  });
});

describe('a secret', () => {
  it('is replaced while both sign, and is nowhere in the database', async () => {
    const { id, secret } = await hooks.webhook('/rotated');
    const rotated = (await hooks.post(id, 'rotate', {})).body as MadeWebhook;
    expect(rotated.secret).not.toBe(secret);
    expect((await hooks.post(id, 'test')).body).toEqual({ delivered: true, status: 204, error: null });
    const { headers, body, message } = receiver.at('/rotated').at(-1)!;
    expect(message).toMatchObject({ type: 'webhook.test', data: { webhookId: id } });
    for (const each of [secret, rotated.secret]) expect(isGenuine(each, headers, body)).toBe(true);
    await hooks.post(id, 'rotate', { overlapSeconds: 0 });
    await hooks.post(id, 'test');
    const last = receiver.at('/rotated').at(-1)!;
    for (const each of [secret, rotated.secret]) expect(isGenuine(each, last.headers, last.body)).toBe(false);
    const [row] = await hooks.sql('SELECT w::text AS row FROM webhooks w WHERE id = $1', [id]);
    for (const each of [secret, rotated.secret]) expect(row.row).not.toContain(each.slice(6, 40));
    await hooks.remove(id);
  });
});

it.each(['http://example.com/', 'ftp://example.com/', 'https://user:pw@example.com/', 'nothing'])(
  'is not made for %s',
  async (url) => {
    expect(await hooks.create(url)).toMatchObject({ status: 400, body: { errors: [{ field: 'url' }] } });
  },
);

it('belongs to the name of a key; others do not see it, and a key has ten at most', async () => {
  const { id } = await hooks.webhook('/mine');
  const token = await hooks.system.key(['act-as'], 'stranger');
  expect(await hooks.system.get(`${WEBHOOKS}/${id}`, { token })).toMatchObject({ status: 404 });
  expect((await hooks.system.get(WEBHOOKS, { token })).body.items).toEqual([]);
  const made = () => hooks.create('https://example.com/', 'users', token);
  const ids = (await Promise.all(Array.from({ length: 12 }, made))).flatMap(({ body }) => body.id ?? []);
  expect(ids).toHaveLength(10);
  expect(await made()).toMatchObject({ status: 409, body: { code: 'too_many_webhooks' } });
  for (const each of [id, ...ids])
    expect((await hooks.system.call('DELETE', `${WEBHOOKS}/${each}`)).status).toBe(200);
  expect((await hooks.remove(id)).status).toBe(404);
});

it('the documented receiver takes each message once, also after it failed, and refuses what is not signed', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { body: made } = await hooks.create(url);
  const pushed: string[] = [];
  const tried: string[] = [];
  const documentedReceiver = createReceiver(made.secret, ({ data }) => {
    tried.push(data.message);
    if (tried.length === 1) throw new Error('the push service is down');
    pushed.push(data.message);
  });
  server.on('request', (...exchange) => documentedReceiver.emit('request', ...exchange));
  const user = hooks.somebody();
  for (const text of ['1', '2']) await hooks.say(user, text);
  await soon(async () => expect(await hooks.state(made.id)).toMatchObject({ lastError: 'answered 500' }));
  await hooks.tryNow(made.id);
  await soon(() => expect(pushed).toEqual(['1', '2']));
  await soon(async () => expect((await hooks.state(made.id)).position).toBe(made.position + 2));
  expect(tried).toEqual(['1', '1', '2']);
  const { position } = await hooks.state(made.id);
  const again = await hooks.post(made.id, 'resume', { after: made.position });
  expect(again.body.position).toBeLessThan(position);
  await soon(async () => expect((await hooks.state(made.id)).position).toBe(position));
  expect(tried).toHaveLength(3);
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
  await hooks.remove(made.id);
  server.closeAllConnections();
  server.close();
});
