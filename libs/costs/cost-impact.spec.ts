import { describe, expect, it } from 'vitest';
import { aMeasurement } from '../../test/support/catalogue-fixture.js';
import { type CostBasis, estimateCostImpact, FIRST_ASSIGNMENT, type ModelPrices } from './cost-impact.js';

/** Of a model without a cache that counts tokens as most do. */
const prices = (
  inputPer1k: string | null,
  outputPer1k: string | null,
  more: Partial<ModelPrices> = {},
): ModelPrices => ({
  inputPer1k,
  outputPer1k,
  cacheReadPer1k: null,
  cacheWritePer1k: null,
  tokenFactor: 1,
  ...more,
});
const SONNET = prices('0.0033', '0.0165');
const NOVA_LITE = prices('0.000078', '0.000312');
const NOVA_MICRO = prices('0.000046', '0.000184');

const CONFIGURED = {
  inputTokens: 1800,
  outputTokens: 600,
  exchangesPer30Days: 10_000,
  exchangesPerConversation: 12,
};
const MEASURED = aMeasurement({
  inputTokens: 900,
  outputTokens: 300,
  exchanges: 60_000,
  days: 30,
  medianExchanges: 6.5,
});

const had = (exchanges: number, inputTokens: number, outputTokens: number) => ({
  conversation: { exchanges, inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0 },
});

/** From Sonnet to Nova Lite saves 3.222 per million tokens in and 16.188 per million tokens out. */
const basis = (changes: Partial<CostBasis> = {}): CostBasis => ({
  scope: 'conversation',
  previous: SONNET,
  next: NOVA_LITE,
  ...had(0, 0, 0),
  measured: null,
  configured: CONFIGURED,
  ...changes,
});
const useCase = { scope: 'use_case', conversation: null } as const;

describe('what a switch saves', () => {
  it.each<[story: string, changes: Partial<CostBasis>, savedUsd: string, horizon: string]>([
    // 0.003222 × 1.8 + 0.016188 × 0.6 = 0.0155124 for one exchange
    ['of a new conversation, by the configured mix', {}, '0.186149', '12 exchanges'],
    ['of one that nobody has measured', { conversation: null }, '0.186149', '12 exchanges'],
    // 0.003222 × 0.9 + 0.016188 × 0.3 = 0.0077562 for one exchange
    [
      'of a new conversation, by what its use case measured',
      { measured: MEASURED },
      '0.050415',
      '6.5 exchanges',
    ],
    // 2,000 and 250 tokens in one exchange: 0.006444 + 0.004047 = 0.010491; 12 less 4 remain
    ['of a running conversation, by its own tokens', had(4, 8000, 1000), '0.083928', '8 exchanges'],
    [
      '… before those of its use case',
      { ...had(4, 8000, 1000), measured: MEASURED },
      '0.026228',
      '2.5 exchanges',
    ],
    ['of the last exchange that is expected', had(11, 22_000, 2750), '0.010491', '1 exchange'],
    [
      'of one as long as expected: there is at least one more',
      had(12, 24_000, 3000),
      '0.010491',
      '1 exchange',
    ],
    ['of one longer than expected', had(500, 1_000_000, 125_000), '0.010491', '1 exchange'],
    ['of a use case over 30 days, by the configured mix', useCase, '155.124000', '30 days'],
    ['of a use case over 30 days, as measured', { ...useCase, measured: MEASURED }, '465.372000', '30 days'],
    [
      'of a use case as busy as a country',
      { ...useCase, configured: { ...CONFIGURED, exchangesPer30Days: 90_000_000 } },
      '1396116.000000',
      '30 days',
    ],
  ])('%s', (_, changes, savedUsd, horizon) => {
    expect(estimateCostImpact(basis(changes))).toMatchObject({ savedUsd, horizon });
  });

  it('is negative where the new model is dearer, by the same amount', () => {
    expect(estimateCostImpact(basis({ previous: NOVA_LITE, next: SONNET })).savedUsd).toBe('-0.186149');
  });

  it('is exact where the prices differ by millionths', () => {
    const configured = { ...CONFIGURED, inputTokens: 800, outputTokens: 250, exchangesPerConversation: 6 };
    // −0.000032 × 0.8 − 0.000128 × 0.25 = −0.0000576, six times
    const impact = estimateCostImpact(basis({ previous: NOVA_MICRO, next: NOVA_LITE, configured }));
    expect(impact.savedUsd).toBe('-0.000346');
  });

  it('is rounded to the nearest millionth, and not by binary fractions', () => {
    const configured = { ...CONFIGURED, inputTokens: 1, outputTokens: 0, exchangesPerConversation: 1 };
    const saved = (inputPer1k: string) =>
      estimateCostImpact(
        basis({
          previous: prices(inputPer1k, '0'),
          next: prices('0', '0'),
          configured,
        }),
      ).savedUsd;
    expect(saved('0.0014999')).toBe('0.000001');
    expect(saved('0.0015')).toBe('0.000002');
    // 1.0015 is 1.00149999… in binary
    expect(saved('1.0015')).toBe('0.001002');
  });

  it('is nothing between models of the same price', () => {
    expect(estimateCostImpact(basis({ next: SONNET })).savedUsd).toBe('0.000000');
  });

  it('counts a model that is known to be free as free', () => {
    const impact = estimateCostImpact(basis({ next: prices('0', '0') }));
    // 0.0033 × 1.8 + 0.0165 × 0.6 = 0.01584, twelve times
    expect(impact).toMatchObject({ savedUsd: '0.190080' });
    expect(impact.assumption).not.toHaveProperty('unknown');
  });
});

