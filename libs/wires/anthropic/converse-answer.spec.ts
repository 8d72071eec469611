import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { messageOf } from '#libs/platform/bedrock/event-stream-encoder.js';
import { ConverseAnswerWriter } from './converse-answer.js';

const FACTS = { model: 'eu.amazon.a', useCase: 'clinical', invocationId: 'call-1', attempts: 2 };
const MESSAGE = {
  ...{ id: 'msg_call-1', type: 'message', role: 'assistant', model: 'eu.amazon.a', orchestrator: FACTS },
};
const USAGE = { inputTokens: 5, outputTokens: 7, cacheReadInputTokens: 3, cacheWriteInputTokens: 2 };
const COUNTED = {
  ...{ input_tokens: 5, output_tokens: 7, cache_read_input_tokens: 3, cache_creation_input_tokens: 2 },
};

const wholeOf = (answer: object) =>
  JSON.parse(new ConverseAnswerWriter(FACTS).whole(Buffer.from(JSON.stringify(answer))).toString());
const withContent = (...content: object[]) =>
  wholeOf({ output: { message: { content } }, stopReason: 'end_turn', usage: USAGE }).content;

type Event = [name: string, payload: object];
const frameOf = ([name, payload]: Event) =>
  messageOf({ ':message-type': 'event', ':event-type': name }, Buffer.from(JSON.stringify(payload)));
const START: Event = ['messageStart', { role: 'assistant' }];
const delta = (contentBlockIndex: number, piece: object): Event => [
  'contentBlockDelta',
  { contentBlockIndex, delta: piece },
];
const stop = (contentBlockIndex: number): Event => ['contentBlockStop', { contentBlockIndex }];
const END: Event[] = [
  ['messageStop', { stopReason: 'end_turn' }],
  ['metadata', { usage: USAGE }],
];

/** Returns what a client reads of a stream. */
function streamed(events: Event[], end = END) {
  const writer = new ConverseAnswerWriter(FACTS);
  const bytes = [
    writer.frames(Buffer.concat([START, ...events].map(frameOf))),
    writer.end(Buffer.concat(end.map(frameOf))),
  ];
  return readEvents(Buffer.concat(bytes));
}

function readEvents(bytes: Buffer) {
  return bytes
    .toString('utf8')
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => {
      const [name, data] = event.split('\n');
      const json = JSON.parse(data!.slice('data: '.length));
      expect(name).toBe(`event: ${json.type}`);
      return json;
    });
}

