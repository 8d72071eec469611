import type { CacheTTL } from '@aws-sdk/client-bedrock-runtime';
import { EventStreamCodec } from '@smithy/eventstream-codec';
import { describe, expect, it } from 'vitest';
import { type ReportedUsage, type Usage, usageOf } from './converse-request.js';
import { ConverseStream } from './converse-stream.js';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);
const string = (value: string) => ({ type: 'string' as const, value });
const event = (name: string, payload: object): Buffer =>
  Buffer.from(
    codec.encode({
      headers: { ':message-type': string('event'), ':event-type': string(name) },
      body: Buffer.from(JSON.stringify(payload), 'utf8'),
    }),
  );

const TOKENS = { inputTokens: 100, outputTokens: 20, totalTokens: 120 };
const COUNTED: Usage = { input: 100, output: 20, cacheRead: 0, cacheWrite: 0 };
const writes = (...written: [ttl: string, inputTokens: number][]) =>
  written.map(([ttl, inputTokens]) => ({ ttl: ttl as CacheTTL, inputTokens }));

const REPORTED: [what: string, reported: ReportedUsage, usage: Usage | null][] = [
  ['no usage', {}, null],
  ['half of it', { usage: { inputTokens: 1 } as ReportedUsage['usage'] }, null],
  ['tokens in and out', { usage: TOKENS }, COUNTED],
  [
    'cached tokens',
    { usage: { ...TOKENS, cacheReadInputTokens: 7, cacheWriteInputTokens: 9 } },
    { ...COUNTED, cacheRead: 7, cacheWrite: 9 },
  ],
  [
    'writes for five minutes only',
    { usage: { ...TOKENS, cacheWriteInputTokens: 9, cacheDetails: writes(['5m', 9]) } },
    { ...COUNTED, cacheWrite: 9 },
  ],
  [
    'writes for both times to live',
    { usage: { ...TOKENS, cacheWriteInputTokens: 9, cacheDetails: writes(['1h', 4], ['5m', 5]) } },
    { ...COUNTED, cacheWrite: 9, cacheWrite1h: 4 },
  ],
  [
    'several writes for an hour, without their sum',
    { usage: { ...TOKENS, cacheDetails: writes(['1h', 4], ['1h', 2]) } },
    { ...COUNTED, cacheWrite: 6, cacheWrite1h: 6 },
  ],
  [
    'writes for a time that nobody knows',
    {
      usage: { ...TOKENS, cacheWriteInputTokens: 9, cacheDetails: writes(['24h', 3], ['1h', 2], ['5m', 4]) },
    },
    { ...COUNTED, cacheWrite: 9, cacheWrite1h: 2, cacheWriteOther: 3 },
  ],
  ['no write at all', { usage: { ...TOKENS, cacheDetails: [] } }, COUNTED],
  ['the default tier', { usage: TOKENS, serviceTier: { type: 'default' } }, COUNTED],
  ['a tier', { usage: TOKENS, serviceTier: { type: 'flex' } }, { ...COUNTED, serviceTier: 'flex' }],
  ['standard latency', { usage: TOKENS, performanceConfig: { latency: 'standard' } }, COUNTED],
  [
    'optimized latency',
    { usage: TOKENS, performanceConfig: { latency: 'optimized' }, serviceTier: { type: 'default' } },
    { ...COUNTED, serviceTier: 'optimized' },
  ],
];

describe('the usage that Bedrock reports', () => {
  it.each(REPORTED)('%s, in a whole answer', (_, reported, usage) => {
    expect(usageOf(reported)).toEqual(usage);
  });

  it.each(REPORTED)('%s, in the metadata of a stream', (_, reported, usage) => {
    const stream = new ConverseStream('any', () => undefined);
    stream.read(event('messageStop', { stopReason: 'end_turn' }));
    stream.read(event('metadata', { ...reported, metrics: { latencyMs: 1 } }));
    expect(stream.end().usage).toEqual(usage);
  });
});
