import { describe, expect, it } from 'vitest';
import { type CostBasis, estimateCostImpact } from './cost-impact.js';

const SONNET = { inputPer1k: '0.0033', outputPer1k: '0.0165' };
const NOVA_LITE = { inputPer1k: '0.000078', outputPer1k: '0.000312' };
const NOVA_MICRO = { inputPer1k: '0.000046', outputPer1k: '0.000184' };

const CONFIGURED = {
  inputTokens: 1800,
  outputTokens: 600,
  exchanges30Days: 10_000,
  exchangesPerConversation: 12,
};
const MEASURED = {
  inputTokens: 900,
  outputTokens: 300,
  exchanges30Days: 60_000,
  exchangesPerConversation: 6.5,
};

/** From Sonnet to Nova Lite saves 3.222 per million tokens in and 16.188 per million tokens out. */
const basis = (changes: Partial<CostBasis> = {}): CostBasis => ({
  scope: 'conversation',
  previous: SONNET,
  next: NOVA_LITE,
  conversation: { exchanges: 0, inputTokens: 0, outputTokens: 0 },
  measured: null,
  configured: CONFIGURED,
  ...changes,
});
const had = (exchanges: number, inputTokens: number, outputTokens: number) => ({
  conversation: { exchanges, inputTokens, outputTokens },
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
      { ...useCase, configured: { ...CONFIGURED, exchanges30Days: 90_000_000 } },
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
          previous: { inputPer1k, outputPer1k: '0' },
          next: { inputPer1k: '0', outputPer1k: '0' },
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
    const impact = estimateCostImpact(basis({ next: { inputPer1k: '0', outputPer1k: '0' } }));
    // 0.0033 × 1.8 + 0.0165 × 0.6 = 0.01584, twelve times
    expect(impact).toMatchObject({ savedUsd: '0.190080' });
    expect(impact.assumption).not.toHaveProperty('unknown');
  });
});

describe('an amount that cannot be stored', () => {
  const price = (inputPer1k: string) => ({ inputPer1k, outputPer1k: '0' });
  const one = { ...had(11, 11_000, 0), measured: null };

  it('is unknown, and the assumption says why', () => {
    for (const next of ['1000000000000', '1000000000001'])
      expect(estimateCostImpact(basis({ ...one, previous: price('0'), next: price(next) }))).toMatchObject({
        ...{ savedUsd: null, horizon: '1 exchange' },
        assumption: { exchanges: 1, basis: 'conversation', unknown: 'too large an amount' },
      });
  });

  it('begins behind the last one that can', () => {
    const impact = estimateCostImpact(basis({ ...one, previous: price('999999999999'), next: price('0') }));
    expect(impact.savedUsd).toBe('999999999999.000000');
  });
});

it('keeps the sign of an amount, and gives none to next to nothing', () => {
  const price = (inputPer1k: string) => ({ inputPer1k, outputPer1k: '0' });
  const saved = (next: string) =>
    estimateCostImpact(basis({ ...had(11, 11_000, 0), previous: price('0'), next: price(next) })).savedUsd;
  expect([saved('0.0000001'), saved('10'), saved('0.5')]).toEqual(['0.000000', '-10.000000', '-0.500000']);
});

it('says so where both prices are unknown', () => {
  expect(estimateCostImpact(basis({ previous: null, next: null })).assumption.unknown).toBe('both prices');
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

describe('the assumption that is stored', () => {
  it.each<[basis: string, changes: Partial<CostBasis>, expected: object]>([
    ['configured', {}, { inputTokensPerExchange: 1800, outputTokensPerExchange: 600, exchanges: 12 }],
    [
      'configured',
      useCase,
      { inputTokensPerExchange: 1800, outputTokensPerExchange: 600, exchanges: 10_000 },
    ],
    [
      'use_case',
      { measured: MEASURED },
      { inputTokensPerExchange: 900, outputTokensPerExchange: 300, exchanges: 6.5 },
    ],
    [
      'use_case',
      { ...useCase, measured: MEASURED },
      { inputTokensPerExchange: 900, outputTokensPerExchange: 300, exchanges: 60_000 },
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
