import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HAIKU, NOVA_MICRO, OPUS, SONNET } from '../support/chat-system.js';
import { userToken } from '../support/test-system.js';
import type { WireClient } from '../support/wire-client.js';
import { WireSystem } from '../support/wire-system.js';

let system: WireSystem;
let wire: WireClient;
beforeAll(async () => {
  system = await WireSystem.start();
  wire = system.wire;
});
afterAll(() => system.close());
afterEach(() => system.reset());

const count = async (table: string): Promise<number> =>
  Number((await system.chats.rows(`SELECT count(*) FROM ${table}`))[0].count);

describe('the caller', () => {
  it('may send its key in other headers, beside a signature too', async () => {
    const key = await system.chats.system.key(['switch'], 'wire-key');
    for (const headers of [
      { authorization: undefined, 'x-api-key': key },
      { authorization: 'AWS4-HMAC-SHA256 Credential=A', 'x-orchestrator-key': key },
    ])
      expect((await wire.raw('clinical/converse', undefined, headers)).status).toBe(200);
  });

  it('needs the right to switch, and act-as for a user', async () => {
    const withKey = async (scopes: string[], headers = {}) => {
      const authorization = `Bearer ${await system.chats.system.key(scopes)}`;
      return (await wire.raw('clinical/converse', undefined, { authorization, ...headers })).status;
    };
    expect(await withKey(['read'])).toBe(403);
    expect(await withKey(['switch'])).toBe(200);
    expect(await withKey(['switch'], { 'x-user-id': 'anna' })).toBe(403);
    expect(await withKey(['switch', 'act-as'], { 'x-user-id': 'anna' })).toBe(200);
  });

  it('is a service key: tokens of users are refused', async () => {
    const authorization = `Bearer ${await userToken('anna')}`;
    const { status, type } = await wire.raw('clinical/converse', undefined, { authorization });
    expect([status, type]).toEqual([403, 'AccessDeniedException']);
  });

  it('gets no answer in a use case that is open to users only, whatever names it', async () => {
    const edit = (clients: string) => system.chats.system.call('PUT', '/v1/use-cases/clinical', { clients });
    await edit('users');
    for (const [name, headers] of [
      ['clinical', {}],
      ['auto', { 'x-use-case': 'clinical' }],
      [SONNET, { 'x-use-case': 'clinical' }],
      ['clinical', { 'x-conversation-id': 'wire-closed' }],
    ] as const)
      expect((await wire.raw(`${name}/converse`, undefined, headers)).status).toBe(403);
    expect(system.asked()).toEqual([]);
    await edit('both');
    expect((await wire.raw('clinical/converse')).status).toBe(200);
  });

  it('may name only candidates of the use case, unless its key may name any', async () => {
    const key = await system.chats.system.key(['switch']);
    const { body: free } = await system.chats.system.call('POST', '/v1/keys', {
      ...{ name: 'free', scopes: ['switch'], limits: { models: 'any' } },
    });
    const named = async (token: string) =>
      (await wire.raw(`${OPUS}/converse`, undefined, { authorization: `Bearer ${token}` })).status;
    expect([await named(key), await named(free.key)]).toEqual([403, 200]);
    expect(system.asked()).toEqual([OPUS]);
  });
});

