import { describe, expect, it } from 'vitest';
import { marksOfChunk, marksOfConverse, marksOfInvoke } from './answer-marks.js';

const chunk = (content: object) =>
  marksOfChunk(JSON.stringify({ bytes: Buffer.from(JSON.stringify(content)).toString('base64') }));
const metrics = {
  'amazon-bedrock-invocationMetrics': {
    inputTokenCount: 7,
    outputTokenCount: 9,
    cacheReadInputTokenCount: 1,
    cacheWriteInputTokenCount: 2,
  },
};
const usage = { inputTokens: 7, outputTokens: 9, cacheReadInputTokens: 1, cacheWriteInputTokens: 2 };

describe('an event of Converse', () => {
  it.each([
    ['messageStart', { role: 'assistant' }, { hasContent: false, text: '' }],
    ['contentBlockStart', { start: { toolUse: {} } }, { hasContent: true, text: '' }],
    ['contentBlockDelta', { delta: { text: 'a' } }, { hasContent: true, text: 'a' }],
    ['contentBlockDelta', { delta: { toolUse: { input: '{' } } }, { hasContent: true, text: '{' }],
    ['contentBlockDelta', { delta: { reasoningContent: { text: 'h' } } }, { hasContent: true, text: 'h' }],
    [
      'contentBlockDelta',
      { delta: { reasoningContent: { signature: 's' } } },
      { hasContent: true, text: '' },
    ],
    ['contentBlockStop', {}, { hasContent: false, text: '' }],
    ['messageStop', { stopReason: 'tool_use' }, { hasContent: false, text: '', stopReason: 'tool_use' }],
    ['messageStop', {}, { hasContent: false, text: '', stopReason: 'end_turn' }],
    [
      'metadata',
      { usage: { inputTokens: 7 } },
      { hasContent: false, text: '', reported: { usage: { inputTokens: 7 } } },
    ],
    ['tomorrow', { delta: { text: 'a' } }, { hasContent: false, text: 'a' }],
  ])('%s of %j', (name, payload, expected) => {
    expect(marksOfConverse(name, JSON.stringify(payload))).toEqual(expected);
  });
});

describe('a chunk of a native stream', () => {
  it.each([
    ['Claude', { type: 'message_start', message: {} }, { hasContent: false }],
    ['Claude', { type: 'content_block_start' }, { hasContent: false }],
    ['Claude', { type: 'content_block_delta', delta: { text: 'a' } }, { hasContent: true, text: 'a' }],
    [
      'Claude',
      { type: 'content_block_delta', delta: { partial_json: '{' } },
      { hasContent: true, text: '{' },
    ],
    ['Claude', { type: 'content_block_delta', delta: { thinking: 'h' } }, { hasContent: true, text: 'h' }],
    ['Claude', { type: 'message_delta', delta: { stop_reason: 'tool_use' } }, { stopReason: 'tool_use' }],
    [
      'Claude',
      { type: 'message_delta', delta: { stop_reason: 'refusal' } },
      { stopReason: 'content_filtered' },
    ],
    ['Claude', { type: 'message_stop', ...metrics }, { hasContent: false, reported: { usage } }],
    [
      'Claude',
      { type: 'message_start', message: { usage: { cache_creation: { ephemeral_1h_input_tokens: 5 } } } },
      {
        hasContent: false,
        reported: {
          usage: {
            cacheDetails: [
              { ttl: '5m', inputTokens: 0 },
              { ttl: '1h', inputTokens: 5 },
            ],
          },
        },
      },
    ],
    ['Nova', { messageStart: { role: 'assistant' } }, { hasContent: false }],
    ['Nova', { contentBlockDelta: { delta: { text: 'a' } } }, { hasContent: true, text: 'a' }],
    ['Nova', { contentBlockStart: { start: {} } }, { hasContent: true }],
    ['Nova', { messageStop: { stopReason: 'max_tokens' } }, { stopReason: 'max_tokens' }],
    ['Nova', { metadata: {}, ...metrics }, { hasContent: false, reported: { usage } }],
    ['another family', { outputText: 'a' }, { hasContent: true }],
    [
      'another family',
      { outputText: '', ...metrics },
      { hasContent: true, stopReason: 'end_turn', reported: { usage } },
    ],
  ])('of %s: %j', (_, content, expected) => {
    expect(chunk(content)).toMatchObject(expected);
  });

  it('names no end where there is none', () => {
    expect(chunk({ type: 'message_stop', ...metrics })).not.toHaveProperty('stopReason');
    expect(chunk({ outputText: 'a' })).not.toHaveProperty('stopReason');
    expect(chunk({ type: 'message_delta', delta: {} })).not.toHaveProperty('stopReason');
  });

  it('names a guardrail that intervened', () => {
    const stopped = { type: 'message_delta', delta: { stop_reason: 'end_turn' } };
    expect(chunk({ ...stopped, 'amazon-bedrock-guardrailAction': 'INTERVENED' }).stopReason).toBe(
      'guardrail_intervened',
    );
    expect(chunk({ ...stopped, 'amazon-bedrock-guardrailAction': 'NONE' }).stopReason).toBe('end_turn');
  });
});

describe('a whole native answer', () => {
  it('has its counts in headers', () => {
    const headers = {
      'x-amzn-bedrock-input-token-count': '7',
      'x-amzn-bedrock-output-token-count': '9',
      'x-amzn-bedrock-cache-read-input-token-count': '1',
      'x-amzn-bedrock-cache-write-input-token-count': '2',
    };
    expect(marksOfInvoke({ stop_reason: 'max_tokens' }, headers)).toMatchObject({
      stopReason: 'max_tokens',
      reported: { usage },
    });
  });

  it.each([
    [{ input_tokens: 7, output_tokens: 9, cache_read_input_tokens: 1, cache_creation_input_tokens: 2 }],
    [{ inputTokens: 7, outputTokens: 9, cacheReadInputTokenCount: 1, cacheWriteInputTokenCount: 2 }],
  ])('or in its body: %j', (counted) => {
    expect(marksOfInvoke({ stopReason: 'end_turn', usage: counted }, {}).reported!.usage).toMatchObject(
      usage,
    );
  });

  it('has its tier and its latency in headers', () => {
    const headers = {
      'x-amzn-bedrock-service-tier': 'flex',
      'x-amzn-bedrock-performanceconfig-latency': 'optimized',
    };
    expect(marksOfInvoke({}, headers).reported).toMatchObject({
      serviceTier: { type: 'flex' },
      performanceConfig: { latency: 'optimized' },
    });
  });

  it('or nowhere', () => {
    expect(marksOfInvoke({}, {})).toMatchObject({
      stopReason: 'end_turn',
      reported: { usage: { inputTokens: undefined } },
    });
  });
});
