import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';
import { type CallPrices, type CostUnknown, costOfCall } from './call-cost.js';

const SONNET: CallPrices = {
  inputPer1k: '0.0033',
  outputPer1k: '0.0165',
  cacheReadPer1k: '0.00033',
  cacheWritePer1k: '0.004125',
  dimensions: {},
};
const NOVA_MICRO: CallPrices = {
  inputPer1k: '0.000046',
  outputPer1k: '0.000184',
  cacheReadPer1k: '0.0000115',
  cacheWritePer1k: null,
  dimensions: {},
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
    expect(costOfCall(usage, prices)).toEqual({ costUsd: usd });
  });

  it('adds up over a million calls without an error', () => {
    const one = new Decimal(costOfCall(tokens(7, 3), NOVA_MICRO).costUsd!);
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
    expect(costOfCall(usage, prices)).toEqual({ costUsd: null, costUnknown: 'no_price' });
  });

  it('that the call does not take does not matter', () => {
    expect(costOfCall(tokens(1000, 0, 1000), NOVA_MICRO)).toEqual({ costUsd: '0.000057500' });
  });
});

/** Sonnet with a price for every dimension but the tiers `reserved` and `optimized`. */
const TIERED: CallPrices = {
  ...SONNET,
  dimensions: {
    cacheWrite1hPer1k: '0.0066',
    serviceTiers: {
      flex: {
        ...{ inputPer1k: '0.00165', outputPer1k: '0.00825', cacheReadPer1k: '0.000165' },
        ...{ cacheWritePer1k: '0.0020625', cacheWrite1hPer1k: '0.0033' },
      },
      priority: { inputPer1k: '0.005775', outputPer1k: '0.028875' },
    },
    longContext: {
      aboveInputTokens: 200_000,
      ...{ inputPer1k: '0.0066', outputPer1k: '0.02475', cacheReadPer1k: '0.00066' },
      ...{ cacheWritePer1k: '0.00825', cacheWrite1hPer1k: '0.0132' },
    },
  },
};
const WITHOUT_AN_HOUR: CallPrices = {
  ...TIERED,
  dimensions: {
    serviceTiers: { flex: { ...TIERED.dimensions.serviceTiers!.flex, cacheWrite1hPer1k: undefined } },
    longContext: { ...TIERED.dimensions.longContext!, cacheWrite1hPer1k: undefined },
  },
};
const THRESHOLD_ONLY: CallPrices = {
  ...TIERED,
  dimensions: { ...TIERED.dimensions, longContext: { aboveInputTokens: 200_000 } },
};

/** 1,000 tokens of each kind, of those written to the cache 400 for an hour. */
const MIXED: Usage = { ...tokens(1000, 1000, 1000, 1000), cacheWrite1h: 400 };
/** As `MIXED`, with 200,000 tokens of input. */
const LONG: Usage = { ...MIXED, input: 200_000 };
const on = (serviceTier: string, usage: Usage): Usage => ({ ...usage, serviceTier });

describe('the dimensions of a price', () => {
  it.each<[what: string, usage: Usage, prices: CallPrices, usd: string]>([
    // 0.0033 + 0.0165 + 0.00033 + 0.6 × 0.004125 + 0.4 × 0.0066
    ['both times to live', MIXED, TIERED, '0.025245000'],
    // 0.0066
    ['an hour alone', { ...tokens(0, 0, 0, 1000), cacheWrite1h: 1000 }, TIERED, '0.006600000'],
    // 0.00165 + 0.00825 + 0.000165 + 0.6 × 0.0020625 + 0.4 × 0.0033
    ['a tier with both times to live', on('flex', MIXED), TIERED, '0.012622500'],
    // 5 × 0.005775 + 2 × 0.028875
    ['another tier', on('priority', tokens(5000, 2000)), TIERED, '0.086625000'],
    // 200 × 0.0066 + 0.02475 + 0.00066 + 0.6 × 0.00825 + 0.4 × 0.0132
    ['a long prompt with both times to live', LONG, TIERED, '1.355640000'],
    // 200 × 0.0033
    ['a prompt up to the threshold', tokens(200_000, 0), TIERED, '0.660000000'],
    // 200.001 × 0.0066
    ['a prompt one token above', tokens(200_001, 0), TIERED, '1.320006600'],
    // 199.999 × 0.0066 + 0.002 × 0.00066: tokens read from the cache count
    ['a prompt that is long with what it reads', tokens(199_999, 0, 2), TIERED, '1.319994720'],
    // 199.999 × 0.0066 + 0.002 × 0.00825
    ['a prompt that is long with what it writes', tokens(199_999, 0, 0, 2), TIERED, '1.320009900'],
    // 200 × 0.0033: output does not make a prompt long
    ['a long answer', tokens(200_000, 1000), TIERED, '0.676500000'],
    // 1,000 × 0.0033
    ['a prompt of any length without a known threshold', tokens(1_000_000, 0), SONNET, '3.300000000'],
    ['no write for an hour, whose price is unknown', tokens(1000, 0), WITHOUT_AN_HOUR, '0.003300000'],
    ['a short prompt, if only long ones have no price', tokens(1000, 0), THRESHOLD_ONLY, '0.003300000'],
    ['nothing in a tier without prices', on('reserved', tokens(0, 0)), TIERED, '0.000000000'],
  ])('%s', (_, usage, prices, usd) => {
    expect(costOfCall(usage, prices)).toEqual({ costUsd: usd });
  });

  it.each<[what: string, usage: Usage, prices: CallPrices, reason: CostUnknown]>([
    ['an hour', MIXED, SONNET, 'no_price_for_cache_write_1h'],
    ['an hour, beside other dimensions', MIXED, WITHOUT_AN_HOUR, 'no_price_for_cache_write_1h'],
    ['an hour in a tier', on('flex', MIXED), WITHOUT_AN_HOUR, 'no_price_for_service_tier'],
    ['an hour in a long prompt', LONG, WITHOUT_AN_HOUR, 'no_price_for_long_context'],
    ['a tier', on('flex', tokens(1, 0)), SONNET, 'no_price_for_service_tier'],
    ['one of the tiers', on('reserved', tokens(1, 0)), TIERED, 'no_price_for_service_tier'],
    ['optimized latency', on('optimized', tokens(1, 0)), TIERED, 'no_price_for_service_tier'],
    ['a tier of a later release', on('constructor', tokens(1, 0)), TIERED, 'no_price_for_service_tier'],
    ['a kind of token in a tier', on('priority', tokens(1, 0, 1)), TIERED, 'no_price_for_service_tier'],
    ['a long prompt', tokens(200_001, 0), THRESHOLD_ONLY, 'no_price_for_long_context'],
    ['a long prompt in a tier', on('flex', LONG), TIERED, 'no_price_for_long_context'],
    ['a time to live that nobody knows', { ...MIXED, cacheWriteOther: 1 }, TIERED, 'no_price'],
    ['a kind of token of the base price', MIXED, { ...TIERED, cacheReadPer1k: null }, 'no_price'],
  ])('without a price for %s make the cost unknown', (_, usage, prices, reason) => {
    expect(costOfCall(usage, prices)).toEqual({ costUsd: null, costUnknown: reason });
  });
});
