import Anthropic from '@anthropic-ai/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import { AnthropicClient } from '../support/anthropic-client.js';
import { NOVA_LITE, SONNET } from '../support/chat-system.js';
import { userToken } from '../support/test-system.js';
import { WireSystem } from '../support/wire-system.js';

let system: WireSystem;
let anthropic: AnthropicClient;
beforeAll(async () => {
  system = await WireSystem.start();
  anthropic = new AnthropicClient(system.chats.url);
});
afterAll(() => system.close());
afterEach(() => system.reset());

const IN_CLINICAL = { 'x-use-case': 'clinical' };

describe('an answer that its model did not write correctly', () => {
  const malformed = {
    ...{ kind: 'answer', modelId: NOVA_LITE, content: [{ text: 'Half' }] },
    stopReason: 'malformed_tool_use',
  } as FaultInput;

  it('is none: whole it is an error, and a stream breaks off', async () => {
    system.chats.faults(malformed);
    const { status, body, headers } = await anthropic.raw({ model: NOVA_LITE }, IN_CLINICAL);
    expect([status, body.error.type, headers.get('x-should-retry')]).toEqual([500, 'api_error', 'false']);
    system.closeBreakers();
    const { text } = await anthropic.raw({ model: NOVA_LITE, stream: true }, IN_CLINICAL);
    expect(text).toContain('event: error\n');
    expect(text).not.toContain('message_stop');
  });
});

describe('whom a call is for', () => {
  it('is the user of its metadata, hashed where that is no id of ours', async () => {
    const key = await system.chats.system.key(['switch', 'act-as'], 'for-users');
    const userOf = async (user_id: string, headers = {}) => {
      const { headers: got } = await anthropic.create({ metadata: { user_id } }, headers, anthropic.sdk(key));
      return (await system.rowOf(got.get('request-id'))).user_id;
    };
    expect(await userOf('anna')).toBe('anna');
    expect(await userOf('anna', { 'x-user-id': 'berta' })).toBe('berta');
    const long = `user_${'a'.repeat(128)}_session_b`;
    expect(await userOf(long)).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(await userOf(long)).toBe(await userOf(long));
  });

  it('needs the right to act for a user', async () => {
    const client = anthropic.sdk(await system.chats.system.key(['switch'], 'for-nobody'));
    await expect(anthropic.create({ metadata: { user_id: 'anna' } }, {}, client)).rejects.toThrow(
      Anthropic.PermissionDeniedError,
    );
    await expect(anthropic.create({}, {}, client)).resolves.toBeDefined();
  });

  it('may send its key in either header, and is a service key', async () => {
    const key = await system.chats.system.key(['switch'], 'in-a-header');
    const statusOf = async (headers: Record<string, string | undefined>) =>
      (await anthropic.raw({}, headers)).status;
    expect(await statusOf({ 'x-api-key': undefined, authorization: `Bearer ${key}` })).toBe(200);
    expect(await statusOf({ 'x-api-key': key, 'anthropic-version': '2099-01-01' })).toBe(200);
    expect(await statusOf({ 'x-api-key': await userToken('anna') })).toBe(403);
  });

  it('gets no answer in a use case that is open to users only', async () => {
    const edit = (clients: string) => system.chats.system.call('PUT', '/v1/use-cases/clinical', { clients });
    await edit('users');
    expect((await anthropic.raw()).status).toBe(403);
    expect((await anthropic.raw({ messages: [] }, {}, 'messages/count_tokens')).status).toBe(403);
    expect(system.asked()).toEqual([]);
    await edit('both');
  });

  it('may be a conversation, which a call joins', async () => {
    const headers = { 'x-conversation-id': 'anthropic-1', 'x-user-id': 'anna' };
    const { headers: got } = await anthropic.create({}, headers);
    expect(await system.rowOf(got.get('request-id'))).toMatchObject({ conversation_id: 'anthropic-1' });
  });
});

describe('the guardrail of the use case', () => {
  const setGuardrail = async (guardrail: string | null) => {
    await system.chats.rows(`UPDATE use_cases SET guardrail = $1 WHERE name = 'clinical'`, [guardrail]);
    await system.chats.system.act({ action: 'clear-cache' });
  };
  afterAll(() => setGuardrail(null));

  it('is in every call, in both forms', async () => {
    await setGuardrail('{"id":"emulated0001","version":"1","required":true}');
    for (const name of ['clinical', NOVA_LITE]) await anthropic.create({ model: name }, IN_CLINICAL);
    const calls = system.chats.emulator.calls().calls;
    expect(calls.map(({ modelId, guardrail }) => [modelId, guardrail])).toEqual([
      [SONNET, 'emulated0001'],
      [NOVA_LITE, 'emulated0001'],
    ]);
  });
});
