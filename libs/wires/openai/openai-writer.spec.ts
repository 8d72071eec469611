import { EventStreamCodec } from '@smithy/eventstream-codec';
import { array, assert, asyncProperty, constantFrom, nat, oneof, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PassedStream } from '#libs/platform/bedrock/passed-stream.js';
import { aModel } from '../../../test/support/catalogue-fixture.js';
import { OpenAiWriter } from './openai-writer.js';

const model = aModel('eu.a.model');
const FACTS = { model: 'eu.a.model', useCase: 'clinical', invocationId: 'i-1', attempts: 2 };
const writer = (includesUsage = false) =>
  new OpenAiWriter({ model, facts: FACTS, includesUsage, createdAt: 5 });
const usage = { inputTokens: 10, outputTokens: 4, cacheReadInputTokens: 100, cacheWriteInputTokens: 20 };
const COUNTED = {
  prompt_tokens: 130,
  completion_tokens: 4,
  total_tokens: 134,
  prompt_tokens_details: { cached_tokens: 100, cache_creation_tokens: 20 },
};

type Block = Record<string, unknown>;
const text = (of: string): Block => ({ text: of });
const tool = (toolUseId: string, input?: unknown): Block => ({ toolUse: { toolUseId, name: 'f', input } });
const reasoning = (of: string, signature?: string): Block => ({
  reasoningContent: { reasoningText: { text: of, ...(signature && { signature }) } },
});
const redacted: Block = { reasoningContent: { redactedContent: 'eA==' } };

function whole(content: Block[], stopReason = 'end_turn', more: object = {}) {
  const answer = { output: { message: { role: 'assistant', content } }, stopReason, usage, ...more };
  return JSON.parse(
    writer()
      .whole(Buffer.from(JSON.stringify(answer)))
      .toString('utf8'),
  );
}

describe('a whole answer', () => {
  it('is a chat completion', () => {
    const { system_fingerprint: fingerprint, ...completion } = whole([text('Hello')]);
    expect(fingerprint).toBe(`price-${model.price.version}`);
    expect(completion).toEqual({
      ...{ id: 'chatcmpl-i-1', object: 'chat.completion', created: 5, model: 'eu.a.model' },
      choices: [
        {
          ...{ index: 0, finish_reason: 'stop', logprobs: null },
          message: { role: 'assistant', content: 'Hello', refusal: null },
        },
      ],
      usage: COUNTED,
      orchestrator: FACTS,
    });
  });

  it.each<[string, Block[], object]>([
    ['all texts', [text('a'), text('b')], { content: 'ab' }],
    [
      'tools, with their input as text',
      [tool('t1', { a: 1 }), tool('t2')],
      {
        content: null,
        tool_calls: [
          { id: 't1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
          { id: 't2', type: 'function', function: { name: 'f', arguments: '{}' } },
        ],
      },
    ],
    [
      'reasoning, with its signature',
      [reasoning('Hm', 's'), redacted, text('a')],
      {
        ...{ content: 'a', reasoning_content: 'Hm' },
        thinking_blocks: [
          { type: 'thinking', thinking: 'Hm', signature: 's' },
          { type: 'redacted_thinking', data: 'eA==' },
        ],
      },
    ],
    [
      'reasoning without a signature',
      [reasoning('Hm')],
      { content: null, reasoning_content: 'Hm', thinking_blocks: [{ type: 'thinking', thinking: 'Hm' }] },
    ],
  ])('has %s', (_, content, message) => {
    expect(whole(content).choices[0].message).toEqual({ role: 'assistant', refusal: null, ...message });
  });

  it('says which tier of the service answered', () => {
    expect(whole([], 'end_turn', { serviceTier: { type: 'flex' } }).service_tier).toBe('flex');
  });
});

describe('the end of an answer', () => {
  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_calls'],
    ['content_filtered', 'content_filter'],
    ['guardrail_intervened', 'content_filter'],
    ['a_new_reason', 'stop'],
  ])('%s is %s', (reason, finish) => {
    expect(whole([text('a')], reason).choices[0].finish_reason).toBe(finish);
    expect(chunksOf(eventsOf([text('a')], reason)).at(-1)).toMatchObject({
      choices: [{ delta: {}, finish_reason: finish }],
    });
  });

  it.each(['malformed_model_output', 'malformed_tool_use'])('%s is a failure of the model', (reason) => {
    const failure = { kind: 'unusable_answer', awsName: reason, begun: true };
    expect(() => whole([text('a')], reason)).toThrow(
      expect.objectContaining({ ...failure, textShown: false }),
    );
    expect(() => written(eventsOf([text('a')], reason))).toThrow(
      expect.objectContaining({ ...failure, textShown: true }),
    );
    expect(() => written(eventsOf([], reason))).toThrow(
      expect.objectContaining({ ...failure, textShown: false }),
    );
  });
});

