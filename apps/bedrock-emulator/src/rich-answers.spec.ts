import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from './start-emulator.js';
import { answerOf, assistant, eventsOf, toolResult, user, WEATHER } from './testing/requests.js';

const NOVA = 'eu.amazon.nova-lite-v1:0';
const NOVA_2 = 'eu.amazon.nova-2-lite-v1:0';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const GPT = 'openai.gpt-oss-120b-1:0';
const HOUR_MS = 3_600_000;

let now = new Date('2026-11-22');
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const converse = async (modelId: string, request: object) =>
  (await answerOf(emulator, modelId, 'converse', request)).body;
const stream = (modelId: string, request: object) => eventsOf(emulator, modelId, 'converse-stream', request);

/** Puts the deltas of a stream together, as SDKs do. */
function blocksIn(events: Awaited<ReturnType<typeof stream>>) {
  const blocks: Record<string, string>[] = [];
  for (const { event } of events) {
    const { contentBlockIndex: at } = event;
    if (at === undefined) continue;
    blocks[at] ??= {};
    for (const [name, value] of partsOf(event)) blocks[at][name] = (blocks[at][name] ?? '') + value;
  }
  return blocks;
}

const partsOf = ({ start, delta = {} }: { start?: { toolUse?: object }; delta?: Record<string, object> }) =>
  [start?.toolUse, delta.toolUse, delta.reasoningContent, delta]
    .flatMap((part) => Object.entries(part ?? {}))
    .filter(([, value]) => typeof value === 'string');

const STAFF = { toolSpec: { name: 'find_staff', inputSchema: { json: {} } } };
const tools = [WEATHER, STAFF];
const weather = { messages: [user('Ask get_weather for Berlin')], toolConfig: { tools } };

