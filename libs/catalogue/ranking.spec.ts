import { describe, expect, it } from 'vitest';
import {
  aMeasurement,
  aModel,
  aUseCase,
  inSeconds,
  policy,
  price,
} from '../../test/support/catalogue-fixture.js';
import type { Model, Objective, UseCase } from './catalogue.js';
import { rankCandidates } from './ranking.js';

const A = 'eu.vendor.a';
const B = 'eu.vendor.b';
const C = 'eu.vendor.c';
const D = 'eu.vendor.d';

/** Ranks A, B, C, D, which the operator put in this order. */
const ranked = (models: Record<string, Partial<Model>>, useCase: Partial<UseCase>) =>
  rankCandidates(
    aUseCase('clinical', [A, B, C, D], useCase),
    { models: [D, C, B, A].map((id) => aModel(id, models[id])) },
    policy(),
  );
const order = (models: Record<string, Partial<Model>>, useCase: Partial<UseCase>) =>
  ranked(models, useCase).map(({ model }) => model.id);

describe('the order of the candidates', () => {
  it('is the operator’s own for quality, whatever they cost and however fast they are', () => {
    const models = {
      [A]: { price: price('9', '9'), timeToFirstTokenMs: 900 },
      [B]: { price: price('1', '1'), timeToFirstTokenMs: 100 },
    };
    expect(order(models, { objective: 'quality' })).toEqual([A, B, C, D]);
  });

  it('is by the cost of an exchange for cost', () => {
    const models = {
      [A]: { price: price('0.004', '0.001') }, // 4 × 1 + 1 × 0.5 = 4.5 thousandths
      [B]: { price: price('0.001', '0.006') }, // 1 + 3 = 4
      [C]: { price: price('0.0001', '0.0001') }, // 0.15
      [D]: { price: price('0.002', '0.005') }, // 4.5
    };
    expect(order(models, { objective: 'cost' })).toEqual([C, B, A, D]);
  });

  it('follows the measured token mix for cost, as soon as there is one', () => {
    const models = {
      [A]: { price: price('0.001', '0.010') },
      [B]: { price: price('0.003', '0.003') },
      [C]: { price: price('1', '1') },
      [D]: { price: price('1', '1') },
    };
    const configured = {
      inputTokens: 1000,
      outputTokens: 1000,
      exchangesPerConversation: 1,
      exchangesPer30Days: 1,
    };
    // Long questions with short answers make A the cheaper one: 10 + 1 < 30 + 0.3 thousandths.
    const measured = aMeasurement({ inputTokens: 10_000, outputTokens: 100 });
    expect(order(models, { objective: 'cost', configured })).toEqual([B, A, C, D]);
    expect(order(models, { objective: 'cost', configured, measured })).toEqual([A, B, C, D]);
  });

  it('prices cached tokens as cached for cost, and at the price of input where a model has no cache', () => {
    const cached = { cacheReadPer1k: '0.0001', cacheWritePer1k: '0.002' };
    const models = {
      [A]: { price: price('0.001', '0') }, // 10 × 1 = 10 thousandths
      [B]: { price: { ...price('0.0015', '0'), ...cached } }, // 1 × 1.5 + 8 × 0.1 + 1 × 2 = 4.3
      [C]: { price: price('1', '0') },
      [D]: { price: price('1', '0') },
    };
    const measured = aMeasurement({ inputTokens: 1_000, cacheReadTokens: 8_000, cacheWriteTokens: 1_000 });
    const candidates = ranked(models, { objective: 'cost', measured });
    expect(candidates.map(({ model }) => model.id)).toEqual([B, A, C, D]);
    expect(candidates[0]).toMatchObject({ expectedCostPerExchange: '0.004300000' });
  });

  it('counts more tokens for a model that is known to count more', () => {
    const models = {
      [A]: { price: price('0.00125', '0.001'), tokenFactor: 1.3 },
      [B]: { price: price('0.0015', '0.001') },
      [C]: { price: price('1', '1') },
      [D]: { price: price('1', '1') },
    };
    // (1.25 + 0.5) × 1.3 = 2.275 thousandths, and 1.5 + 0.5 = 2
    expect(order(models, { objective: 'cost' })).toEqual([B, A, C, D]);
  });

  it('is by the measured time to the first token for latency', () => {
    const models = {
      [A]: { timeToFirstTokenMs: 400 },
      [B]: { timeToFirstTokenMs: 1200 },
      [C]: { timeToFirstTokenMs: 0 },
      [D]: { timeToFirstTokenMs: 399 },
    };
    expect(order(models, { objective: 'latency' })).toEqual([C, D, A, B]);
  });

  it.each<[Objective, Record<string, Partial<Model>>]>([
    [
      'cost',
      {
        [A]: { price: price(null, '0.1') },
        [B]: { price: price('9', '9') },
        [C]: { price: price('0', null) },
      },
    ],
    ['latency', { [B]: { timeToFirstTokenMs: 60_000 }, [D]: { timeToFirstTokenMs: 1 } }],
  ])(
    'has unknown figures last for %s, and those among themselves in the operator’s order',
    (objective, models) => {
      expect(order(models, { objective })).toEqual([D, B, A, C]);
    },
  );

  it.each<[Objective, Record<string, Partial<Model>>]>([
    ['cost', { [D]: { price: price('0.0001', '0.0001') } }],
    [
      'latency',
      {
        [A]: { timeToFirstTokenMs: 7 },
        [B]: { timeToFirstTokenMs: 7 },
        [C]: { timeToFirstTokenMs: 7 },
        [D]: { timeToFirstTokenMs: 6 },
      },
    ],
  ])('is the operator’s among equals for %s', (objective, models) => {
    expect(order(models, { objective })).toEqual([D, A, B, C]);
  });

  it('sees a tie where binary fractions would not: 0.1 + 0.2 is 0.3', () => {
    const configured = {
      inputTokens: 1000,
      outputTokens: 1000,
      exchangesPerConversation: 1,
      exchangesPer30Days: 1,
    };
    const models = {
      [A]: { price: price('0.1', '0.2') },
      [B]: { price: price('0.3', '0') },
      [C]: { price: price('9', '9') },
      [D]: { price: price('9', '9') },
    };
    expect(order(models, { objective: 'cost', configured })).toEqual([A, B, C, D]);
  });

  it('does not depend on who may be selected: a refused candidate keeps its rank', () => {
    const candidates = ranked({ [A]: { available: false } }, { objective: 'quality' });
    expect(candidates.map(({ rank, selectable }) => [rank, selectable])).toEqual([
      [1, false],
      [2, true],
      [3, true],
      [4, true],
    ]);
  });
});

