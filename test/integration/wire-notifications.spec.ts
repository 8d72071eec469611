import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { AnthropicClient } from '../support/anthropic-client.js';
import { HAIKU, SONNET } from '../support/chat-system.js';
import { OpenAiClient } from '../support/openai-client.js';
import { error, onSonnet, WireSystem } from '../support/wire-system.js';

const HEADER = 'x-orchestrator-notification';
const CLAUDE = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 50,
  messages: [{ role: 'user', content: 'Hi' }],
};
const STREAM = { stream: true };
type Headers = Record<string, string>;

let system: WireSystem;
let openai: OpenAiClient;
let anthropic: AnthropicClient;
beforeAll(async () => {
  system = await WireSystem.start();
  openai = new OpenAiClient(system.chats.url);
  anthropic = new AnthropicClient(system.chats.url);
});
afterAll(() => system.close());
afterEach(() => system.reset());

/** Calls of each wire, whole and streamed. */
const CALLS: [string, (useCase: string, headers: Headers) => Promise<Reply>][] = [
  ['Converse', bedrock('converse')],
  ['ConverseStream', bedrock('converse-stream')],
  ['InvokeModel', bedrock('invoke', CLAUDE)],
  ['InvokeModelWithResponseStream', bedrock('invoke-with-response-stream', CLAUDE)],
  ['OpenAI', (model, headers) => openai.raw({ model }, headers)],
  ['a stream of OpenAI', (model, headers) => openai.raw({ model, ...STREAM }, headers)],
  ['Anthropic', (model, headers) => anthropic.raw({ model }, headers)],
  ['a stream of Anthropic', (model, headers) => anthropic.raw({ model, ...STREAM }, headers)],
];

interface Reply {
  status: number;
  headers: globalThis.Headers;
  text: string;
}

function bedrock(operation: string, body?: object) {
  return async (useCase: string, headers: Headers): Promise<Reply> => {
    const answer = await system.wire.raw(`${useCase}/${operation}`, body, {
      'x-orchestrator-echo': 'body',
      ...headers,
    });
    return { ...answer, text: answer.bytes.toString('latin1') };
  };
}

/** Ids in the feed of a user, the newest first. */
const feedOf = async (userId: string) =>
  (await system.chats.system.get(`/v1/notifications?userId=${userId}`)).body.items.map(
    ({ id }: { id: string }) => id,
  );

describe.each(CALLS)('the notification of a switch, on the answer of %s', (name, call) => {
  const user = name.replaceAll(' ', '-');
  const conversation = { 'x-conversation-id': `of-${user}`, 'x-user-id': user };

  it('has the id that the feed and the body have', async () => {
    const { status, headers, text } = await call('clinical', conversation);
    const id = headers.get(HEADER);
    expect([status, id]).toEqual([200, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    await expect.poll(() => feedOf(user)).toEqual([id]);
    // Native answers have no echo.
    if (!name.startsWith('Invoke')) expect(text).toContain(`"notification":{"id":"${id}"`);
    const seen = await system.chats.system.call('POST', `/v1/notifications/${id}/shown?userId=${user}`);
    expect(seen.status).toBe(200);
  });

  it('is on the call that switches only', async () => {
    expect((await call('clinical', conversation)).headers.get(HEADER)).toBeNull();
    expect((await call('clinical', {})).headers.get(HEADER)).toBeNull();
    const named = { ...conversation, 'x-use-case': 'clinical' };
    expect((await call(SONNET, named)).headers.get(HEADER)).toBeNull();
  });

  it('is on an error, too: the conversation has switched', async () => {
    system.chats.faults(error('ValidationException'));
    const other = { 'x-conversation-id': `failed-${user}`, 'x-user-id': `failed-${user}` };
    const { status, headers } = await call('clinical', other);
    expect(status).toBe(400);
    await expect.poll(() => feedOf(`failed-${user}`)).toEqual([headers.get(HEADER)]);
  });
});

it('is on a call that is refused after the switch', async () => {
  const conversation = { 'x-conversation-id': 'refused', 'x-user-id': 'refused' };
  const { status, body, headers } = await system.wire.raw('operations/invoke', CLAUDE, conversation);
  expect([status, body.code]).toEqual([400, 'body_family_not_taken']);
  expect(headers.get('x-orchestrator-use-case')).toBe('operations');
  expect(headers.get(HEADER)).toMatch(/^[0-9a-f-]{36}$/);
  await expect.poll(() => feedOf('refused')).toEqual([headers.get(HEADER)]);
  expect(system.asked()).toEqual([]);
});

it('a fallback of the conversation has its notification, and one within a call has none', async () => {
  const conversation = { 'x-conversation-id': 'falls-back', 'x-user-id': 'falls-back' };
  const call = async () => (await system.wire.raw('clinical/converse', undefined, conversation)).headers;
  const ids = [(await call()).get(HEADER)];
  system.chats.faults(onSonnet(error('ServiceUnavailableException')));
  const breakers = system.chats.system.api.get(BreakersService, { strict: false });
  while (!breakers.isOpen(SONNET)) {
    const within = await call();
    expect([within.get('x-orchestrator-model'), within.get(HEADER)]).toEqual([HAIKU, null]);
  }
  const fallback = await call();
  expect(fallback.get('x-orchestrator-model')).toBe(HAIKU);
  ids.unshift(fallback.get(HEADER));
  await expect.poll(() => feedOf('falls-back')).toEqual(ids);
});