describe('a model with tools', () => {
  it('uses the tool that the user names, with its required input', async () => {
    const { output, stopReason, usage } = await converse(NOVA, weather);
    expect(stopReason).toBe('tool_use');
    expect(output.message.content).toEqual([
      {
        toolUse: {
          toolUseId: expect.stringMatching(/^tooluse_[\w-]{22}$/),
          name: 'get_weather',
          input: { city: 'city', unit: 'celsius' },
        },
      },
    ]);
    expect(usage.inputTokens).toBeGreaterThan(50);
    expect(usage.outputTokens).toBeGreaterThan(5);
  });

  it('streams the tool use: its start, and its input in pieces that are no JSON', async () => {
    const events = await stream(NOVA, weather);
    expect(events.map(({ type }) => type)).toEqual([
      ...['messageStart', 'contentBlockStart'],
      ...Array(3).fill('contentBlockDelta'),
      ...['contentBlockStop', 'messageStop', 'metadata'],
    ]);
    expect(() => JSON.parse(events[2]!.event.delta.toolUse.input)).toThrow();
    const [block] = blocksIn(events);
    expect(JSON.parse(block!.input!)).toEqual({ city: 'city', unit: 'celsius' });
    expect(events.at(-2)!.event).toEqual({ stopReason: 'tool_use' });
    const { output } = await converse(NOVA, weather);
    expect(block!.toolUseId).toBe(output.message.content[0].toolUse.toolUseId);
  });

  it('quotes the result of its tool, by the name that the history gives it', async () => {
    const { output } = await converse(NOVA, weather);
    const [{ toolUse }] = output.message.content;
    const ask = (...results: object[]) =>
      converse(NOVA, {
        ...weather,
        messages: [...weather.messages, output.message, user(toolResult(toolUse.toolUseId, ...results))],
      });
    const answer = await ask({ text: 'Rain' }, { json: { degrees: 7 } });
    expect(answer.stopReason).toBe('end_turn');
    expect(answer.output.message.content[0].text).toContain(
      'The tool get_weather returned: Rain {"degrees":7}',
    );
  });

  it('uses several tools that the user names, each in a separate block', async () => {
    const events = await stream(NOVA, { ...weather, messages: [user('Use find_staff, then get_weather.')] });
    expect(blocksIn(events).map(({ name }) => name)).toEqual(['get_weather', 'find_staff']);
    const ids = blocksIn(events).map(({ toolUseId }) => toolUseId);
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    ['auto', { auto: {} }, []],
    ['any', { any: {} }, ['get_weather']],
    ['tool', { tool: { name: 'find_staff' } }, ['find_staff']],
  ])('that the user does not name does what toolChoice %s says', async (_, toolChoice, names) => {
    const { output } = await converse(NOVA, { messages: [user('Hi')], toolConfig: { tools, toolChoice } });
    const uses = output.message.content.flatMap(
      (block: { toolUse?: { name: string } }) => block.toolUse ?? [],
    );
    expect(uses.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it('fills in what a schema requires, of every type', async () => {
    const json = {
      required: ['id', 'count', 'ok', 'list', 'of', 'kind', 'either', 'fixed'],
      properties: {
        id: { type: ['string', 'null'] },
        count: { type: 'number', minimum: 3 },
        ok: { type: 'boolean' },
        list: { type: 'array', items: { type: 'integer' }, minItems: 2 },
        of: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
        kind: { enum: ['x', 'y'] },
        either: { anyOf: [{ type: 'null' }, { type: 'string' }] },
        fixed: { const: 0 },
        optional: { type: 'string' },
      },
    };
    const { output } = await converse(NOVA, {
      messages: [user('fill it')],
      toolConfig: { tools: [{ toolSpec: { name: 'fill', inputSchema: { json } } }] },
    });
    expect(output.message.content[0].toolUse.input).toEqual({
      ...{ id: 'id', count: 3, ok: true, list: [1, 1], of: { a: 'a' }, kind: 'x', either: null, fixed: 0 },
    });
  });
});

describe('a model that thinks', () => {
  it.each([
    [HAIKU, { thinking: { type: 'enabled', budget_tokens: 1_024 } }, true],
    [NOVA_2, { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } }, false],
    [GPT, { reasoning_effort: 'low' }, false],
  ])('begins with its reasoning (%s)', async (modelId, additionalModelRequestFields, isSigned) => {
    const asked = { messages: [user('Why?')], additionalModelRequestFields };
    const { output } = await converse(modelId, asked);
    const [{ reasoningContent }, { text }] = output.message.content;
    expect(reasoningContent.reasoningText.text).toContain('Why?');
    expect(Object.keys(reasoningContent.reasoningText)).toEqual(isSigned ? ['text', 'signature'] : ['text']);
    const events = await stream(modelId, asked);
    expect(blocksIn(events)).toEqual([reasoningContent.reasoningText, { text }]);
    const deltas = events.filter(({ type }) => type === 'contentBlockDelta').map(({ event }) => event);
    const last = deltas.findLast(({ contentBlockIndex }) => contentBlockIndex === 0);
    expect(Object.keys(last.delta.reasoningContent)).toEqual([isSigned ? 'signature' : 'text']);
  });

  it('does so before it uses a tool', async () => {
    const events = await stream(HAIKU, {
      ...weather,
      additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1_024 } },
    });
    expect(blocksIn(events).map((block) => Object.keys(block))).toEqual([
      ['text', 'signature'],
      ['toolUseId', 'name', 'input'],
    ]);
    expect(events.at(-2)!.event).toEqual({ stopReason: 'tool_use' });
  });

  it.each([
    [HAIKU, { thinking: { type: 'disabled' } }],
    [NOVA_2, { reasoningConfig: { type: 'disabled' } }],
  ])('does not where it is switched off (%s)', async (modelId, additionalModelRequestFields) => {
    const { output } = await converse(modelId, { messages: [user('Why?')], additionalModelRequestFields });
    expect(output.message.content).toEqual([{ text: expect.stringContaining('Why?') }]);
  });
});

