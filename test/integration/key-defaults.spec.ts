import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { question } from '../support/chat-client.js';
import { NOVA_LITE, NOVA_MICRO, SONNET } from '../support/chat-system.js';
import type { TestSystem } from '../support/test-system.js';
import { error, onSonnet, WireSystem } from '../support/wire-system.js';

let wires: WireSystem;
let system: TestSystem;
beforeAll(async () => {
  wires = await WireSystem.start();
  system = wires.chats.system;
});
afterAll(() => wires.close());
afterEach(() => wires.reset());

interface Key {
  id: string;
  key: string;
}
async function keyWith(settings: object, scopes = ['switch']): Promise<Key> {
  const { status, body } = await system.call('POST', '/v1/keys', { name: 'bound', scopes, ...settings });
  expect(status).toBe(201);
  return body;
}

/** Asks on the wire. @returns its status, and the row of the call */
async function wire({ key }: Key, name: string, headers = {}, requestMetadata?: object) {
  const body = { messages: [{ role: 'user', content: [{ text: 'Hi' }] }], requestMetadata };
  const answer = await wires.wire.raw(`${name}/converse`, body, {
    authorization: `Bearer ${key}`,
    ...headers,
  });
  const row = await wires.rowOf(answer.headers.get('x-orchestrator-invocation-id'));
  return { status: answer.status, body: answer.body, headers: answer.headers, row };
}
const chat = ({ key }: Key, more: object = {}) =>
  wires.chats.chat({ ...question('Hi'), ...more }, { token: key });

async function assistant(useCase: string): Promise<string> {
  const id = `assistant-${randomUUID()}`;
  const { status } = await system.call('PUT', `/v1/assistants/${id}`, { name: id, useCase });
  expect(status).toBe(200);
  return id;
}

describe('the default use case of a key', () => {
  let key: Key;
  beforeAll(async () => {
    key = await keyWith({ defaults: { useCase: 'clinical' } }, ['switch', 'act-as']);
  });

  it('is that of a call that names none', async () => {
    expect((await wire(key, 'auto')).row).toMatchObject({ use_case: 'clinical' });
    expect((await wire(key, 'auto', { 'x-conversation-id': randomUUID() })).row).toMatchObject({
      use_case: 'clinical',
    });
    expect((await chat(key)).body).toMatchObject({ useCase: 'clinical' });
    const url = `/v1/conversations/${randomUUID()}/model`;
    expect((await system.get(url, { token: key.key })).body).toMatchObject({ useCase: 'clinical' });
  });

  it('is that of a named model, with its candidates', async () => {
    expect((await wire(key, SONNET)).row).toMatchObject({ use_case: 'clinical' });
    expect(await wire(key, NOVA_MICRO)).toMatchObject({
      ...{ status: 403, body: { message: expect.stringContaining('no candidate of use case clinical') } },
    });
  });

  it('gives way to whatever the call names, and to the conversation', async () => {
    const [inHealth, id] = [await assistant('health'), randomUUID()];
    await system.act({ action: 'auto-switch', conversationId: id, useCase: 'health', userId: 'anna' });
    const inConversation = { 'x-conversation-id': id, 'x-user-id': 'anna' };
    for (const call of [
      wire(key, 'health'),
      wire(key, inHealth),
      wire(key, 'auto', { 'x-use-case': 'health' }),
      wire(key, 'auto', {}, { useCase: 'health' }),
      wire(key, 'auto', inConversation),
      wire(key, NOVA_LITE, inConversation),
    ])
      expect((await call).row).toMatchObject({ use_case: 'health' });
    for (const more of [
      { useCase: 'health' },
      { assistantId: inHealth },
      { conversationId: id, userId: 'anna' },
    ])
      expect((await chat(key, more)).body).toMatchObject({ useCase: 'health' });
  });

  it('is that of its default assistant, as the assistant is now', async () => {
    const assistantId = await assistant('clinical');
    const bound = await keyWith({ defaults: { assistantId } });
    const useCases = async () => [(await wire(bound, 'auto')).row.use_case, (await chat(bound)).body.useCase];
    expect(await useCases()).toEqual(['clinical', 'clinical']);
    await system.call('PUT', `/v1/assistants/${assistantId}`, { name: 'Moved', useCase: 'health' });
    expect(await useCases()).toEqual(['health', 'health']);
  });

  it('stays within the limits of the key where its assistant moves', async () => {
    const assistantId = await assistant('clinical');
    const limits = { useCases: ['clinical'] };
    const bound = await keyWith({ defaults: { assistantId }, limits });
    expect((await wire(bound, 'auto')).status).toBe(200);
    await system.call('PUT', `/v1/assistants/${assistantId}`, { name: 'Moved', useCase: 'health' });
    const outside = { status: 403, body: { code: 'outside_limits_of_key' } };
    expect([await wire(bound, 'auto'), await chat(bound)]).toMatchObject([outside, outside]);
  });

  it('is no other use case where it is gone: the call is refused', async () => {
    const assistantId = await assistant('clinical');
    const bound = await keyWith({ defaults: { assistantId } });
    await wires.chats.rows('DELETE FROM ai_assistants WHERE id = $1', [assistantId]);
    await system.act({ action: 'clear-cache' });
    const gone = { code: 'default_of_key_gone' };
    expect(await wire(bound, 'auto')).toMatchObject({ status: 400, body: gone });
    expect(await wire(bound, SONNET)).toMatchObject({ status: 400, body: gone });
    expect(await chat(bound)).toMatchObject({ status: 409, body: gone });
    expect(await wire(bound, 'clinical')).toMatchObject({ status: 200 });
    expect(wires.asked()).toHaveLength(1);
  });

  it('changes while the api runs', async () => {
    const edited = await keyWith({});
    expect((await wire(edited, 'auto')).row).toMatchObject({ use_case: 'platform' });
    await system.call('PATCH', `/v1/keys/${edited.id}`, { defaults: { useCase: 'clinical' } });
    expect((await wire(edited, 'auto')).row).toMatchObject({ use_case: 'clinical' });
  });
});

