import { expect, it } from 'vitest';
import { PriceDimensions, sameDimensions, withThreshold } from './price-dimensions.js';

const ALL = {
  cacheWrite1hPer1k: '0.0066',
  serviceTiers: {
    flex: { inputPer1k: '0.00165', outputPer1k: '0.00825' },
    priority: { inputPer1k: '0.005775' },
    reserved: {},
    optimized: { cacheWrite1hPer1k: '1' },
  },
  longContext: { aboveInputTokens: 200_000, inputPer1k: '0.0066', cacheReadPer1k: '0' },
};

it('prices of every dimension are read as they are', () => {
  expect(PriceDimensions.parse(ALL)).toEqual(ALL);
  expect(PriceDimensions.parse({})).toEqual({});
});

it('zeros that change nothing make no other price', () => {
  const read = PriceDimensions.parse({ cacheWrite1hPer1k: '00.00660', longContext: { aboveInputTokens: 1 } });
  expect(read).toEqual({ cacheWrite1hPer1k: '0.0066', longContext: { aboveInputTokens: 1 } });
  expect(sameDimensions(read, { longContext: { aboveInputTokens: 1 }, cacheWrite1hPer1k: '0.0066' })).toBe(
    true,
  );
  expect(sameDimensions(read, { cacheWrite1hPer1k: '0.0066' })).toBe(false);
});

it.each([
  ['a number', { cacheWrite1hPer1k: 0.0066 }],
  ['a word', { cacheWrite1hPer1k: 'free' }],
  ['a price below 0', { longContext: { aboveInputTokens: 1, inputPer1k: '-1' } }],
  ['null for what is not known', { cacheWrite1hPer1k: null }],
  ['a tier that nobody knows', { serviceTiers: { batch: {} } }],
  ['the default tier, which has the base prices', { serviceTiers: { default: {} } }],
  ['a price of another name', { serviceTiers: { flex: { imagePer1k: '1' } } }],
  ['a long prompt without a threshold', { longContext: { inputPer1k: '1' } }],
  ['a threshold of nothing', { longContext: { aboveInputTokens: 0 } }],
])('%s is refused', (_, given) => {
  expect(PriceDimensions.safeParse(given).success).toBe(false);
});

it('a threshold stays without its prices, unless another one replaces it', () => {
  const known = { longContext: ALL.longContext };
  expect(withThreshold({}, known)).toEqual({ longContext: { aboveInputTokens: 200_000 } });
  const other = { longContext: { aboveInputTokens: 1 } };
  expect(withThreshold(other, known)).toBe(other);
  expect(withThreshold({}, {})).toEqual({});
});