describe('what each candidate says of itself', () => {
  it('is its rank, whether it is active, its verdict and its figures', () => {
    const models = { [B]: { price: price('0.0033', '0.0165'), timeToFirstTokenMs: 321, available: false } };
    const candidates = ranked(models, { activeModelId: B });
    expect(candidates.map(({ active }) => active)).toEqual([false, true, false, false]);
    expect(candidates[1]).toMatchObject({
      rank: 2,
      active: true,
      selectable: false,
      reasons: [{ code: 'not_available' }],
      // 3.3 thousandths for 1,000 tokens in, 8.25 for 500 out
      expectedCostPerExchange: '0.011550000',
      timeToFirstTokenMs: 321,
    });
  });

  it('has nine decimals of cost, because a Nova answer costs less than a cent has', () => {
    const configured = {
      inputTokens: 7,
      outputTokens: 3,
      exchangesPerConversation: 1,
      exchangesPer30Days: 1,
    };
    const models = { [A]: { price: price('0.000046', '0.000184') } };
    // 0.000000322 + 0.000000552
    expect(ranked(models, { configured })[0]?.expectedCostPerExchange).toBe('0.000000874');
  });

  it('is no cost at all where a price is unknown, never 0', () => {
    expect(ranked({ [A]: { price: price(null, '1') } }, {})[0]?.expectedCostPerExchange).toBeNull();
  });

  it('leaves out a candidate that the catalogue does not know', () => {
    const useCase = aUseCase('clinical', [A, 'eu.vendor.gone']);
    expect(rankCandidates(useCase, { models: [aModel(A)] }, policy())).toHaveLength(1);
  });
});

describe('cool-downs', () => {
  const useCase = aUseCase('clinical', [A, B], { coolDowns: { [A]: inSeconds(1) } });
  const models = [aModel(A), aModel(B)];

  it('are the use case’s own, unless the scope that asks brings others', () => {
    const selectable = (candidates: { selectable: boolean }[]) => candidates.map((each) => each.selectable);
    expect(selectable(rankCandidates(useCase, { models }, policy()))).toEqual([false, true]);
    expect(selectable(rankCandidates(useCase, { models }, policy(), { [B]: inSeconds(1) }))).toEqual([
      true,
      false,
    ]);
  });
});
