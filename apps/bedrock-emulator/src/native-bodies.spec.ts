import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from './start-emulator.js';
import { answerOf, eventsOf, user, WEATHER } from './testing/requests.js';

const CLAUDE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA = 'eu.amazon.nova-2-lite-v1:0';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';
const DEVSTRAL = 'mistral.devstral-2-123b';
const GPT = 'openai.gpt-oss-120b-1:0';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const invoke = (modelId: string, body: object) => answerOf(emulator, modelId, 'invoke', body);
const stream = (modelId: string, body: object) =>
  eventsOf(emulator, modelId, 'invoke-with-response-stream', body);

const HEAD = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 2_000 };
const claude = (body: object, ...content: (string | object)[]) => ({
  ...HEAD,
  messages: [
    {
      role: 'user',
      content: content.map((block) => (typeof block === 'string' ? { type: 'text', text: block } : block)),
    },
  ],
  ...body,
});
const { name, inputSchema } = WEATHER.toolSpec;
const tools = [{ name, input_schema: inputSchema.json }];
const thinking = { type: 'enabled', budget_tokens: 1_024 };
const base64 = (media_type: string) => ({ type: 'base64', media_type, data: 'AA==' });
const ephemeral = (ttl?: string) => ({ cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } });

describe('a body of Claude', () => {
  it('with tools is answered with their use, then with their result', async () => {
    const asked = claude({ tools }, 'Ask get_weather');
    const { body } = await invoke(CLAUDE, asked);
    expect(body).toMatchObject({
      type: 'message',
      role: 'assistant',
      model: CLAUDE,
      stop_reason: 'tool_use',
    });
    const [use] = body.content;
    expect(use).toEqual({
      type: 'tool_use',
      id: expect.stringMatching(/^tooluse_/),
      name,
      input: { city: 'city', unit: 'celsius' },
    });
    const result = { type: 'tool_result', tool_use_id: use.id, content: 'Rain' };
    const { role, content } = body;
    const next = { ...asked, messages: [...asked.messages, { role, content }, user(result)] };
    const { body: answer } = await invoke(CLAUDE, next);
    expect(answer.stop_reason).toBe('end_turn');
    expect(answer.content[0].text).toContain('The tool get_weather returned: Rain');
  });

  it('is streamed in the events of the Messages API', async () => {
    const asked = claude({ tools, thinking }, 'Ask get_weather');
    const events = await stream(CLAUDE, asked);
    const kinds = events.map(({ type, event }) =>
      [type, event.content_block?.type ?? event.delta?.type ?? event.index].filter(
        (kind) => kind !== undefined,
      ),
    );
    expect(kinds.map((kind) => kind.join(' '))).toEqual([
      'message_start',
      'content_block_start thinking',
      ...Array(3).fill('content_block_delta thinking_delta'),
      'content_block_delta signature_delta',
      'content_block_stop 0',
      'content_block_start tool_use',
      ...Array(3).fill('content_block_delta input_json_delta'),
      'content_block_stop 1',
      'message_delta',
      'message_stop',
    ]);
    const { body } = await invoke(CLAUDE, asked);
    const all = (part: string) => events.map(({ event }) => event.delta?.[part] ?? '').join('');
    expect(body.content).toEqual([
      { type: 'thinking', thinking: all('thinking'), signature: all('signature') },
      expect.objectContaining({ type: 'tool_use', input: JSON.parse(all('partial_json')) }),
    ]);
    expect(events[0]!.event.message).toMatchObject({ content: [], stop_reason: null });
    expect(events.at(-2)!.event).toEqual({
      type: 'message_delta',
      delta: { stop_reason: 'tool_use', stop_sequence: null },
      usage: { output_tokens: body.usage.output_tokens },
    });
    expect(events.at(-1)!.event['amazon-bedrock-invocationMetrics']).toEqual({
      inputTokenCount: body.usage.input_tokens,
      outputTokenCount: body.usage.output_tokens,
      invocationLatency: expect.any(Number),
      cacheReadInputTokenCount: 0,
      cacheWriteInputTokenCount: 0,
    });
  });

  it('may have images, documents and its former thinking', async () => {
    const { body } = await invoke(CLAUDE, claude({ thinking }, 'Why?'));
    const media = [
      { type: 'image', source: base64('image/png') },
      { type: 'document', source: base64('application/pdf'), title: 'Leaflet', ...ephemeral() },
    ];
    const redacted = { type: 'redacted_thinking', data: 'AA==' };
    const messages = [
      user('Why?', ...media),
      { role: 'assistant', content: [...body.content, redacted] },
      user('So?'),
    ].map(({ role, content }) => ({
      role,
      content: content.map((block: object) => ('text' in block ? { type: 'text', ...block } : block)),
    }));
    const { status, body: answer } = await invoke(CLAUDE, { ...HEAD, messages });
    expect(status).toBe(200);
    expect(answer.usage.cache_creation_input_tokens).toBeGreaterThan(3_500);
  });

  it('gets citations, whole and in a stream', async () => {
    const source = { type: 'text', media_type: 'text/plain', data: 'Take two a day.' };
    const asked = claude({}, 'How many?', { type: 'document', source, citations: { enabled: true } });
    const citation = {
      ...{ type: 'char_location', cited_text: 'Take two a day.', document_index: 0 },
      ...{ document_title: 'Untitled', start_char_index: 0, end_char_index: 15 },
    };
    expect((await invoke(CLAUDE, asked)).body.content[0].citations).toEqual([citation]);
    const deltas = (await stream(CLAUDE, asked)).map(({ event }) => event.delta?.citation);
    expect(deltas.filter(Boolean)).toEqual([citation]);
  });

  it('says which tokens are cached, and how long', async () => {
    const asked = claude(
      { system: [{ type: 'text', text: 'x'.repeat(400), ...ephemeral('1h') }] },
      { type: 'text', text: 'y'.repeat(400), ...ephemeral() },
      'Why?',
    );
    const { body, headers } = await invoke(CLAUDE, asked);
    expect(body.usage).toMatchObject({
      ...{ cache_creation_input_tokens: 201, cache_read_input_tokens: 0 },
      cache_creation: { ephemeral_5m_input_tokens: 101, ephemeral_1h_input_tokens: 100 },
    });
    expect(headers.get('x-amzn-bedrock-cache-write-input-token-count')).toBe('201');
    const again = await invoke(CLAUDE, asked);
    expect(again.headers.get('x-amzn-bedrock-cache-read-input-token-count')).toBe('201');
    expect(again.headers.get('x-amzn-bedrock-input-token-count')).toBe('1');
    const last = (await stream(CLAUDE, asked)).at(-1)!.event;
    expect(last['amazon-bedrock-invocationMetrics']).toMatchObject({ cacheReadInputTokenCount: 201 });
  });

  it.each([
    ['any', { type: 'any' }, ['tool_use']],
    ['tool', { type: 'tool', name }, ['tool_use']],
    ['none', { type: 'none' }, ['text']],
  ])('may choose %s of its tools', async (_, tool_choice, kinds) => {
    const { body } = await invoke(CLAUDE, claude({ tools, tool_choice }, 'Hi'));
    expect(body.content.map(({ type }: { type: string }) => type)).toEqual(kinds);
  });

  it('may forbid that tools are used in parallel', async () => {
    const both = [...tools, { name: 'find_staff', input_schema: {} }];
    const asked = (more: object) => claude({ tools: both, ...more }, 'get_weather and find_staff');
    const uses = async (more = {}) => (await invoke(CLAUDE, asked(more))).body.content.length;
    expect(await uses()).toBe(2);
    expect(await uses({ tool_choice: { type: 'auto', disable_parallel_tool_use: true } })).toBe(1);
  });

  it('has the format that the request wants', async () => {
    const schema = { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] };
    const format = { type: 'json_schema', schema };
    const { body } = await invoke(CLAUDE, claude({ output_config: { format } }, 'Is it?'));
    expect(body.content).toEqual([{ type: 'text', text: '{"ok":true}' }]);
  });

  it('ends before its stop sequence, and names it', async () => {
    const { body } = await invoke(CLAUDE, claude({ stop_sequences: ['emulator'] }, 'Hi'));
    expect(body).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'emulator' });
  });

  it.each([
    [{ ...HEAD, messages: [user('Hi')], model: CLAUDE }, /#\/messages\/0\/content/],
    [claude({ stream: true }, 'Hi'), /#: extraneous key \[stream\] is not permitted/],
    [{ messages: [user('Hi')] }, /#: required key \[anthropic_version\] not found/],
    [
      claude({}, { type: 'image', source: { type: 'url', url: 'https://a.example' } }),
      /^Malformed input request: #\/messages\/0\/content/,
    ],
    [
      claude({ tools }, { type: 'tool_result', tool_use_id: 'a' }),
      /messages\.0\.content\.0: unexpected `tool_use_id` found in `tool_result` blocks: a/,
    ],
    [
      claude({
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name, input: {} }] },
          { role: 'user', content: 'And?' },
        ],
      }),
      /messages\.1: `tool_use` ids were found without `tool_result` blocks immediately after: a/,
    ],
  ])('is refused as Bedrock refuses it: %j', async (body, words) => {
    const answer = await invoke(CLAUDE, body);
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
    expect(answer.body.message).toMatch(words);
  });
});