describe('a whole answer', () => {
  it('is a message', () => {
    const answer = {
      output: { message: { content: [{ text: 'Rest.' }] } },
      stopReason: 'end_turn',
      usage: USAGE,
    };
    expect(wholeOf(answer)).toEqual({
      ...MESSAGE,
      content: [{ type: 'text', text: 'Rest.' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: COUNTED,
    });
  });

  it.each<[string, object, object[]]>([
    [
      'a use of a tool',
      { toolUse: { toolUseId: 't-1', name: 'weather', input: { a: 1 } } },
      [{ type: 'tool_use', id: 't-1', name: 'weather', input: { a: 1 } }],
    ],
    [
      'reasoning',
      { reasoningContent: { reasoningText: { text: 'Hm', signature: 's' } } },
      [{ type: 'thinking', thinking: 'Hm', signature: 's' }],
    ],
    [
      'reasoning that is not signed',
      { reasoningContent: { reasoningText: { text: 'Hm' } } },
      [{ type: 'thinking', thinking: 'Hm' }],
    ],
    [
      'redacted reasoning',
      { reasoningContent: { redactedContent: 'AA==' } },
      [{ type: 'redacted_thinking', data: 'AA==' }],
    ],
    [
      'text with its sources',
      { citationsContent: { content: [{ text: 'a' }, { text: 'b' }], citations: [] } },
      [{ type: 'text', text: 'ab' }],
    ],
    ['what the Messages API has no block for', { image: {} }, []],
  ])('has %s', (_, block, expected) => {
    expect(withContent(block)).toEqual(expected);
  });

  it.each([
    ['end_turn', 'end_turn'],
    ['max_tokens', 'max_tokens'],
    ['stop_sequence', 'stop_sequence'],
    ['tool_use', 'tool_use'],
    ['model_context_window_exceeded', 'model_context_window_exceeded'],
    ['content_filtered', 'refusal'],
    ['guardrail_intervened', 'refusal'],
    [undefined, 'end_turn'],
  ])('that stopped by %s has the reason %s', (stopReason, expected) => {
    expect(wholeOf({ output: {}, stopReason }).stop_reason).toBe(expected);
    expect(streamed([], [['messageStop', { stopReason }]]).at(-2)).toMatchObject({
      ...{ type: 'message_delta', delta: { stop_reason: expected, stop_sequence: null } },
    });
  });

  it.each(['malformed_model_output', 'malformed_tool_use'])('that is malformed is none: %s', (stopReason) => {
    const failure = expect.objectContaining({ kind: 'unusable_answer', awsName: stopReason, begun: true });
    expect(() => wholeOf({ stopReason })).toThrow(BedrockError);
    expect(() => wholeOf({ stopReason })).toThrow(failure);
    expect(() => streamed([], [['messageStop', { stopReason }]])).toThrow(failure);
  });
});

describe('a stream', () => {
  it('begins and ends the message and each of its blocks', () => {
    const events = [delta(0, { text: 'Re' }), delta(0, { text: 'st.' }), stop(0)];
    expect(streamed(events)).toEqual([
      {
        type: 'message_start',
        message: {
          ...MESSAGE,
          ...{ content: [], stop_reason: null, stop_sequence: null },
          usage: { input_tokens: 0, output_tokens: 0 },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Re' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'st.' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: COUNTED },
      { type: 'message_stop' },
    ]);
  });

  it('has reasoning, text and tools in their order, with an index for each', () => {
    const events: Event[] = [
      delta(0, { reasoningContent: { text: 'Hm' } }),
      delta(0, { reasoningContent: { signature: 's' } }),
      stop(0),
      delta(1, { reasoningContent: { redactedContent: 'AAEC' } }),
      delta(1, { reasoningContent: { redactedContent: 'Aw==' } }),
      stop(1),
      [
        'contentBlockStart',
        { contentBlockIndex: 4, start: { toolUse: { toolUseId: 't-1', name: 'weather' } } },
      ],
      delta(4, { toolUse: { input: '{"a":' } }),
      delta(4, { toolUse: { input: '1}' } }),
      stop(4),
    ];
    expect(streamed(events).slice(1, -2)).toEqual([
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 's' } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'redacted_thinking', data: 'AAECAw==' },
      },
      { type: 'content_block_stop', index: 1 },
      {
        type: 'content_block_start',
        index: 2,
        content_block: { type: 'tool_use', id: 't-1', name: 'weather', input: {} },
      },
      { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"a":' } },
      { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '1}' } },
      { type: 'content_block_stop', index: 2 },
    ]);
  });

  it('ends a block before the next begins, and before the message ends', () => {
    const kinds = streamed([
      delta(0, { reasoningContent: { redactedContent: 'AA==' } }),
      delta(1, { text: 'a' }),
    ]).map(({ type, index }) => `${type} ${index ?? ''}`.trim());
    expect(kinds).toEqual([
      'message_start',
      ...['content_block_start 0', 'content_block_stop 0'],
      ...['content_block_start 1', 'content_block_delta 1', 'content_block_stop 1'],
      ...['message_delta', 'message_stop'],
    ]);
  });

  it('counts nothing where Bedrock did not', () => {
    const [end] = streamed([], [['messageStop', { stopReason: 'end_turn' }]]).slice(-2);
    expect(end.usage).toMatchObject({ input_tokens: 0, output_tokens: 0 });
  });

  it('leaves out pieces that the Messages API has none for', () => {
    expect(streamed([delta(0, { citation: {} }), stop(0), ['unknownEvent', {}]])).toHaveLength(3);
  });

  const piece = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => ({ text })),
    fc.string().map((input) => ({ toolUse: { input } })),
    fc.string().map((text) => ({ reasoningContent: { text } })),
    fc.string({ minLength: 1 }).map((signature) => ({ reasoningContent: { signature } })),
    fc.base64String().map((redactedContent) => ({ reasoningContent: { redactedContent } })),
  );
  const block = fc.array(piece, { minLength: 1, maxLength: 4 });

  it('is the same for its client, however its frames arrive together', () => {
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 4 }),
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        (blocks, cuts) => {
          const events = [
            START,
            ...blocks.flatMap((pieces, at) => [...pieces.map((one) => delta(at, one)), stop(at)]),
          ];
          const writer = new ConverseAnswerWriter(FACTS);
          let waiting: Buffer[] = [];
          const written: Buffer[] = [];
          for (const [at, event] of events.entries()) {
            waiting.push(frameOf(event));
            if (!cuts[at]) continue;
            written.push(writer.frames(Buffer.concat(waiting)));
            waiting = [];
          }
          written.push(writer.end(Buffer.concat([...waiting, ...END.map(frameOf)])));
          expect(readEvents(Buffer.concat(written))).toEqual(streamed(events.slice(1)));
        },
      ),
    );
  });
});