type Event = [name: string, payload: object];
const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (of) => Buffer.from(of, 'utf8'),
);
const frameOf = ([name, payload]: Event): Buffer => {
  const headers = { ':message-type': 'event', ':event-type': name, ':content-type': 'application/json' };
  const typed = Object.entries(headers).map(([key, value]) => [key, { type: 'string' as const, value }]);
  return Buffer.from(
    codec.encode({ headers: Object.fromEntries(typed), body: Buffer.from(JSON.stringify(payload)) }),
  );
};

/** The events of an answer; texts arrive in pieces of two characters. */
function eventsOf(content: Block[], stopReason = 'end_turn', withUsage = true): Event[] {
  const blocks = content.flatMap((block, contentBlockIndex): Event[] => [
    ...startOf(block).map((start): Event => ['contentBlockStart', { contentBlockIndex, start }]),
    ...deltasOf(block).map((delta): Event => ['contentBlockDelta', { contentBlockIndex, delta }]),
    ['contentBlockStop', { contentBlockIndex }],
  ]);
  return [
    ['messageStart', { role: 'assistant' }],
    ...blocks,
    ['messageStop', { stopReason }],
    ...(withUsage ? [['metadata', { usage, metrics: { latencyMs: 1 } }] as Event] : []),
  ];
}

function startOf({ toolUse }: Block): object[] {
  if (!toolUse) return [];
  const { input: _, ...start } = toolUse as { input: unknown };
  return [{ toolUse: start }];
}

const pieces = (of: string): string[] => of.match(/[\s\S]{1,2}/g) ?? [];

// biome-ignore lint/suspicious/noExplicitAny: blocks of every kind
function deltasOf({ text: of, toolUse, reasoningContent }: any): object[] {
  if (of !== undefined) return pieces(of).map((piece) => ({ text: piece }));
  if (toolUse) {
    const input = toolUse.input === undefined ? '' : JSON.stringify(toolUse.input);
    return pieces(input).map((piece) => ({ toolUse: { input: piece } }));
  }
  const { redactedContent, reasoningText } = reasoningContent;
  if (redactedContent) return [{ reasoningContent: { redactedContent } }];
  return [
    ...pieces(reasoningText.text).map((piece) => ({ reasoningContent: { text: piece } })),
    ...(reasoningText.signature ? [{ reasoningContent: { signature: reasoningText.signature } }] : []),
  ];
}

/** Returns what a client gets of a stream that arrives in chunks of these sizes, over and over; absent: frame by frame. */
function written(events: Event[], { includesUsage = false, sizes = [0] } = {}): string {
  const own = writer(includesUsage);
  let out = '';
  const passed = new PassedStream({ modelId: model.id, operation: 'converse-stream' }, ({ bytes }) => {
    out += own.frames(bytes).toString('utf8');
    return undefined;
  });
  const frames = events.map(frameOf);
  const bytes = Buffer.concat(frames);
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length]! || frames[turn]!.length;
    passed.read(bytes.subarray(at, at + size));
    void passed.passOn();
    at += size;
  }
  return out + own.end(passed.end().tail).toString('utf8');
}

// biome-ignore lint/suspicious/noExplicitAny: chunks of every kind
const chunksOf = (events: Event[], options = {}): any[] =>
  written(events, options)
    .split('\n\n')
    .filter((event) => event !== '' && event !== 'data: [DONE]')
    .map((event) => JSON.parse(event.replace(/^data: /, '')));
const deltas = (events: Event[]) =>
  chunksOf(events).flatMap(({ choices }) => choices.map(({ delta }: { delta: object }) => delta));

