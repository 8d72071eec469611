import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SONNET } from '../support/chat-system.js';
import { OpenAiClient } from '../support/openai-client.js';
import { WireSystem } from '../support/wire-system.js';

let system: WireSystem;
let openai: OpenAiClient;
beforeAll(async () => {
  system = await WireSystem.start({
    WIRE_FORWARD_METADATA: 'off',
    WIRE_DEFAULT_MAX_TOKENS: 'on',
    WIRE_STRICT: 'on',
  });
  openai = new OpenAiClient(system.chats.url);
});
afterAll(() => system.close());
afterEach(() => system.reset());

const messages = [{ role: 'user', content: [{ text: 'Hi' }] }];
const metadata = { userId: 'wire-settings' };
/** The last request that the emulator got. */
const exchange = () => system.upstream.exchanges.at(-1)!;
const asked = () => JSON.parse(exchange().asked.toString('utf8'));
const userOf = async (headers: Headers) =>
  (await system.rowOf(headers.get('x-orchestrator-invocation-id'))).user_id;

describe('WIRE_FORWARD_METADATA=off', () => {
  it('keeps metadata here, which say whom a call is for all the same', async () => {
    const { status, headers } = await system.wire.raw('clinical/converse', {
      messages,
      requestMetadata: metadata,
    });
    expect([status, await userOf(headers)]).toEqual([200, 'wire-settings']);
    expect(asked()).not.toHaveProperty('requestMetadata');
  });

  it('keeps the header and the user of a native body here', async () => {
    const claude = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 5, messages };
    const body = { ...claude, messages: [{ role: 'user', content: 'Hi' }], metadata: { user_id: 'anna' } };
    const { status } = await system.wire.raw('clinical/invoke', body, {
      'x-amzn-bedrock-request-metadata': JSON.stringify(metadata),
      'x-amzn-bedrock-trace': 'ENABLED',
    });
    expect(status).toBe(200);
    expect(asked()).not.toHaveProperty('metadata');
    expect(exchange().headers).not.toHaveProperty('x-amzn-bedrock-request-metadata');
    expect(exchange().headers['x-amzn-bedrock-trace']).toBe('ENABLED');
  });

  it('keeps those of OpenAI here', async () => {
    const { headers } = await openai.create({ model: 'clinical', metadata: { user_id: 'wire-settings' } });
    expect(await userOf(headers)).toBe('wire-settings');
    expect(asked()).not.toHaveProperty('requestMetadata');
  });
});

it('WIRE_DEFAULT_MAX_TOKENS=on sets the limit of the model for a use case, and says so', async () => {
  const [{ max_tokens: limit }] = await system.chats.rows(
    'SELECT max_tokens FROM bedrock_models WHERE model_id = $1',
    [SONNET],
  );
  const { headers } = await system.wire.raw('clinical/converse', { messages });
  expect(asked()).toEqual({ messages, inferenceConfig: { maxTokens: limit } });
  expect(headers.get('x-orchestrator-adapted')).toBe('maxTokens');
  const named = await system.wire.raw(`${SONNET}/converse`, { messages }, { 'x-use-case': 'clinical' });
  expect(asked()).toEqual({ messages });
  expect(named.headers.has('x-orchestrator-adapted')).toBe(false);
});

it('WIRE_STRICT=on refuses instructions of OpenAI after another message', async () => {
  const instruction = { role: 'system', content: 'Be brief' };
  const user = { role: 'user', content: 'Hi' };
  const late = await openai.raw({ messages: [instruction, user, instruction] });
  expect(late.status).toBe(400);
  expect(JSON.parse(late.text).error).toMatchObject({ code: 'invalid_request', param: 'messages[2].role' });
  expect(system.asked()).toEqual([]);
  expect((await openai.raw({ messages: [instruction, user] })).status).toBe(200);
});
