import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';
import { type CallPrices, costOfCall } from './call-cost.js';

const SONNET: CallPrices = {
  inputPer1k: '0.0033',
  outputPer1k: '0.0165',
  cacheReadPer1k: '0.00033',
  cacheWritePer1k: '0.004125',
};
const NOVA_MICRO: CallPrices = {
  inputPer1k: '0.000046',
  outputPer1k: '0.000184',
  cacheReadPer1k: '0.0000115',
  cacheWritePer1k: null,
};
const tokens = (input: number, output: number, cacheRead = 0, cacheWrite = 0): Usage => ({
  input,
  output,
  cacheRead,
  cacheWrite,
});

describe('what a call cost', () => {
  it.each<[what: string, usage: Usage, prices: CallPrices, usd: string]>([
    // 1.8 × 0.0033 + 0.6 × 0.0165
    ['tokens in and out', tokens(1800, 600), SONNET, '0.015840000'],
    // … + 10 × 0.00033 + 2 × 0.004125
    ['tokens of all four kinds', tokens(1800, 600, 10_000, 2000), SONNET, '0.027390000'],
    ['one token in', tokens(1, 0), NOVA_MICRO, '0.000000046'],
    // 0.000046 + 0.0000000115: ten decimals are needed, and kept
    ['more decimals than nine', tokens(1000, 0, 1), NOVA_MICRO, '0.0000460115'],
    // 4,294.967296 × 0.000046 is 0.197568495616 in no binary fraction
    ['more tokens than an integer of 32 bits holds', tokens(4_294_967_296, 0), NOVA_MICRO, '197.568495616'],
    ['nothing', tokens(0, 0), SONNET, '0.000000000'],
    ['a model that is free', tokens(10, 10), { ...SONNET, inputPer1k: '0', outputPer1k: '0' }, '0.000000000'],
  ])('%s', (_, usage, prices, usd) => {
    expect(costOfCall(usage, prices)).toBe(usd);
  });

  it('adds up over a million calls without an error', () => {
    const one = new Decimal(costOfCall(tokens(7, 3), NOVA_MICRO)!);
    // 7 × 0.000000046 + 3 × 0.000000184
    expect(one.mul(1_000_000).toString()).toBe('0.874');
  });
});

describe('an unknown price', () => {
  it.each<[what: string, usage: Usage, prices: CallPrices]>([
    ['for tokens in', tokens(1, 1), { ...SONNET, inputPer1k: null }],
    ['for tokens out', tokens(1, 1), { ...SONNET, outputPer1k: null }],
    ['for what was read from the cache', tokens(1, 1, 1), { ...SONNET, cacheReadPer1k: null }],
    ['for what was written to the cache', tokens(1, 1, 0, 1), NOVA_MICRO],
  ])('%s makes the cost unknown, never 0', (_, usage, prices) => {
    expect(costOfCall(usage, prices)).toBeNull();
  });

  it('that the call does not take does not matter', () => {
    expect(costOfCall(tokens(1000, 0, 1000), NOVA_MICRO)).toBe('0.000057500');
  });
});