describe('the default user of a key', () => {
  const OF_ANNA = { user_id: 'anna', on_behalf_of: 'anna', actor: 'service:bound' };
  let key: Key;
  beforeAll(async () => {
    key = await keyWith({ defaults: { userId: 'anna' } });
  });

  it('has the calls and the conversations of a key that names nobody, without act-as', async () => {
    const id = randomUUID();
    expect((await wire(key, 'clinical')).row).toMatchObject({ ...OF_ANNA, conversation_id: null });
    expect((await wire(key, SONNET, { 'x-use-case': 'clinical' })).row).toMatchObject(OF_ANNA);
    expect((await wire(key, 'clinical', { 'x-conversation-id': id })).row).toMatchObject(OF_ANNA);
    expect(await chat(key, { conversationId: id })).toMatchObject({ status: 200 });
    expect(await wires.chats.rows('SELECT user_id FROM ai_conversations WHERE id = $1', [id])).toEqual([
      { user_id: 'anna' },
    ]);
    await system.act({ action: 'switch', conversationId: id, modelId: NOVA_MICRO }, { token: key.key });
    expect(
      await wires.chats.rows(
        'SELECT user_id, on_behalf_of, actor FROM switch_events WHERE conversation_id = $1 ORDER BY seq',
        [id],
      ),
    ).toEqual([OF_ANNA, OF_ANNA]);
    expect((await system.get(`/v1/conversations/${id}/model`, { token: key.key })).status).toBe(200);
  });

  it('gives way to the user of a header, and that of metadata', async () => {
    const free = await keyWith({ defaults: { userId: 'anna' } }, ['switch', 'act-as']);
    const metadata = { userId: 'clara' };
    const users = [
      await wire(free, 'clinical', { 'x-user-id': 'berta' }, metadata),
      await wire(free, 'clinical', {}, metadata),
      await wire(free, 'clinical'),
    ].map(({ row }) => row.user_id);
    expect(users).toEqual(['berta', 'clara', 'anna']);
  });

  it('is the only one for a key without act-as', async () => {
    expect((await wire(key, 'clinical', { 'x-user-id': 'anna' })).row).toMatchObject(OF_ANNA);
    expect(await wire(key, 'clinical', { 'x-user-id': 'berta' })).toMatchObject({ status: 403 });
    expect(await wire(key, 'clinical', {}, { userId: 'berta' })).toMatchObject({ status: 403 });
    const ofBerta = randomUUID();
    await system.act({
      ...{ action: 'auto-switch', conversationId: ofBerta, useCase: 'clinical', userId: 'berta' },
    });
    expect(await wire(key, 'auto', { 'x-conversation-id': ofBerta })).toMatchObject({ status: 404 });
    expect(await chat(key, { conversationId: ofBerta })).toMatchObject({ status: 404 });
  });
});

describe('the default fallback of a key', () => {
  const named = (key: Key, headers = {}) => wire(key, SONNET, { 'x-use-case': 'clinical', ...headers });

  it('lets another candidate answer for a named model, unless the call forbids it', async () => {
    wires.chats.faults(onSonnet(error('ModelErrorException')));
    const key = await keyWith({ defaults: { fallback: 'same-use-case' } });
    const answer = await named(key);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-orchestrator-model')).not.toBe(SONNET);
    wires.closeBreakers();
    expect((await named(key, { 'x-orchestrator-fallback': 'none' })).status).toBe(424);
    wires.closeBreakers();
    const without = await keyWith({});
    expect((await named(without)).status).toBe(424);
    wires.closeBreakers();
    expect((await named(without, { 'x-orchestrator-fallback': 'same-use-case' })).status).toBe(200);
  });
});
