import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HAIKU, NOVA_MICRO, SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';
import { type Asked, OpenAiClient, textOfChunks } from '../support/openai-client.js';
import { error, failureOf, onSonnet, WireSystem } from '../support/wire-system.js';

let system: WireSystem;
let openai: OpenAiClient;
beforeAll(async () => {
  system = await WireSystem.start();
  openai = new OpenAiClient(system.chats.url);
});
afterAll(() => system.close());
afterEach(() => system.reset());

const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
const ASKS_WEATHER = { role: 'user', content: 'Ask get_weather' };
const PNG = 'iVBORw0KGgo=';

/** The last body that the emulator got. */
const asked = () => JSON.parse(system.upstream.exchanges.at(-1)!.asked.toString('utf8'));

describe('a client of OpenAI', () => {
  it.each([
    ['auto', 'auto', NOVA_MICRO, 'platform'],
    ['a use case', 'clinical', SONNET, 'clinical'],
    ['a model', NOVA_MICRO, NOVA_MICRO, 'platform'],
    ['a foundation model', 'amazon.nova-micro-v1:0', NOVA_MICRO, 'platform'],
  ])('that names %s gets its answer, and leaves one row', async (_, name, model, useCase) => {
    const { id, choices, usage, headers, ...answer } = await openai.create({ model: name });
    expect(choices).toMatchObject([{ index: 0, finish_reason: 'stop', message: { role: 'assistant' } }]);
    expect(choices[0]!.message.content).toContain('You wrote: How are you?');
    const invocationId = headers.get('x-orchestrator-invocation-id');
    expect([answer.model, id]).toEqual([model, `chatcmpl-${invocationId}`]);
    expect(answer).toMatchObject({ orchestrator: { model, useCase, invocationId, attempts: 1 } });
    expect(usage!.total_tokens).toBe(usage!.prompt_tokens + usage!.completion_tokens);
    const row = await system.rowOf(invocationId);
    expect(Number(headers.get('x-orchestrator-cost-usd'))).toBe(Number(row.cost_usd));
    expect(row).toMatchObject({
      ...{ wire: 'openai', use_case: useCase, model_id: model, outcome: 'answered', streamed: false },
      ...{ input_tokens: usage!.prompt_tokens, output_tokens: usage!.completion_tokens, estimated: false },
      ...{ conversation_id: null, user_id: row.actor },
    });
  });

  it('gets a stream in pieces, with its usage only if it asks for that', async () => {
    const { chunks, headers } = await openai.stream();
    expect(textOfChunks(chunks)).toContain('You wrote: How are you?');
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks[0]).toMatchObject({ choices: [{ delta: { role: 'assistant' } }], orchestrator: {} });
    expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe('stop');
    expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
    const row = await system.rowOf(headers.get('x-orchestrator-invocation-id'));
    expect(row).toMatchObject({ wire: 'openai', outcome: 'answered', streamed: true, estimated: false });
    const counted = await openai.stream({ stream_options: { include_usage: true } });
    expect(counted.chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: row.input_tokens, completion_tokens: row.output_tokens },
    });
  });

  it('gets the end of a stream as OpenAI sends it', async () => {
    const { text } = await openai.raw({ stream: true });
    expect(text.split('\n\n').slice(-2)).toEqual(['data: [DONE]', '']);
  });

  it.each([false, true])('runs a tool, and continues with its result (stream %s)', async (stream) => {
    const tools = [WEATHER];
    const ask = async (request: Asked) => {
      if (!stream) return (await openai.create(request)).choices[0]!;
      const run = openai.sdk().chat.completions.stream({ model: 'clinical', ...request } as never);
      return (await run.finalChatCompletion()).choices[0]!;
    };
    const turn = await ask({ tools, messages: [ASKS_WEATHER] });
    expect(turn.finish_reason).toBe('tool_calls');
    expect(turn.message.tool_calls).toMatchObject([
      { type: 'function', function: { name: 'get_weather', arguments: '{"city":"city"}' } },
    ]);
    const result = { role: 'tool', tool_call_id: turn.message.tool_calls![0]!.id, content: 'Rain' };
    const last = await ask({ tools, messages: [ASKS_WEATHER, turn.message, result] });
    expect(last.message.content).toContain('get_weather returned: Rain');
  });

  it('numbers tools for themselves, whatever blocks are before them', async () => {
    const call = (city: string) => ({ toolUse: { name: 'get_weather', input: { city } } });
    const content = [{ reasoning: { text: 'Hm' } }, { text: 'Let me see' }, call('Bern'), call('Wien')];
    system.chats.faults({ kind: 'answer', content } as never);
    const run = openai
      .sdk()
      .chat.completions.stream({ model: 'clinical', tools: [WEATHER], messages: [ASKS_WEATHER] } as never);
    const { message } = (await run.finalChatCompletion()).choices[0]!;
    const whole = await openai.create({ tools: [WEATHER], messages: [ASKS_WEATHER] });
    for (const { tool_calls: calls } of [message, whole.choices[0]!.message])
      expect(calls!.map((each) => 'function' in each && JSON.parse(each.function.arguments).city)).toEqual([
        'Bern',
        'Wien',
      ]);
  });

  it('gets signed reasoning, and sends it back with the result of a tool', async () => {
    const tools = [WEATHER];
    const request = { tools, reasoning_effort: 'low', max_completion_tokens: 4_096 };
    const turn = (await openai.create({ ...request, messages: [ASKS_WEATHER] })).choices[0]!.message;
    expect(asked().additionalModelRequestFields).toEqual({ thinking: { type: 'adaptive' } });
    expect(asked().outputConfig).toEqual({ effort: 'low' });
    expect(turn).toMatchObject({
      reasoning_content: expect.stringContaining('think'),
      thinking_blocks: [{ type: 'thinking', signature: expect.any(String) }],
    });
    const result = { role: 'tool', tool_call_id: turn.tool_calls![0]!.id, content: 'Rain' };
    const last = await openai.create({ ...request, messages: [ASKS_WEATHER, turn, result] });
    expect(last.choices[0]!.message.content).toContain('get_weather returned: Rain');
    const [, assistant] = asked().messages;
    expect(Object.keys(assistant.content[0])).toEqual(['reasoningContent']);
    const { chunks } = await openai.stream({ ...request, messages: [ASKS_WEATHER] });
    const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta as Asked));
    expect(deltas.map(({ reasoning_content: text }) => text ?? '').join('')).toContain('think');
    expect(deltas.flatMap(({ thinking_blocks: blocks }) => blocks ?? [])).toMatchObject([
      { type: 'thinking', signature: expect.any(String) },
    ]);
  });

  it('sends images as data, and no URL', async () => {
    const withImage = (url: string) => ({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url } },
          ],
        },
      ],
    });
    await openai.create(withImage(`data:image/png;base64,${PNG}`));
    expect(asked().messages[0].content).toEqual([
      { text: 'What is this?' },
      { image: { format: 'png', source: { bytes: PNG } } },
    ]);
    system.reset();
    const failure = await failureOf(openai.create(withImage('https://example.com/a.png')));
    expect(failure).toMatchObject({ status: 400, param: 'messages[0].content[1].image_url.url' });
    expect(system.upstream.exchanges).toEqual([]);
  });

  it('gets an answer by a JSON schema', async () => {
    const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
    const { choices } = await openai.create({
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'person', schema: { ...schema, additionalProperties: false }, strict: true },
      },
    });
    expect(JSON.parse(choices[0]!.message.content!)).toEqual({ name: expect.any(String) });
  });

  it('lists the names that it may use', async () => {
    const names: string[] = [];
    for await (const { id } of openai.sdk().models.list()) names.push(id);
    expect(names.indexOf('clinical')).toBeLessThan(names.indexOf('auto'));
    expect(names.indexOf('auto')).toBeLessThan(names.indexOf(SONNET));
    expect(await openai.sdk().models.retrieve(SONNET)).toMatchObject({
      ...{ id: SONNET, object: 'model', owned_by: 'anthropic' },
    });
    const failure = await failureOf(openai.sdk().models.retrieve('nobody'));
    expect(failure).toMatchObject({ status: 404, code: 'model_not_found' });
  });

  it('lists those that the limits of its key have', async () => {
    const { body } = await system.chats.system.call('POST', '/v1/keys', {
      ...{ name: 'narrow', scopes: ['switch'], limits: { useCases: ['clinical'], models: [HAIKU] } },
    });
    const { data } = await openai.sdk(body.key).models.list();
    expect(data.map(({ id }) => id)).toEqual(['clinical', 'auto', HAIKU]);
  });
});

