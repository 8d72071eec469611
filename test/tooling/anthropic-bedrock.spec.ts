import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AnthropicBedrock } from '../../tools/bedrock-clients.js';
import { HAIKU, SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { error, failureOf, onSonnet, WireSystem } from '../support/wire-system.js';

/** That Anthropic's own client of Amazon Bedrock is served on Bedrock's wire. It uses InvokeModel and its stream only. */
let system: WireSystem;
let client: AnthropicBedrock;
beforeAll(async () => {
  system = await WireSystem.start();
  client = new AnthropicBedrock({
    apiKey: SERVICE_KEY,
    awsRegion: 'eu-central-1',
    // Version 1 of the client sends the date of its API, which the emulator does not know.
    defaultHeaders: { 'anthropic-version': 'bedrock-2023-05-31' },
    baseURL: `${system.chats.url}/bedrock`,
  });
});
afterAll(() => system.close());
afterEach(() => system.reset());

type Params = Parameters<AnthropicBedrock['messages']['create']>[0];
const question = (members: object = {}) =>
  ({
    ...{ model: 'clinical', max_tokens: 2_000, messages: [{ role: 'user', content: 'How are you?' }] },
    ...members,
  }) as Omit<Params, 'stream'>;
const textOf = (content: { type: string; text?: string }[]) => content.map(({ text = '' }) => text).join('');
const WEATHER = {
  name: 'get_weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

describe('AnthropicBedrock', () => {
  it('gets an answer, whole and as a stream, and leaves rows', async () => {
    const { data, response } = await client.messages.create(question()).withResponse();
    expect(textOf(data.content)).toContain('You wrote: How are you?');
    expect(system.upstream.exchanges.at(-1)!.path).toBe(`/model/${encodeURIComponent(SONNET)}/invoke`);
    const row = await system.rowOf(response.headers.get('x-amzn-requestid'));
    expect(row).toMatchObject({
      wire: 'bedrock',
      body_family: 'claude',
      outcome: 'answered',
      estimated: false,
    });
    const message = await client.messages.stream(question()).finalMessage();
    expect(textOf(message.content)).toContain('You wrote: How are you?');
    expect(message.stop_reason).toBe('end_turn');
  });

  it.each([false, true])('runs a tool, and continues with its result (stream %s)', async (stream) => {
    const ask = async (members: object) => {
      const request = question({ tools: [WEATHER], ...members });
      return stream ? client.messages.stream(request).finalMessage() : client.messages.create(request);
    };
    const asks = { role: 'user', content: 'Ask get_weather' };
    const turn = await ask({ messages: [asks] });
    const use = turn.content.find((block) => block.type === 'tool_use')!;
    expect(use).toMatchObject({ name: 'get_weather', input: { city: 'city' } });
    const result = { type: 'tool_result', tool_use_id: use.id, content: 'Rain' };
    const messages = [
      asks,
      { role: 'assistant', content: turn.content },
      { role: 'user', content: [result] },
    ];
    expect(textOf((await ask({ messages })).content)).toContain('get_weather returned: Rain');
  });

  it('gets thinking with its signature', async () => {
    const thinking = { type: 'enabled', budget_tokens: 1_024 };
    const { content } = await client.messages.stream(question({ thinking })).finalMessage();
    expect(content[0]).toMatchObject({ type: 'thinking', signature: expect.stringMatching(/.{40}/) });
  });

  it('sends its betas, and is answered by another Claude', async () => {
    system.chats.faults(onSonnet(error('ModelNotReadyException')));
    const { data, response } = await client.beta.messages
      .create({ ...question(), betas: ['interleaved-thinking-2025-05-14'] } as never)
      .withResponse();
    expect(textOf(data.content)).toContain('You wrote');
    expect(response.headers.get('x-orchestrator-model')).toBe(HAIKU);
    expect(JSON.parse(system.upstream.exchanges.at(-1)!.asked.toString()).anthropic_beta).toEqual([
      'interleaved-thinking-2025-05-14',
    ]);
  });

  it('repeats no request that a repeat does not help', async () => {
    system.chats.faults(error('ValidationException'));
    expect(await failureOf(client.messages.create(question()))).toMatchObject({ status: 400 });
    expect(system.asked()).toHaveLength(1);
  });

  it('gets the exception of a stream that breaks off', async () => {
    system.chats.faults(onSonnet({ kind: 'truncate', afterEvents: 4 }));
    let text = '';
    const run = client.messages.stream(question()).on('text', (piece) => {
      text += piece;
    });
    const failure = failureOf(run.finalMessage());
    await eventually(() => expect(text).not.toBe(''));
    expect(await failure).toBeInstanceOf(Error);
    expect(system.asked()).toEqual([SONNET]);
  });
});