describe('an amount that cannot be stored', () => {
  const price = (inputPer1k: string) => prices(inputPer1k, '0');
  const one = { ...had(11, 11_000, 0), measured: null };

  it('is unknown, and the assumption says why', () => {
    for (const next of ['1000000000000', '1000000000001'])
      expect(estimateCostImpact(basis({ ...one, previous: price('0'), next: price(next) }))).toMatchObject({
        savedUsd: null,
        horizon: '1 exchange',
        assumption: { exchanges: 1, basis: 'conversation', unknown: 'too large an amount' },
      });
  });

  it('begins behind the last one that can', () => {
    const impact = estimateCostImpact(basis({ ...one, previous: price('999999999999'), next: price('0') }));
    expect(impact.savedUsd).toBe('999999999999.000000');
  });
});

it('keeps the sign of an amount, and gives none to next to nothing', () => {
  const price = (inputPer1k: string) => prices(inputPer1k, '0');
  const saved = (next: string) =>
    estimateCostImpact(basis({ ...had(11, 11_000, 0), previous: price('0'), next: price(next) })).savedUsd;
  expect([saved('0.0000001'), saved('10'), saved('0.5')]).toEqual(['0.000000', '-10.000000', '-0.500000']);
});

it('says so where both prices are unknown', () => {
  expect(estimateCostImpact(basis({ previous: null, next: null })).assumption).toMatchObject({
    unknown: 'both prices',
  });
});

it('knows no saving of a first assignment, because no model answered before it', () => {
  expect(FIRST_ASSIGNMENT).toEqual({
    savedUsd: null,
    horizon: 'first assignment',
    assumption: { basis: 'first_assignment' },
  });
});

describe('an unknown price', () => {
  it.each<[what: string, changes: Partial<CostBasis>, unknown: string]>([
    ['of the new model', { next: null }, 'new price'],
    ['for tokens into the new model', { next: { ...NOVA_LITE, inputPer1k: null } }, 'new price'],
    ['for tokens out of the new model', { next: { ...NOVA_LITE, outputPer1k: null } }, 'new price'],
    ['of the previous model', { previous: null }, 'previous price'],
    ['for tokens into the previous model', { previous: { ...SONNET, inputPer1k: null } }, 'previous price'],
    [
      'for tokens out of the previous model',
      { previous: { ...SONNET, outputPer1k: null } },
      'previous price',
    ],
  ])('%s makes the saving null, never 0, and says which it is', (_, changes, unknown) => {
    expect(estimateCostImpact(basis(changes))).toEqual({
      savedUsd: null,
      horizon: '12 exchanges',
      assumption: {
        inputTokensPerExchange: 1800,
        outputTokensPerExchange: 600,
        exchanges: 12,
        basis: 'configured',
        unknown,
      },
    });
  });
});

it('takes the tokens of a conversation as they are where the model that counted them is not known', () => {
  const impact = estimateCostImpact(basis({ ...had(4, 8000, 1000), previous: null }));
  expect(impact).toMatchObject({
    savedUsd: null,
    assumption: { basis: 'conversation', inputTokensPerExchange: 2_000, unknown: 'previous price' },
  });
});