describe('whom a call is for', () => {
  const rowFor = async (request: Asked, headers: Record<string, string> = {}) => {
    const answer = await openai.create(request, openai.sdk(), headers);
    return system.rowOf(answer.headers.get('x-orchestrator-invocation-id'));
  };

  it('is in the body, and its headers take precedence', async () => {
    expect(await rowFor({ user: 'anna' })).toMatchObject({ user_id: 'anna' });
    expect(await rowFor({ user: 'anna', safety_identifier: 'berta' })).toMatchObject({ user_id: 'berta' });
    expect(await rowFor({ user: 'anna' }, { 'x-user-id': 'carla' })).toMatchObject({ user_id: 'carla' });
    const { user_id: hashed } = await rowFor({ user: `session ${'x'.repeat(200)}` });
    expect(hashed).toMatch(/^sha256:[0-9a-f]{32}$/);
  });

  it('is in the metadata, which Bedrock gets', async () => {
    const metadata = { use_case: 'health', conversation_id: 'openai-1', user_id: 'anna' };
    expect(await rowFor({ model: 'auto', metadata })).toMatchObject({
      ...{ use_case: 'health', conversation_id: 'openai-1', user_id: 'anna' },
    });
    expect(asked().requestMetadata).toEqual(metadata);
  });
});