describe('an answer', () => {
  it('ends before a stop sequence, the first of them', async () => {
    const inferenceConfig = { stopSequences: ['message', 'emulator', 'unheard of'] };
    const { output, stopReason } = await converse(NOVA, { messages: [user('Hi')], inferenceConfig });
    expect(stopReason).toBe('stop_sequence');
    expect(output.message.content).toEqual([{ text: `This is ${NOVA} in the Bedrock ` }]);
  });

  it.each([
    [
      { document: { name: 'Leaflet', source: { text: 'Take two a day.' }, citations: { enabled: true } } },
      { documentChar: { documentIndex: 0, start: 0, end: 15 } },
    ],
    [
      {
        searchResult: {
          ...{ source: 'a', title: 'Leaflet', content: [{ text: 'Take two a day.' }] },
          citations: { enabled: true },
        },
      },
      { searchResultLocation: { searchResultIndex: 0, start: 0, end: 15 } },
    ],
  ])('cites %j', async (block, location) => {
    const asked = { messages: [user('How many?', block)] };
    const citation = { title: 'Leaflet', sourceContent: [{ text: 'Take two a day.' }], location };
    const { output } = await converse(HAIKU, asked);
    expect(output.message.content).toEqual([
      {
        citationsContent: {
          content: [{ text: expect.stringContaining('How many?') }],
          citations: [citation],
        },
      },
    ]);
    const events = await stream(HAIKU, asked);
    expect(events.map(({ event }) => event.delta?.citation).filter(Boolean)).toEqual([citation]);
  });

  it('has the format that the request wants', async () => {
    const schema = JSON.stringify({ properties: { rooms: { type: 'integer' } }, required: ['rooms'] });
    const asked = (jsonSchema: object) => ({
      messages: [user('How many?')],
      outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema } } },
    });
    const { output } = await converse(HAIKU, asked({ schema }));
    expect(output.message.content).toEqual([{ text: '{"rooms":1}' }]);
    const { message } = await converse(HAIKU, asked({ schema: '{' }));
    expect(message).toMatch(/^Malformed input request: #\/outputConfig\/.*: is not valid JSON/);
  });

  it('says which service tier and latency it had', async () => {
    const processing = { serviceTier: { type: 'flex' }, performanceConfig: { latency: 'standard' } };
    const asked = { messages: [user('Hi')], ...processing };
    expect(await converse(NOVA, asked)).toMatchObject(processing);
    expect((await stream(NOVA, asked)).at(-1)!.event).toMatchObject(processing);
  });
});

describe('cached prompts', () => {
  const cachePoint = (ttl?: string) => ({ cachePoint: { type: 'default', ...(ttl && { ttl }) } });
  const asked = (question: string) => ({
    system: [{ text: 'x'.repeat(400) }, cachePoint('1h')],
    messages: [user('y'.repeat(400), cachePoint(), question)],
  });
  const usage = async (question: string, modelId = HAIKU) => (await converse(modelId, asked(question))).usage;

  it('are written first, and read again while they live', async () => {
    const first = await usage('Why?');
    expect(first).toMatchObject({
      ...{ inputTokens: 1, cacheReadInputTokens: 0, cacheWriteInputTokens: 201 },
      cacheDetails: [
        { ttl: '5m', inputTokens: 101 },
        { ttl: '1h', inputTokens: 100 },
      ],
    });
    expect(first.totalTokens).toBe(202 + first.outputTokens);
    expect(await usage('When?')).toMatchObject({
      ...{ cacheReadInputTokens: 201, cacheWriteInputTokens: 0, cacheDetails: [] },
    });
    now = new Date(now.getTime() + HOUR_MS / 2);
    expect(await usage('When?')).toMatchObject({
      ...{ cacheReadInputTokens: 100, cacheWriteInputTokens: 101 },
      cacheDetails: [{ ttl: '5m', inputTokens: 101 }],
    });
    now = new Date(now.getTime() + HOUR_MS);
    expect(await usage('When?')).toMatchObject({ cacheReadInputTokens: 0, cacheWriteInputTokens: 201 });
  });

  it('belong to one model, and are counted in streams too', async () => {
    await usage('Why?');
    const sonnet = 'eu.anthropic.claude-sonnet-4-6';
    expect(await usage('Why?', sonnet)).toMatchObject({ cacheReadInputTokens: 0 });
    const events = await stream(sonnet, asked('Why?'));
    expect(events.at(-1)!.event.usage).toMatchObject({ cacheReadInputTokens: 201 });
  });

  it('have another beginning when their tools differ', async () => {
    const withTool = (tool: object) => ({
      messages: [user('Hi')],
      toolConfig: { tools: [tool, cachePoint()] },
    });
    const read = async (tool: object) => (await converse(HAIKU, withTool(tool))).usage.cacheReadInputTokens;
    expect([await read(WEATHER), await read(STAFF), (await read(WEATHER)) > 0]).toEqual([0, 0, true]);
  });
});

it('counts images and documents as input', async () => {
  const image = { image: { format: 'png', source: { bytes: 'AA==' } } };
  const document = { document: { format: 'pdf', name: 'a', source: { bytes: 'AA==' } } };
  const { usage } = await converse(NOVA, { messages: [user('Hi', image, document)] });
  expect(usage.inputTokens).toBeGreaterThan(3_500);
  const { usage: guarded } = await converse(NOVA, {
    messages: [user({ guardContent: { text: { text: 'Is this right?' } } }), assistant('Yes')],
  });
  expect(guarded.inputTokens).toBe(5);
});
