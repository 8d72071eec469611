import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiInstance } from '../support/api-instance.js';
import { question } from '../support/chat-client.js';
import { HAIKU, NOVA_LITE, NOVA_MICRO, SONNET } from '../support/chat-system.js';
import { databaseContents } from '../support/database-contents.js';
import { eventually } from '../support/eventually.js';
import type { TestSystem } from '../support/test-system.js';
import { WireSystem } from '../support/wire-system.js';

let wires: WireSystem;
let system: TestSystem;
beforeAll(async () => {
  wires = await WireSystem.start({ WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1' });
  system = wires.chats.system;
  for (const [id, useCase] of [
    ['triage', 'clinical'],
    ['wellness', 'health'],
  ])
    await system.call('PUT', `/v1/assistants/${id}`, { name: id, useCase });
});
afterAll(() => wires.close());
afterEach(() => wires.reset());

interface Key {
  id: string;
  key: string;
}
async function keyWith(settings: object, scopes = ['switch', 'act-as', 'operate', 'audit']): Promise<Key> {
  const { status, body } = await system.call('POST', '/v1/keys', { name: 'limited', scopes, ...settings });
  expect(status).toBe(201);
  return body;
}
const CLINICAL = { limits: { useCases: ['clinical'] } };

/** Asks on the wire. */
async function wire({ key }: Key, name: string, headers = {}, requestMetadata?: object) {
  const body = { messages: [{ role: 'user', content: [{ text: 'Hi' }] }], requestMetadata };
  const answer = await wires.wire.raw(`${name}/converse`, body, {
    authorization: `Bearer ${key}`,
    ...headers,
  });
  return { status: answer.status, code: answer.body.code, type: answer.type, message: answer.body.message };
}
const chat = async ({ key }: Key, more: object) => {
  const { status, body } = await wires.chats.chat({ ...question('Hi'), ...more }, { token: key });
  return { status, code: body.code, limit: body.limit };
};
const act = async ({ key }: Key, request: object) => {
  const { status, body } = await system.act(request, { token: key });
  return { status, code: body.code, limit: body.limit };
};
const get = async ({ key }: Key, url: string) => (await system.get(url, { token: key })).status;

/** A conversation of a use case that another key has made. */
async function conversationIn(useCase: string, userId = 'anna'): Promise<string> {
  const id = randomUUID();
  const { status } = await system.act({ action: 'auto-switch', conversationId: id, useCase, userId });
  expect(status).toBe(200);
  return id;
}

const REFUSED = { status: 403, code: 'outside_limits_of_key' };

describe('a key that is limited to a use case', () => {
  let key: Key;
  beforeAll(async () => {
    key = await keyWith(CLINICAL);
  });

  it('calls models in it, over each carrier', async () => {
    for (const answer of [
      wire(key, 'clinical'),
      wire(key, 'triage'),
      wire(key, 'auto', { 'x-use-case': 'clinical' }),
      wire(key, 'auto', {}, { useCase: 'clinical' }),
      wire(key, 'auto', { 'x-conversation-id': await conversationIn('clinical') }),
      wire(key, SONNET, { 'x-use-case': 'clinical' }),
      chat(key, { useCase: 'clinical' }),
      chat(key, { assistantId: 'triage' }),
      chat(key, { conversationId: await conversationIn('clinical') }),
    ])
      expect(await answer).toMatchObject({ status: 200 });
  });

  it('calls none in another, over each carrier, and says which limit that is', async () => {
    const foreign = await conversationIn('health');
    const inForeign = { 'x-conversation-id': foreign };
    for (const answer of [
      wire(key, 'health'),
      wire(key, 'wellness'),
      wire(key, 'assistant:wellness'),
      wire(key, 'auto'),
      wire(key, 'auto', { 'x-use-case': 'health' }),
      wire(key, 'auto', {}, { useCase: 'health' }),
      wire(key, 'auto', {}, { 'orchestrator.useCase': 'health', useCase: 'clinical' }),
      wire(key, 'auto', { 'x-use-case': 'health' }, { useCase: 'clinical' }),
      wire(key, 'auto', inForeign),
      wire(key, 'auto', {}, { conversationId: foreign }),
      wire(key, 'auto', { ...inForeign, 'x-user-id': 'anna' }),
      wire(key, SONNET),
      wire(key, SONNET, { 'x-use-case': 'health' }),
      wire(key, SONNET, inForeign),
      // Would move the conversation, or call for it, out of its use case.
      wire(key, 'clinical', inForeign),
      wire(key, SONNET, { ...inForeign, 'x-use-case': 'clinical' }),
      wire(key, 'health', { 'x-conversation-id': randomUUID() }),
    ])
      expect(await answer).toEqual({
        ...{ ...REFUSED, type: 'AccessDeniedException' },
        message: expect.stringContaining('it may act in clinical, and not in'),
      });
    for (const answer of [
      chat(key, {}),
      chat(key, { useCase: 'health' }),
      chat(key, { assistantId: 'wellness' }),
      chat(key, { conversationId: foreign }),
      chat(key, { conversationId: foreign, useCase: 'clinical' }),
      chat(key, { conversationId: randomUUID(), useCase: 'health', stream: true }),
    ])
      expect(await answer).toEqual({ ...REFUSED, limit: 'useCases' });
    expect(wires.asked()).toEqual([]);
  });

  it('switches and reads nothing in another, and writes nothing when it is refused', async () => {
    const [own, foreign] = [await conversationIn('clinical'), await conversationIn('health')];
    const contents = async () => {
      const { switch_events, ai_conversations, use_cases } = await databaseContents(system.environment.owner);
      return { switch_events, ai_conversations, use_cases };
    };
    const before = await contents();
    for (const request of [
      { action: 'switch', modelId: HAIKU, conversationId: foreign },
      { action: 'switch', modelId: HAIKU, conversationId: foreign, dryRun: true },
      { action: 'switch', modelId: HAIKU, conversationId: randomUUID() },
      { action: 'switch', modelId: HAIKU, useCase: 'health' },
      { action: 'auto-switch', useCase: 'health' },
      { action: 'auto-switch', useCase: 'health', conversationId: own },
      { action: 'auto-switch', useCase: 'clinical', conversationId: foreign },
      { action: 'fallback-switch', reason: 'x', conversationId: foreign },
      { action: 'fallback-switch', reason: 'x', useCase: 'health' },
      { action: 'fallback-switch', reason: 'x' },
    ])
      expect([request, await act(key, request)]).toEqual([request, { ...REFUSED, limit: 'useCases' }]);
    for (const url of [`/v1/conversations/${foreign}/model`, `/v1/conversations/${foreign}/history`])
      expect(await get(key, url)).toBe(403);
    expect(await contents()).toEqual(before);
    expect(await get(key, `/v1/conversations/${own}/model`)).toBe(200);
    expect(await get(key, `/v1/conversations/${own}/history`)).toBe(200);
    const allowed = { action: 'auto-switch', useCase: 'clinical', conversationId: randomUUID() };
    expect(await act(key, allowed)).toMatchObject({ status: 200 });
    expect(await act(key, { action: 'auto-switch', useCase: 'clinical', dryRun: true })).toMatchObject({
      status: 200,
    });
  });

  it('does not learn of conversations that are not its own', async () => {
    const narrow = await keyWith(CLINICAL, ['switch']);
    const foreign = await conversationIn('health');
    expect(await chat(narrow, { conversationId: foreign })).toMatchObject({ status: 404 });
    expect(await get(narrow, `/v1/conversations/${foreign}/model`)).toBe(404);
  });
});

describe('the models that a call may name', () => {
  const named = async (key: Key, model: string) =>
    (await wire(key, model, { 'x-use-case': 'clinical' })).status;

  it('are the candidates, all, or the candidates of a list', async () => {
    const [candidates, any] = [await keyWith({}), await keyWith({ limits: { models: 'any' } })];
    const listed = await keyWith({ limits: { models: [SONNET, NOVA_MICRO] } });
    const statuses = async (model: string) =>
      Promise.all([candidates, any, listed].map((each) => named(each, model)));
    expect(await statuses(SONNET)).toEqual([200, 200, 200]);
    expect(await statuses(HAIKU)).toEqual([200, 200, 403]);
    expect(await statuses(HAIKU.replace('eu.', ''))).toEqual([200, 200, 403]);
    expect(await statuses(NOVA_MICRO)).toEqual([403, 200, 403]);
    expect(await wire(listed, HAIKU, { 'x-use-case': 'clinical' })).toMatchObject(REFUSED);
    expect(await wire(listed, 'clinical')).toMatchObject({ status: 200 });
  });

  it('do not depend on the scope admin', async () => {
    expect(await named(await keyWith({}, ['switch', 'admin']), NOVA_MICRO)).toBe(403);
  });

  it('of a list are those that a switch by hand may take', async () => {
    const listed = await keyWith({ limits: { models: [SONNET] } });
    const conversationId = await conversationIn('clinical');
    const to = (modelId: string, target: object) =>
      act(listed, { action: 'switch', modelId, dryRun: true, ...target });
    for (const target of [{ conversationId }, { useCase: 'clinical' }]) {
      expect(await to(SONNET, target)).toMatchObject({ status: 200 });
      expect(await to(HAIKU, target)).toEqual({ ...REFUSED, limit: 'models' });
    }
    const free = await keyWith({});
    expect(
      await act(free, { action: 'switch', modelId: NOVA_LITE, conversationId, dryRun: true }),
    ).toMatchObject({ status: 200 });
  });
});

describe('the users for whom a key may act', () => {
  let clinic: Key;
  beforeAll(async () => {
    clinic = await keyWith({ limits: { users: ['clinic-a:'] } });
  });

  it('hold over each carrier', async () => {
    for (const [userId, status] of [
      ['clinic-a:1', 200],
      ['clinic-b:1', 403],
    ] as const) {
      const conversationId = randomUUID();
      const found = [
        (await wire(clinic, 'clinical', { 'x-user-id': userId })).status,
        (await wire(clinic, 'auto', {}, { userId })).status,
        (await wire(clinic, SONNET, { 'x-user-id': userId, 'x-use-case': 'clinical' })).status,
        (await chat(clinic, { userId })).status,
        (await act(clinic, { action: 'switch', modelId: NOVA_MICRO, conversationId, userId })).status,
        await get(clinic, `/v1/conversations/${randomUUID()}/model?userId=${userId}`),
        await get(clinic, `/v1/notifications?userId=${userId}`),
        await get(clinic, `/v1/switches?userId=${userId}`),
      ];
      expect([userId, new Set(found)]).toEqual([userId, new Set([status])]);
    }
  });

  it('leave it the conversations that it made itself where it names nobody', async () => {
    const foreign = await conversationIn('clinical', 'clinic-b:1');
    expect(await chat(clinic, { conversationId: foreign })).toMatchObject({ status: 404 });
    expect((await wire(clinic, 'auto', { 'x-conversation-id': foreign })).status).toBe(404);
    expect(await get(clinic, `/v1/conversations/${foreign}/history`)).toBe(404);
    const conversationId = randomUUID();
    expect(await chat(clinic, { conversationId })).toMatchObject({ status: 200 });
    expect(await chat(clinic, { conversationId })).toMatchObject({ status: 200 });
  });

  it('hold for exports, for lists of everybody and for webhooks', async () => {
    const all = [
      await get(clinic, '/v1/users/clinic-b:1/export'),
      await get(clinic, '/v1/switches'),
      (
        await system.call(
          'POST',
          '/v1/webhooks',
          { url: 'http://127.0.0.1:1/', feed: 'users' },
          { token: clinic.key },
        )
      ).status,
    ];
    expect(all).toEqual([403, 403, 403]);
    expect(await get(clinic, '/v1/users/clinic-a:9/export')).toBe(404);
  });
});

describe('an edit of the limits', () => {
  // 1: nothing listens there.
  it.each([
    ['over Redis', {}],
    ['also without Redis', { REDIS_URL: 'redis://127.0.0.1:1' }],
  ])('holds on every instance, %s', async (_, settings) => {
    const other = await ApiInstance.start({ ...system.environment.variables, ...settings });
    const { id, key } = await keyWith({});
    const dry = { action: 'auto-switch', useCase: 'health', dryRun: true };
    const here = async () => (await system.act(dry, { token: key })).status;
    const there = async () => (await other.act(dry, key)).status;
    expect([await here(), await there()]).toEqual([200, 200]);
    await system.call('PATCH', `/v1/keys/${id}`, CLINICAL);
    expect(await here()).toBe(403);
    await eventually(async () => expect(await there()).toBe(403));
    await system.call('PATCH', `/v1/keys/${id}`, { limits: { useCases: null } });
    expect(await here()).toBe(200);
    await eventually(async () => expect(await there()).toBe(200));
    await other.close();
  });
});