describe('a body of Nova', () => {
  const asked = {
    schemaVersion: 'messages-v1',
    messages: [user('Ask get_weather')],
    toolConfig: { tools: [WEATHER] },
    reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' },
  };

  it('uses tools and thinks', async () => {
    const { body } = await invoke(NOVA, asked);
    expect(body).toMatchObject({ stopReason: 'tool_use', usage: { inputTokens: expect.any(Number) } });
    expect(body.output.message.content.map((block: object) => Object.keys(block)[0])).toEqual([
      'reasoningContent',
      'toolUse',
    ]);
    const types = (await stream(NOVA, asked)).map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['messageStart', 'contentBlockDelta']);
    expect(types).toContain('contentBlockStart');
    expect(types.at(-1)).toBe('metadata');
  });

  it('has other names of parameters', async () => {
    const inferenceConfig = { max_new_tokens: 4 };
    const { body } = await invoke(NOVA, { messages: [user('Hi')], inferenceConfig });
    expect(body).toMatchObject({ stopReason: 'max_tokens', usage: { outputTokens: 4 } });
  });

  it('is not one of Claude', async () => {
    const { status, body } = await invoke(NOVA, claude({}, 'Hi'));
    expect([status, body.message]).toEqual([
      400,
      expect.stringMatching(/^Malformed input request: #: extraneous key \[anthropic_version\]/),
    ]);
  });
});

