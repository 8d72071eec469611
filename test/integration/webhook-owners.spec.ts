import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soon, WEBHOOKS, WebhookSystem } from '../support/webhook-system.js';

let hooks: WebhookSystem;
beforeAll(async () => {
  hooks = await WebhookSystem.start();
});
afterAll(() => hooks?.close());

describe('a webhook', () => {
  it('stops with its key, and continues with the successor', async () => {
    const key = (await hooks.system.call('POST', '/v1/keys', { name: 'short-lived', scopes: ['act-as'] }))
      .body;
    const { id } = await hooks.webhook('/short-lived', 'users', key.key);
    const rotated = await hooks.system.call('POST', `/v1/keys/${key.id}/rotate`, { overlapSeconds: 0 });
    const user = hooks.somebody();
    await hooks.say(user, 'with the successor');
    await soon(() => expect(hooks.textsAt('/short-lived', user)).toEqual(['with the successor']));
    await hooks.system.call('DELETE', `/v1/keys/${rotated.body.id}`);
    await hooks.system.key(['act-as'], 'short-lived');
    const other = await hooks.webhook('/others');
    await hooks.say(user);
    await soon(() => expect(hooks.textsAt('/others', user)).toHaveLength(1));
    expect(hooks.textsAt('/short-lived', user)).toHaveLength(1);
    expect((await hooks.system.get(`${WEBHOOKS}/${id}`)).body).toMatchObject({ status: 'waiting' });
    for (const each of [id, other.id]) await hooks.system.call('DELETE', `${WEBHOOKS}/${each}`);
  });

  it('belongs to its key alone: another one of the same name does not find it', async () => {
    const [sender, reader] = [
      await hooks.system.key(['act-as'], 'same-name'),
      await hooks.system.key(['read'], 'same-name'),
    ];
    const { id } = await hooks.webhook('/same-name', 'users', sender);
    const as = (token: string) => ({ token });
    expect((await hooks.system.get(WEBHOOKS, as(reader))).body.items).toEqual([]);
    for (const [method, path] of [
      ['GET', id],
      ['POST', `${id}/rotate`],
      ['POST', `${id}/test`],
      ['POST', `${id}/resume`],
      ['POST', `${id}/go-on`],
      ['DELETE', id],
    ] as const) {
      const body = method === 'POST' && !path.endsWith('test') ? {} : undefined;
      const refused = await hooks.system.call(method, `${WEBHOOKS}/${path}`, body, as(reader));
      expect([method, path, refused.status]).toEqual([method, path, 404]);
    }
    const operators = await hooks.webhook('/same-name-too', 'operators', reader);
    expect((await hooks.system.get(WEBHOOKS, as(sender))).body.items).toMatchObject([{ id }]);
    for (const each of [id, operators.id]) await hooks.system.call('DELETE', `${WEBHOOKS}/${each}`);
  });
});
