import Anthropic from '@anthropic-ai/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AnthropicClient, type Asked, type Message, textOfMessage } from '../support/anthropic-client.js';
import { HAIKU, NOVA_LITE, NOVA_MICRO, SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';
import { error, failureOf, onSonnet, WireSystem } from '../support/wire-system.js';

let system: WireSystem;
let anthropic: AnthropicClient;
beforeAll(async () => {
  system = await WireSystem.start();
  anthropic = new AnthropicClient(system.chats.url);
  // A use case that may move between families.
  await system.chats.rows(
    `INSERT INTO use_case_candidates (use_case, position, model_id) VALUES ('clinical', 9, $1)`,
    [NOVA_LITE],
  );
  await system.chats.system.act({ action: 'clear-cache' });
});
afterAll(() => system.close());
afterEach(() => system.reset());

const WEATHER = {
  name: 'get_weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const ASKS_WEATHER = { role: 'user', content: 'Ask get_weather' };
const IMAGE = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } };
const THINKING = { thinking: { type: 'enabled', budget_tokens: 1_024 } };

/** The last exchange with the emulator. */
const exchange = () => system.upstream.exchanges.at(-1)!;
const asked = () => JSON.parse(exchange().asked.toString('utf8'));
/** All models of Claude are away, so that Nova answers. */
const withoutClaude = () =>
  system.chats.faults(
    ...[SONNET, HAIKU, 'eu.anthropic.claude-opus-4-7'].map((modelId) => ({
      ...error('ModelNotReadyException'),
      modelId,
    })),
  );

/** Each family that answers: Claude natively, Nova through Converse. */
const FAMILIES = [
  ['Claude', 'clinical', SONNET],
  ['Nova', NOVA_LITE, NOVA_LITE],
] as const;