describe('a stream', () => {
  it('begins with the role and who answers, and has the same members in each chunk', () => {
    const [first, ...rest] = chunksOf(eventsOf([text('Hello')]));
    const common = { id: 'chatcmpl-i-1', object: 'chat.completion.chunk', created: 5, model: 'eu.a.model' };
    expect(first).toEqual({
      ...common,
      choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
      system_fingerprint: `price-${model.price.version}`,
      orchestrator: FACTS,
    });
    expect(rest[0]).toEqual({
      ...common,
      choices: [{ index: 0, delta: { content: 'He' }, finish_reason: null }],
    });
  });

  it('numbers tools from 0, whatever is before them, and completes those without input', () => {
    const calls = deltas(eventsOf([reasoning('H'), text('a'), tool('t1', {}), tool('t2')])).flatMap(
      (delta) => delta.tool_calls ?? [],
    );
    expect(calls).toEqual([
      { index: 0, id: 't1', type: 'function', function: { name: 'f', arguments: '' } },
      { index: 0, function: { arguments: '{}' } },
      { index: 1, id: 't2', type: 'function', function: { name: 'f', arguments: '' } },
      { index: 1, function: { arguments: '{}' } },
    ]);
  });

  it('has reasoning as text, and as blocks when they have ended', () => {
    const content = [reasoning('Hmm', 's'), redacted, reasoning('H')];
    expect(deltas(eventsOf(content)).slice(1, -1)).toEqual([
      { reasoning_content: 'Hm' },
      { reasoning_content: 'm' },
      { thinking_blocks: [{ type: 'thinking', thinking: 'Hmm', signature: 's' }] },
      { thinking_blocks: [{ type: 'redacted_thinking', data: 'eA==' }] },
      { reasoning_content: 'H' },
      { thinking_blocks: [{ type: 'thinking', thinking: 'H' }] },
    ]);
  });

  it('has its usage only where the client asks for it', () => {
    const events = eventsOf([text('a')]);
    expect(chunksOf(events).some((chunk) => 'usage' in chunk)).toBe(false);
    expect(chunksOf(events, { includesUsage: true }).at(-1)).toMatchObject({ choices: [], usage: COUNTED });
  });

  it('ends with [DONE], but not where its last event is missing', () => {
    expect(written(eventsOf([text('a')]))).toMatch(/data: \[DONE\]\n\n$/);
    expect(written(eventsOf([text('a')], 'end_turn', false))).not.toContain('[DONE]');
  });

  it('ignores events of a newer release', () => {
    const events = eventsOf([text('a')]);
    const more = events.toSpliced(1, 0, ['somethingNew', { a: 1 }]);
    expect(written(more)).toBe(written(events));
  });
});

const anyBlock = oneof(
  string({ minLength: 1, unit: 'grapheme' }).map(text),
  record({ id: string({ minLength: 1 }), value: string() }).map(({ id, value }) => tool(id, { value })),
  string({ minLength: 1 }).map((of) => reasoning(of, 'sig')),
  constantFrom(tool('t'), redacted),
);

it('is the same for a client, in whatever chunks it arrives', async () => {
  await assert(
    asyncProperty(
      array(anyBlock, { minLength: 1 }),
      array(nat(200), { minLength: 1 }),
      async (content, steps) => {
        const events = eventsOf(content);
        const sizes = steps.map((step) => step + 1);
        const options = { includesUsage: true };
        expect(written(events, { ...options, sizes })).toBe(written(events, options));
      },
    ),
  );
});

it('has the same content as the whole answer', async () => {
  await assert(
    asyncProperty(array(anyBlock, { minLength: 1 }), async (content) => {
      const { message } = whole(content).choices[0];
      const parts = deltas(eventsOf(content));
      expect(parts.map((delta) => delta.content ?? '').join('')).toBe(message.content ?? '');
      expect(parts.map((delta) => delta.reasoning_content ?? '').join('')).toBe(
        message.reasoning_content ?? '',
      );
      expect(parts.flatMap((delta) => delta.thinking_blocks ?? [])).toEqual(message.thinking_blocks ?? []);
      const calls = parts.flatMap((delta) => delta.tool_calls ?? []);
      const joined = (message.tool_calls ?? []).map((_: unknown, index: number) =>
        calls
          .filter((call) => call.index === index)
          .map((call) => call.function.arguments)
          .join(''),
      );
      expect(joined).toEqual(
        (message.tool_calls ?? []).map(
          (call: { function: { arguments: string } }) => call.function.arguments,
        ),
      );
    }),
  );
});