describe('a conversation', () => {
  it('is made by no call that names none', async () => {
    const tables = ['ai_conversations', 'bedrock_model_switches', 'notifications'];
    const before = await Promise.all(tables.map(count));
    await wire.converse('clinical');
    await wire.stream(NOVA_MICRO);
    expect(await Promise.all(tables.map(count))).toEqual(before);
  });

  it('is joined as by a chat, from headers or from metadata', async () => {
    const { headers } = await wire.raw('clinical/converse', undefined, {
      'x-conversation-id': 'wire-1',
      'x-user-id': 'anna',
    });
    const [conversation] = await system.chats.rows(`SELECT * FROM ai_conversations WHERE id = 'wire-1'`);
    expect(conversation).toMatchObject({ use_case: 'clinical' });
    expect(await system.rowOf(headers.get('x-orchestrator-invocation-id'))).toMatchObject({
      ...{ conversation_id: 'wire-1', user_id: 'anna', on_behalf_of: 'anna' },
    });
    const switches = () =>
      system.chats.rows(`SELECT * FROM bedrock_model_switches WHERE conversation_id = 'wire-1'`);
    await expect.poll(switches).toHaveLength(1);
    const requestMetadata = { 'orchestrator.conversationId': 'wire-1', userId: 'anna' };
    const question = { messages: [{ role: 'user' as const, content: [{ text: 'Hi' }] }], requestMetadata };
    const { $metadata } = await wire.converse('auto', question);
    expect(await system.rowOf($metadata.requestId)).toMatchObject({
      conversation_id: 'wire-1',
      use_case: 'clinical',
    });
    expect(JSON.parse(system.upstream.exchanges.at(-1)!.asked.toString()).requestMetadata).toEqual(
      requestMetadata,
    );
    expect(await switches()).toHaveLength(1);
  });

  it('is never switched by a model that a call names', async () => {
    const identity = { 'x-conversation-id': 'wire-2', 'x-user-id': 'anna' };
    await wire.raw('clinical/converse', undefined, identity);
    const switches = () =>
      system.chats.rows(`SELECT * FROM bedrock_model_switches WHERE conversation_id = 'wire-2'`);
    await expect.poll(switches).toHaveLength(1);
    const named = await wire.raw(`${HAIKU}/converse`, undefined, identity);
    expect(named.headers.get('x-orchestrator-model')).toBe(HAIKU);
    expect(await system.rowOf(named.headers.get('x-orchestrator-invocation-id'))).toMatchObject({
      ...{ conversation_id: 'wire-2', model_id: HAIKU, use_case: 'clinical' },
    });
    const after = await wire.raw('auto/converse', undefined, identity);
    expect(after.headers.get('x-orchestrator-model')).toBe(SONNET);
    expect(await switches()).toHaveLength(1);
  });

  it('of another owner does not exist', async () => {
    await wire.raw('clinical/converse', undefined, { 'x-conversation-id': 'wire-3', 'x-user-id': 'anna' });
    for (const name of ['clinical', SONNET]) {
      const { status, type } = await wire.raw(`${name}/converse`, undefined, {
        'x-conversation-id': 'wire-3',
        'x-user-id': 'berta',
      });
      expect([status, type]).toEqual([404, 'ResourceNotFoundException']);
    }
  });
});

describe('users, where WIRE_USERS is on', () => {
  let open: WireSystem;
  let authorization: string;
  beforeAll(async () => {
    open = await WireSystem.start({ WIRE_USERS: 'on' });
    authorization = `Bearer ${await userToken('anna')}`;
    await open.chats.rows(
      `UPDATE use_cases SET system_prompt = CASE name WHEN 'clinical' THEN 'Ours' END,
         clients = CASE name WHEN 'clinical' THEN 'users' ELSE 'keys' END`,
    );
    await open.chats.system.act({ action: 'clear-cache' });
  });
  afterAll(() => open.close());

  const ask = (name: string, headers = {}) =>
    open.wire.raw(
      `${name}/converse`,
      { messages: [{ role: 'user', content: [{ text: 'Hi' }] }], system: [{ text: 'Mine' }] },
      { authorization, ...headers },
    );

  it('call as themselves, with the system prompt of the use case', async () => {
    for (const name of ['clinical', SONNET]) {
      const { status, headers } = await ask(name, { 'x-use-case': 'clinical' });
      expect(status).toBe(200);
      expect(JSON.parse(open.upstream.exchanges.at(-1)!.asked.toString()).system).toEqual([{ text: 'Ours' }]);
      expect(await open.rowOf(headers.get('x-orchestrator-invocation-id'))).toMatchObject({
        user_id: 'anna',
        actor: 'user:anna',
      });
    }
  });

  it('call neither as others nor in a use case that is closed to them', async () => {
    expect((await ask('clinical', { 'x-user-id': 'berta' })).status).toBe(403);
    expect((await ask('health')).status).toBe(403);
    expect((await ask(NOVA_MICRO)).status).toBe(403);
  });
});