describe('a client of Anthropic', () => {
  it.each([
    ['auto', 'auto', NOVA_MICRO, 'platform'],
    ['a use case', 'clinical', SONNET, 'clinical'],
    ['a model', NOVA_MICRO, NOVA_MICRO, 'platform'],
    ['a foundation model', 'amazon.nova-micro-v1:0', NOVA_MICRO, 'platform'],
  ])('that names %s gets its answer, and leaves one row', async (_, name, model, useCase) => {
    const { message, headers } = await anthropic.create({ model: name });
    expect(textOfMessage(message)).toContain('You wrote: How are you?');
    const id = headers.get('x-orchestrator-invocation-id');
    expect(message).toMatchObject({
      ...{ type: 'message', role: 'assistant', model, stop_reason: 'end_turn' },
      orchestrator: { model, useCase, invocationId: id, attempts: 1 },
    });
    expect([headers.get('request-id'), message._request_id]).toEqual([id, id]);
    const row = await system.rowOf(id);
    expect(Number(headers.get('x-orchestrator-cost-usd'))).toBe(Number(row.cost_usd));
    expect(row).toMatchObject({
      ...{ wire: 'anthropic', body_family: 'claude', use_case: useCase, model_id: model, streamed: false },
      ...{ outcome: 'answered', estimated: false, conversation_id: null, user_id: row.actor },
      input_tokens: message.usage.input_tokens,
      output_tokens: message.usage.output_tokens,
    });
    expect(Number(row.cost_usd)).toBeGreaterThan(0);
  });

  it.each(FAMILIES)('gets a stream in pieces, recorded when it has ended (%s)', async (_, name, model) => {
    const { message, events, requestId } = await anthropic.stream({ model: name });
    expect(textOfMessage(message)).toContain('You wrote: How are you?');
    const row = await system.rowOf(requestId);
    expect(message).toMatchObject({
      ...{ model, stop_reason: 'end_turn', orchestrator: { invocationId: requestId } },
      usage: { input_tokens: row.input_tokens, output_tokens: row.output_tokens },
    });
    const kinds = events.map(({ type }) => type);
    expect(kinds.filter((type) => type === 'content_block_delta').length).toBeGreaterThan(1);
    expect([...new Set(kinds)]).toEqual([
      'message_start',
      ...['content_block_start', 'content_block_delta', 'content_block_stop'],
      ...['message_delta', 'message_stop'],
    ]);
    expect(row).toMatchObject({ wire: 'anthropic', outcome: 'answered', streamed: true, estimated: false });
  });

  it.each(FAMILIES.flatMap((family) => [false, true].map((stream) => [...family, stream] as const)))(
    'runs a tool, and continues with its result (%s, %s, %s, stream %s)',
    async (_, model, __, stream) => {
      const ask = async (members: Asked): Promise<Message> =>
        stream
          ? (await anthropic.stream({ model, tools: [WEATHER], ...members })).message
          : (await anthropic.create({ model, tools: [WEATHER], ...members })).message;
      const turn = await ask({ messages: [ASKS_WEATHER] });
      expect(turn.stop_reason).toBe('tool_use');
      const [use] = turn.content.filter((block) => block.type === 'tool_use');
      expect(use).toMatchObject({ name: 'get_weather', input: { city: 'city' } });
      const result = { type: 'tool_result', tool_use_id: use!.id, content: 'Rain' };
      const messages = [
        ASKS_WEATHER,
        { role: 'assistant', content: turn.content },
        { role: 'user', content: [result] },
      ];
      expect(textOfMessage(await ask({ messages }))).toContain('get_weather returned: Rain');
    },
  );

  it.each([false, true])(
    'gets thinking with its signature, which it sends back (stream %s)',
    async (stream) => {
      const ask = async (members: Asked): Promise<Message> =>
        stream
          ? (await anthropic.stream({ ...THINKING, ...members })).message
          : (await anthropic.create({ ...THINKING, ...members })).message;
      const turn = await ask({});
      const [thinking, text] = turn.content;
      expect(thinking).toMatchObject({
        ...{ type: 'thinking', thinking: expect.stringContaining('How are you?') },
        signature: expect.stringMatching(/.{40}/),
      });
      expect(text!.type).toBe('text');
      const messages = [
        { role: 'user', content: 'How are you?' },
        { role: 'assistant', content: turn.content },
        { role: 'user', content: 'And now?' },
      ];
      expect(textOfMessage(await ask({ messages }))).toContain('You wrote: And now?');
      expect(asked().messages[1].content[0]).toEqual(thinking);
    },
  );

  it.each(FAMILIES)('sends an image (%s)', async (_, model) => {
    const content = [{ type: 'text', text: 'What is this?' }, IMAGE];
    const { headers } = await anthropic.create({ model, messages: [{ role: 'user', content }] });
    const row = await system.rowOf(headers.get('request-id'));
    expect(row).toMatchObject({ outcome: 'answered', forms: ['image'] });
  });

  it('sends its betas in a header', async () => {
    await anthropic.sdk().beta.messages.create({
      ...{ model: 'clinical', max_tokens: 50, messages: [{ role: 'user', content: 'Hi' }] },
      betas: ['interleaved-thinking-2025-05-14', 'context-1m-2025-08-07'],
    });
    expect(asked().anthropic_beta).toEqual(['interleaved-thinking-2025-05-14', 'context-1m-2025-08-07']);
  });

  it('counts tokens by the first model that counts, and leaves no row', async () => {
    const rows = () => system.chats.rows('SELECT count(*) FROM model_invocations');
    const before = await rows();
    const { data, response } = await anthropic
      .sdk()
      .messages.countTokens({ model: 'clinical', messages: [{ role: 'user', content: 'How are you?' }] })
      .withResponse();
    expect(data.input_tokens).toBeGreaterThan(0);
    expect(response.headers.get('x-orchestrator-model')).toBe(HAIKU);
    expect(await rows()).toEqual(before);
  });

  it('lists the names that it may send', async () => {
    const client = anthropic.sdk();
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expect(ids.slice(0, ids.indexOf('auto'))).toContain('clinical');
    expect(ids.slice(ids.indexOf('auto') + 1)).toEqual(expect.arrayContaining([SONNET, NOVA_MICRO]));
    expect(await client.models.retrieve(SONNET)).toMatchObject({
      ...{ type: 'model', id: SONNET, display_name: expect.stringContaining('Sonnet') },
    });
    await expect(client.models.retrieve('nobody')).rejects.toThrow(Anthropic.NotFoundError);
  });
});

