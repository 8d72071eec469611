import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConversationsCache } from '#libs/switching/conversations.cache.js';
import { TestSystem, userToken } from '../support/test-system.js';

/*
 * What is in memory is answered without the controller. Nobody may see which of both has answered: the same bytes, the
 * same headers, the same refusals.
 */

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NEVER_THE_SAME = ['date', 'x-request-id'];

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

type Call = Parameters<TestSystem['get']>[1];
const seen = ({ status, text, headers }: Awaited<ReturnType<TestSystem['get']>>) => ({
  status,
  // A problem names its request.
  text: text.replace(/"requestId":"[^"]+"/, ''),
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !NEVER_THE_SAME.includes(name))),
});

const inMemory = () => system.api.get(ConversationsCache, { strict: false });
describe('the model of a conversation', () => {
  beforeAll(async () => {
    await system.act({ action: 'switch', conversationId: 'conv-at-once', modelId: HAIKU });
  });

  it.each([
    ['that is pinned', '/v1/conversations/conv-at-once/model'],
    ['that follows', '/v1/conversations/conv-123/model?userId=user-456'],
    ['that nobody has seen', '/v1/conversations/nobody-knows/model'],
    ['that nobody has seen, of a use case', '/v1/conversations/nobody-knows/model?useCase=clinical'],
    ['of another use case', '/v1/conversations/conv-123/model?useCase=health'],
    ['of somebody else', '/v1/conversations/conv-123/model?userId=user-7'],
    ['with a parameter that there is not', '/v1/conversations/conv-123/model?what=ever'],
  ])('%s is the same from memory', async (_, url) => {
    const slow = seen(await system.get(url));
    const reads = { ...inMemory().reads };
    for (let turn = 0; turn < 2; turn += 1) expect(seen(await system.get(url))).toEqual(slow);
    expect(inMemory().reads.postgres).toBe(reads.postgres);
  });

  it.each([
    ['a user', () => userToken('user-456'), 200],
    ['another user', () => userToken('user-7'), 404],
    ['a key that may not', () => system.key(['operate'], 'at-once-operate'), 403],
    ['nobody', async () => null, 401],
    ['a stranger', async () => 'what-is-this', 401],
  ])('is answered to %s as by the controller', async (what, tokenOf, status) => {
    const token = await tokenOf();
    const conversationId = `at-once-${status}-${what.length}`;
    await system.act({ action: 'switch', conversationId, userId: 'user-456', modelId: HAIKU });
    const url = `/v1/conversations/${conversationId}/model`;
    const slow = seen(await system.get(url, { token }));
    expect(slow.status).toBe(status);
    await system.get(url);
    const reads = { ...inMemory().reads };
    for (let turn = 0; turn < 2; turn += 1) expect(seen(await system.get(url, { token }))).toEqual(slow);
    expect(inMemory().reads.postgres).toBe(reads.postgres);
  });

  it('is another one right after a switch', async () => {
    const url = '/v1/conversations/conv-at-once/model';
    await system.get(url);
    await system.act({ action: 'auto-switch', conversationId: 'conv-at-once', useCase: 'health' });
    expect((await system.get(url)).body).toMatchObject({ useCase: 'health', pin: null, version: 2 });
  });
});

describe('list-all', () => {
  const list = (call?: Call) => system.act({ action: 'list-all' }, call);

  it('is the same on both paths, for everyone who may read, and again after a change of the catalogue', async () => {
    const before = await list();
    expect(seen(await list())).toEqual(seen(before));
    expect(seen(await system.call('POST', '/orchestrate', { action: 'list-all' })).text).toBe(before.text);
    expect((await list({ token: await userToken('user-456') })).text).toBe(before.text);
    const retired = before.body.data.models[0].id;
    await system.environment.owner.query(
      `UPDATE bedrock_models SET name = name || ' II' WHERE model_id = $1`,
      [retired],
    );
    await system.act({ action: 'clear-cache' });
    expect((await list()).text).toContain(' II"');
  });

  it.each([
    ['a key that may not read', () => system.key(['audit'], 'at-once-audit'), 403],
    ['nobody', async () => null, 401],
  ])('is refused to %s', async (_, tokenOf, status) => {
    const token = await tokenOf();
    expect((await list({ token })).status).toBe(status);
    const refused = await list({ token });
    expect(refused).toMatchObject({ status, body: { success: false, action: 'list-all' } });
  });

  it('is refused with a key of idempotency that is none', async () => {
    await list();
    expect(await list({ headers: { 'idempotency-key': 'not a key' } })).toMatchObject({ status: 400 });
  });
});