describe('a body of Mistral', () => {
  const asked = {
    messages: [
      { role: 'system', content: 'Be kind' },
      { role: 'user', content: 'Hi' },
    ],
  };

  it('is a chat', async () => {
    const { body } = await invoke(PIXTRAL, { ...asked, max_tokens: 5 });
    expect(body.choices).toEqual([
      { index: 0, message: { role: 'assistant', content: 'This is eu.mistral.p' }, stop_reason: 'length' },
    ]);
    const events = (await stream(PIXTRAL, asked)).map(({ event }) => event);
    const text = events.map(({ choices }) => choices[0].message.content).join('');
    expect(text).toContain('You wrote: Hi');
    expect(events.at(-1)).toMatchObject({
      choices: [{ stop_reason: 'stop' }],
      'amazon-bedrock-invocationMetrics': { inputTokenCount: 3, outputTokenCount: expect.any(Number) },
    });
  });

  it('with tools is answered with their use, then with their result', async () => {
    const parameters = inputSchema.json;
    const weather = { type: 'function', function: { name, description: 'Weather', parameters } };
    const question = { role: 'user', content: 'Ask get_weather' };
    const { body } = await invoke(PIXTRAL, { messages: [question], tools: [weather] });
    const [{ message, stop_reason }] = body.choices;
    expect(stop_reason).toBe('tool_calls');
    expect(message.tool_calls).toEqual([
      {
        id: expect.stringMatching(/^tooluse_/),
        function: { name, arguments: '{"city":"city","unit":"celsius"}' },
      },
    ]);
    const events = (await stream(PIXTRAL, { messages: [question], tools: [weather] })).map(
      ({ event }) => event,
    );
    expect(events.at(-1).choices).toEqual(body.choices);
    const results = [{ role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'Rain' }];
    const next = await invoke(PIXTRAL, { messages: [question, message, ...results], tools: [weather] });
    expect(next.body.choices[0]).toMatchObject({
      message: { content: expect.stringContaining('The tool get_weather returned: Rain') },
      stop_reason: 'stop',
    });
    const forced = { messages: [{ role: 'user', content: 'Hi' }], tools: [weather] };
    expect((await invoke(PIXTRAL, { ...forced, tool_choice: 'any' })).body.choices[0].stop_reason).toBe(
      'tool_calls',
    );
    const none = { messages: [question], tools: [weather], tool_choice: 'none' };
    expect((await invoke(PIXTRAL, none)).body.choices[0].stop_reason).toBe('stop');
  });

  it('has images as data, and no URL', async () => {
    const showing = (url: string) => ({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hi' },
            { type: 'image_url', image_url: { url } },
          ],
        },
      ],
    });
    expect((await invoke(PIXTRAL, showing('data:image/png;base64,AA=='))).status).toBe(200);
    expect((await invoke(PIXTRAL, showing('https://example.org/a.png'))).status).toBe(400);
    expect((await invoke(DEVSTRAL, showing('data:image/png;base64,AA=='))).status).toBe(400);
  });

  it('is not one of Claude', async () => {
    expect((await invoke(PIXTRAL, claude({}, 'Hi'))).body.message).toMatch(/^Malformed input request: #/);
  });
});

it('knows no body of other families', async () => {
  expect((await invoke(GPT, { messages: [] })).body.message).toMatch(/use Converse for this model/);
});

describe('the headers of InvokeModel', () => {
  const withHeaders = (headers: Record<string, string>) =>
    fetch(`${emulator.url}/model/${CLAUDE}/invoke`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', ...headers },
      body: JSON.stringify(claude({}, 'Hi')),
    });

  it('say how it is processed, and are echoed', async () => {
    const { headers } = await withHeaders({
      'x-amzn-bedrock-service-tier': 'flex',
      'x-amzn-bedrock-performanceconfig-latency': 'standard',
    });
    expect(headers.get('x-amzn-bedrock-service-tier')).toBe('flex');
    expect(headers.get('x-amzn-bedrock-performanceconfig-latency')).toBe('standard');
  });

  it('name the guardrail, which must exist', async () => {
    const guarded = (id: string) =>
      withHeaders({
        'x-amzn-bedrock-guardrailidentifier': id,
        'x-amzn-bedrock-guardrailversion': '1',
      });
    expect((await guarded('emulated0001')).status).toBe(200);
    expect((await guarded('missing')).status).toBe(400);
    expect(emulator.calls().calls.map(({ guardrail }) => guardrail)).toEqual(['emulated0001', 'missing']);
  });
});