describe('the bytes of Claude', () => {
  /** As no serializer of ours would write it. */
  const REQUEST = Buffer.from(
    '{ "model":"clinical", "max_tokens": 5e1, "messages":[ {"role":"user","content":"K\\u00e4se?"} ] }',
  );

  it('reach it without the model, and the client with who answered', async () => {
    const { text, headers } = await anthropic.raw(REQUEST, { 'x-mine': 'secret', cookie: 'a=b' });
    expect(exchange().path).toBe(`/model/${encodeURIComponent(SONNET)}/invoke`);
    expect(exchange().asked.toString()).toBe(
      '{ "max_tokens": 5e1, "messages":[ {"role":"user","content":"K\\u00e4se?"} ] ,"anthropic_version":"bedrock-2023-05-31"}',
    );
    const own = Object.keys(exchange().headers).filter((name) => /mine|cookie|api-key|anthropic/.test(name));
    expect(own).toEqual([]);
    const { model: _, ...answer } = JSON.parse(exchange().answered.toString());
    const { model, orchestrator, ...got } = JSON.parse(text);
    expect(got).toEqual(answer);
    expect(model).toBe(SONNET);
    expect(orchestrator.invocationId).toBe(headers.get('request-id'));
  });

  it('are those of its events, without the metrics of Bedrock', async () => {
    const { text, headers } = await anthropic.raw({ stream: true });
    expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(text).not.toContain('amazon-bedrock');
    expect(text).toMatch(/event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/);
    expect(exchange().answered.toString('latin1')).toContain(
      Buffer.from('amazon-bedrock-invocationMetrics').toString('base64').slice(4, -4),
    );
  });
});

describe('a failure after content', () => {
  it.each(
    FAMILIES.flatMap(([family, name, modelId]) =>
      [
        ['an end that is too early', { kind: 'truncate', afterEvents: 4 }, 'api_error'],
        ['a damaged frame', { kind: 'malformed', afterEvents: 4 }, 'api_error'],
        [
          'throttling',
          { kind: 'exception', name: 'ThrottlingException', afterEvents: 4 },
          'rate_limit_error',
        ],
        [
          'a failure of AWS',
          { kind: 'exception', name: 'InternalServerException', afterEvents: 4 },
          'overloaded_error',
        ],
        ['a cut', { kind: 'stall', afterEvents: 4 }, 'api_error'],
      ].map(([what, fault, type]) => [family, what, { name, modelId, fault, type }] as const),
    ),
  )(
    'of %s by %s throws in the client, and asks no second model',
    async (_, __, { name, modelId, fault, type }) => {
      system.chats.faults({ modelId, ...(fault as object) } as never);
      const events: Anthropic.MessageStreamEvent[] = [];
      const failure = failureOf(anthropic.stream({ model: name }, events));
      const seen = () => events.some((event) => event.type === 'content_block_delta');
      await eventually(() => expect(seen()).toBe(true));
      if ((fault as { kind: string }).kind === 'stall') system.upstream.cut();
      expect(await failure).toMatchObject({ type });
      expect(events.map((event) => event.type)).not.toContain('message_stop');
      expect(system.asked()).toEqual([modelId]);
      const rows = await system.chats.rows(
        'SELECT * FROM model_invocations ORDER BY started_at DESC LIMIT 1',
      );
      expect(rows[0]).toMatchObject({
        wire: 'anthropic',
        outcome: 'failed',
        estimated: true,
        streamed: true,
      });
    },
  );

  it('by the client stops the model, and is recorded as cancelled', async () => {
    system.chats.faults(onSonnet({ kind: 'stall', afterEvents: 4 }));
    const run = anthropic.sdk().messages.stream({
      ...{ model: 'clinical', max_tokens: 50, messages: [{ role: 'user', content: 'Hi' }] },
    });
    const failure = failureOf(run.finalMessage());
    await new Promise<void>((resolve) => run.once('text', () => resolve()));
    const id = run.request_id;
    run.abort();
    expect(await failure).toBeInstanceOf(Anthropic.APIUserAbortError);
    await eventually(() => expect(system.chats.emulator.calls().calls.at(-1)!.outcome).toBe('client_gone'));
    await expect
      .poll(() => system.rowOf(id))
      .toMatchObject({ outcome: 'cancelled', error_kind: 'cancelled' });
  });
});