describe('a failure before content', () => {
  it.each([
    ['a refusal', error('ServiceUnavailableException'), 'unavailable'],
    ['a cut stream', { kind: 'cut', afterEvents: 1 }, 'stream_broken'],
    [
      'an answer that cannot be used',
      { kind: 'answer', content: [{ text: 'x' }], stopReason: 'malformed_tool_use' },
      'unusable_answer',
    ],
  ])('by %s is not seen by the client', async (_, fault, reason) => {
    system.chats.faults(onSonnet(fault));
    const isStreamed = reason === 'stream_broken';
    const { headers } = isStreamed ? await openai.stream() : await openai.create();
    expect(headers.get('x-orchestrator-model')).toBe(HAIKU);
    expect(headers.get('x-orchestrator-fallback')).toBe(reason);
  });
});

describe('a failure after content', () => {
  it.each([
    ['an end that is too early', { kind: 'truncate', afterEvents: 4 }],
    ['an exception', { kind: 'exception', name: 'ThrottlingException', afterEvents: 4 }],
    ['a cut', { kind: 'stall', afterEvents: 4 }],
    [
      'an end that cannot be used',
      { kind: 'answer', content: [{ text: 'x' }], stopReason: 'malformed_tool_use' },
    ],
  ])('by %s throws in the client, and asks no second model', async (_, fault) => {
    system.chats.faults(onSonnet(fault));
    const chunks: ChatCompletionChunk[] = [];
    const failure = failureOf(openai.stream({}, chunks));
    await eventually(() => expect(textOfChunks(chunks)).not.toBe(''));
    if (fault.kind === 'stall') system.upstream.cut();
    expect(await failure).toMatchObject({ message: expect.stringContaining('broke off') });
    expect(system.asked()).toEqual([SONNET]);
    const rows = await system.chats.rows('SELECT * FROM model_invocations ORDER BY started_at DESC LIMIT 1');
    expect(rows[0]).toMatchObject({ outcome: 'failed', estimated: true, streamed: true });
  });

  it('ends without [DONE]', async () => {
    system.chats.faults(onSonnet({ kind: 'truncate', afterEvents: 4 }));
    const { text, status } = await openai.raw({ stream: true });
    expect(status).toBe(200);
    expect(text).not.toContain('[DONE]');
    expect(JSON.parse(text.trim().split('\n\n').at(-1)!.slice('data: '.length))).toEqual({
      error: { message: expect.any(String), type: 'server_error', param: null, code: 'model_unavailable' },
    });
  });

  it('by the client stops the model, and is recorded as cancelled', async () => {
    system.chats.faults(onSonnet({ kind: 'stall', afterEvents: 4 }));
    const { data, response } = await openai
      .sdk()
      .chat.completions.create({
        model: 'clinical',
        stream: true,
        messages: [{ role: 'user', content: 'Hi' }],
      })
      .withResponse();
    await data[Symbol.asyncIterator]().next();
    data.controller.abort();
    await eventually(() => expect(system.chats.emulator.calls().calls.at(-1)!.outcome).toBe('client_gone'));
    await expect
      .poll(() => system.rowOf(response.headers.get('x-orchestrator-invocation-id')))
      .toMatchObject({ outcome: 'cancelled', wire: 'openai' });
  });
});