describe('the assumption that is stored', () => {
  it.each<[basis: string, changes: Partial<CostBasis>, expected: object]>([
    ['configured', {}, { inputTokensPerExchange: 1800, outputTokensPerExchange: 600, exchanges: 12 }],
    [
      'configured',
      useCase,
      { inputTokensPerExchange: 1800, outputTokensPerExchange: 600, exchanges: 10_000 },
    ],
    [
      'measured',
      { measured: MEASURED },
      { inputTokensPerExchange: 900, outputTokensPerExchange: 300, exchanges: 6.5, measuredDays: 30 },
    ],
    [
      'measured',
      { ...useCase, measured: MEASURED },
      { inputTokensPerExchange: 900, outputTokensPerExchange: 300, exchanges: 60_000, measuredDays: 30 },
    ],
    [
      'conversation',
      { ...had(3, 1000, 500), measured: MEASURED },
      { inputTokensPerExchange: 333.333333333, outputTokensPerExchange: 166.666666667, exchanges: 3.5 },
    ],
  ])('says that it comes from: %s (%#)', (from, changes, expected) => {
    expect(estimateCostImpact(basis(changes)).assumption).toEqual({ ...expected, basis: from });
  });
});

describe('a use case that was measured for less than a week', () => {
  const measured = aMeasurement({ exchanges: 1, days: 1 / 24, inputTokens: 10, outputTokens: 1 });

  it('is blended with what is configured, as its share of a week: one call does not replace a volume', () => {
    const impact = estimateCostImpact(basis({ ...useCase, measured }));
    // 30 / 7 exchanges measured, and 167 / 168 of 10,000
    const exchanges = 30 / 7 + (10_000 * 167) / 168;
    const input = ((30 / 7) * 10 + ((10_000 * 167) / 168) * 1_800) / exchanges;
    expect(impact.assumption).toMatchObject({ basis: 'blended', measuredDays: 0.041666667 });
    expect(impact.assumption).toMatchObject({
      exchanges: expect.closeTo(exchanges, 6),
      inputTokensPerExchange: expect.closeTo(input, 6),
    });
    expect(Number(impact.savedUsd)).toBeCloseTo((155.124 * 167) / 168, 1);
  });

  it('has conversations as long as both say', () => {
    const impact = estimateCostImpact(basis({ measured: { ...measured, days: 3.5, medianExchanges: 2 } }));
    expect(impact).toMatchObject({ horizon: '7 exchanges', assumption: { basis: 'blended' } });
  });

  it('counts for a whole week from the seventh day on, scaled to 30 days', () => {
    const of = (days: number) =>
      estimateCostImpact(basis({ ...useCase, measured: { ...measured, exchanges: 700, days } })).assumption;
    expect(of(7)).toMatchObject({ basis: 'measured', exchanges: 3_000 });
    expect(of(6.999)).toMatchObject({ basis: 'blended' });
    expect(of(14)).toMatchObject({ basis: 'measured', exchanges: 1_500 });
  });
});

describe('cached tokens', () => {
  const conversation = {
    exchanges: 2,
    inputTokens: 2_000,
    outputTokens: 0,
    cacheReadTokens: 20_000,
    cacheWriteTokens: 4_000,
  };
  const cached = prices('0.003', '0', { cacheReadPer1k: '0.0003', cacheWritePer1k: '0.004' });
  const one = { conversation, configured: { ...CONFIGURED, exchangesPerConversation: 1 } };

  it('are priced as cached, and at the price of input where the model has no cache', () => {
    const impact = estimateCostImpact(basis({ ...one, previous: cached, next: prices('0.001', '0') }));
    // 1 × 0.003 + 10 × 0.0003 + 2 × 0.004 = 0.014, and 13 × 0.001
    expect(impact).toMatchObject({
      savedUsd: '0.001000',
      assumption: {
        inputTokensPerExchange: 1_000,
        cacheReadTokensPerExchange: 10_000,
        cacheWriteTokensPerExchange: 2_000,
        outputTokensPerExchange: 0,
      },
    });
  });
});

describe('a model that counts more tokens of a text', () => {
  const opus = { ...SONNET, tokenFactor: 1.3 };

  it('is expected to count more of what another model has counted', () => {
    const { savedUsd, assumption } = estimateCostImpact(basis({ ...had(4, 8000, 1000), next: opus }));
    // (2 × 0.0033 + 0.25 × 0.0165) × −0.3 × 8
    expect(savedUsd).toBe('-0.025740');
    expect(assumption).toMatchObject({
      inputTokensPerExchange: 2_000,
      tokenFactors: { previous: 1, next: 1.3 },
    });
  });

  it('is taken to have counted what its conversation has had', () => {
    const { savedUsd, assumption } = estimateCostImpact(
      basis({ ...had(4, 8000, 1000), previous: opus, next: SONNET }),
    );
    // (2 × 0.0033 + 0.25 × 0.0165) × (1 − 1 / 1.3) × 8
    expect(savedUsd).toBe('0.019800');
    expect(assumption).toMatchObject({
      inputTokensPerExchange: 1538.461538462,
      tokenFactors: { previous: 1.3, next: 1 },
    });
  });
});