describe('a failure before content', () => {
  it.each([
    ['a refusal', error('ServiceUnavailableException'), 'unavailable'],
    [
      'an exception of a stream',
      { kind: 'exception', name: 'ThrottlingException', afterEvents: 1 },
      'throttled',
    ],
    ['a cut stream', { kind: 'cut', afterEvents: 1 }, 'stream_broken'],
  ])('by %s is not seen by the client: another Claude answers', async (_, fault, reason) => {
    system.chats.faults(onSonnet(fault));
    const { status, headers, text } = await anthropic.raw({ stream: true });
    expect([status, headers.get('x-orchestrator-model')]).toEqual([200, HAIKU]);
    expect(headers.get('x-orchestrator-fallback')).toBe(reason);
    expect(text.match(/event: message_start/g)).toHaveLength(1);
    const { message } = await anthropic.stream();
    expect(textOfMessage(message)).toContain('You wrote');
  });

  it('asks a model of another family in its own form', async () => {
    withoutClaude();
    for (const stream of [false, true]) {
      const messages = [
        {
          role: 'user',
          content: [{ type: 'text', text: 'How are you?', cache_control: { type: 'ephemeral' } }, IMAGE],
        },
      ];
      const request = { messages, system: 'Be kind', temperature: 0.5, top_k: 5 };
      const { message } = stream ? await anthropic.stream(request) : await anthropic.create(request);
      expect(textOfMessage(message)).toContain('You wrote: How are you?');
      expect(message.model).toBe(NOVA_LITE);
      expect(exchange().path).toMatch(stream ? /converse-stream$/ : /converse$/);
      expect(asked()).toMatchObject({
        system: [{ text: 'Be kind' }],
        inferenceConfig: { maxTokens: 2_000, temperature: 0.5 },
        messages: [{ role: 'user', content: [{ text: 'How are you?' }, { cachePoint: {} }, { image: {} }] }],
      });
      const row = await system.rowOf(String(message.orchestrator.invocationId));
      expect(row).toMatchObject({ model_id: NOVA_LITE, body_family: 'claude' });
      expect(row.attempts.at(-1).leftOut).toContain('topK');
      system.closeBreakers();
    }
  });

  it('asks no model of another family for what only Claude takes', async () => {
    withoutClaude();
    const tools = [{ type: 'bash_20250124', name: 'bash' }];
    const { status, body } = await anthropic.raw({ tools });
    expect(status).not.toBe(200);
    expect(system.asked()).not.toContain(NOVA_LITE);
    expect(body.error.details.attempts).toContainEqual(
      expect.objectContaining({ modelId: NOVA_LITE, outcome: 'skipped' }),
    );
  });
});

describe('a request that the model of the use case does not take', () => {
  it('names the field, and calls no model', async () => {
    const tools = [{ type: 'bash_20250124', name: 'bash' }];
    for (const model of ['auto', NOVA_MICRO]) {
      const { status, body } = await anthropic.raw({ model, tools });
      expect([status, body.error.type]).toEqual([400, 'invalid_request_error']);
      expect(body.error.message).toContain('tools.0.type: is taken by models of Claude only');
    }
    expect(system.asked()).toEqual([]);
  });
});
