import { describe, expect, it } from 'vitest';
import { aCatalogue, aModel, HAIKU, NOVA_PRO, price, SONNET } from '../../test/support/catalogue-fixture.js';
import { refusal } from '../../test/support/switch-fixture.js';
import {
  checkModel,
  checkModelIds,
  checkUnused,
  checkUseCaseName,
  completeUseCase,
  editableOf,
  type ModelEdit,
  withPrices,
} from './catalogue-edit.js';

const catalogue = aCatalogue();
const model: ModelEdit = {
  ...editableOf(aModel(SONNET)),
  useCase: 'clinical',
  maxTokens: 4000,
  tier: 80,
  successorId: HAIKU,
};
const errors = (check: () => unknown) => refusal(check).extensions?.errors;

describe('an edit of a model', () => {
  it('is accepted where all that it names is there', () => {
    expect(() => checkModel(SONNET, model, catalogue)).not.toThrow();
    expect(() =>
      checkModel(SONNET, { ...model, useCase: null, successorId: null, available: false }, catalogue),
    ).not.toThrow();
  });

  it.each(['useCase', 'maxTokens', 'tier'] as const)('needs %s if the model is available', (field) => {
    const edit = { ...model, [field]: null };
    expect(errors(() => checkModel(SONNET, edit, catalogue))).toEqual([
      { field, message: 'is required for an available model' },
    ]);
    expect(() => checkModel(SONNET, { ...edit, available: false }, catalogue)).not.toThrow();
  });

  it.each([
    ['a use case', { useCase: 'astrology' }, 'useCase', 'unknown: astrology'],
    ['a successor', { successorId: 'gpt-9' }, 'successorId', 'must be another model of the catalogue: gpt-9'],
    [
      'itself as its successor',
      { successorId: SONNET },
      'successorId',
      `must be another model of the catalogue: ${SONNET}`,
    ],
  ])('is refused where it names %s that is not there', (_, changes, field, message) => {
    expect(errors(() => checkModel(SONNET, { ...model, ...changes }, catalogue))).toEqual([
      { field, message },
    ]);
  });

  const ABROAD = 'is a profile that may send prompts outside the EU';
  const UNKNOWN = 'has no prefix that says where its inference profile sends prompts';
  it.each([
    ['global.anthropic.claude-sonnet-4-6', 'inference_profile', ABROAD],
    ['global.anthropic.claude-sonnet-4-6', 'foundation_model', ABROAD],
    ['us.anthropic.claude-sonnet-4-6', 'foundation_model', ABROAD],
    ['anthropic.claude-sonnet-4-6', 'inference_profile', UNKNOWN],
  ] as const)('is refused where %s would be invoked as %s', (id, invokeWith, fault) => {
    const edit = { ...model, foundationModelId: 'anthropic.claude-sonnet-4-6', invokeWith };
    expect(errors(() => checkModel(id, edit, catalogue))).toEqual([
      { field: 'invokeWith', message: `must be null: ${id} ${fault}` },
    ]);
    expect(() => checkModel(id, { ...edit, invokeWith: null }, catalogue)).not.toThrow();
  });

  it('is refused with all its errors', () => {
    const edit = { ...model, useCase: 'astrology', tier: null, successorId: 'gpt-9' };
    expect(errors(() => checkModel(SONNET, edit, catalogue))).toMatchObject([
      { field: 'tier' },
      { field: 'useCase' },
      { field: 'successorId' },
    ]);
  });

  it('starts from what the model has', () => {
    const present = aModel(SONNET, {
      name: 'Sonnet',
      provider: 'anthropic',
      useCase: 'clinical',
      maxTokens: 1,
      contextWindow: 2,
      tier: 3,
      successorId: HAIKU,
      tokenFactor: 1.3,
      available: false,
      price: {
        ...price('0.1', '0.2'),
        cacheReadPer1k: '0.3',
        cacheWritePer1k: '0.4',
        dimensions: { cacheWrite1hPer1k: '0.5' },
      },
    });
    expect(editableOf(present)).toEqual({
      name: 'Sonnet',
      provider: 'anthropic',
      foundationModelId: 'anthropic.claude-sonnet-4-6',
      useCase: 'clinical',
      maxTokens: 1,
      contextWindow: 2,
      tier: 3,
      invokeWith: 'inference_profile',
      destinationRegions: ['eu-central-1', 'eu-west-1'],
      successorId: HAIKU,
      inputPricePer1k: '0.1',
      outputPricePer1k: '0.2',
      available: false,
      tokenFactor: 1.3,
      cacheReadPricePer1k: '0.3',
      cacheWritePricePer1k: '0.4',
      priceDimensions: { cacheWrite1hPer1k: '0.5' },
    });
  });
});

describe('a model that answers in a use case', () => {
  it('is not switched off', () => {
    expect(refusal(() => checkUnused(SONNET, catalogue))).toMatchObject({
      code: 'model_in_use',
      message: `${SONNET} is the active model of clinical: retire it instead, which switches these use cases first`,
    });
  });

  it('is no other one, nor a mere candidate', () => {
    expect(() => checkUnused(HAIKU, catalogue)).not.toThrow();
  });
});

describe('model ids of an edit', () => {
  it('are those of the catalogue, not of foundation models', () => {
    const ids = ['gpt-9', SONNET, 'anthropic.claude-sonnet-4-6'];
    expect(errors(() => checkModelIds('candidates', ids, catalogue))).toEqual([
      { field: 'candidates', message: 'unknown: gpt-9, anthropic.claude-sonnet-4-6' },
    ]);
    expect(() => checkModelIds('candidates', [SONNET, NOVA_PRO], catalogue)).not.toThrow();
  });
});

describe('the name of a use case', () => {
  it('is one of the catalogue', () => {
    expect(() => checkUseCaseName('platform', catalogue)).not.toThrow();
    expect(errors(() => checkUseCaseName('astrology', catalogue))).toEqual([
      { field: 'useCase', message: 'unknown use case "astrology"; the use cases are clinical, platform' },
    ]);
  });
});

describe('the price of an edit', () => {
  const model = aModel(SONNET, {
    price: {
      ...price('0.0033', '0.0165'),
      cacheReadPer1k: '0.00033',
      cacheWritePer1k: '0.004125',
      dimensions: { cacheWrite1hPer1k: '0.0066' },
    },
  });
  const unknown = { cacheReadPricePer1k: null, cacheWritePricePer1k: null, priceDimensions: {} };
  const priceSource = 'set by an operator';

  it.each([
    ['inputPricePer1k', '0.004'],
    ['outputPricePer1k', null],
  ])('loses the other prices of the former source with another %s', (field, value) => {
    expect(withPrices({ [field]: value, tier: 1 }, model)).toEqual({
      [field]: value,
      tier: 1,
      priceSource,
      ...unknown,
    });
  });

  it('has the cache prices that are given with it', () => {
    const edit = { inputPricePer1k: '0.004', cacheReadPricePer1k: '0.0004' };
    expect(withPrices(edit, model)).toEqual({ ...unknown, ...edit, priceSource });
  });

  it.each(['cacheReadPricePer1k', 'cacheWritePricePer1k'])('keeps the others with another %s', (field) => {
    expect(withPrices({ [field]: '0.009' }, model)).toEqual({ [field]: '0.009', priceSource });
  });

  it('keeps the threshold of a long prompt, whose prices are unknown with another price', () => {
    const longContext = { aboveInputTokens: 200_000, inputPer1k: '0.0066', outputPer1k: '0.02475' };
    const tiered = { ...model, price: { ...model.price, dimensions: { longContext } } };
    expect(withPrices({ inputPricePer1k: '0.004' }, tiered)).toMatchObject({
      priceDimensions: { longContext: { aboveInputTokens: 200_000 } },
    });
    expect(withPrices({ priceDimensions: {} }, tiered)).toEqual({ priceDimensions: {}, priceSource });
  });

  it('keeps the base prices with other dimensions', () => {
    const edit = { priceDimensions: { serviceTiers: { flex: { inputPer1k: '0.002' } } } };
    expect(withPrices(edit, model)).toEqual({ ...edit, priceSource });
  });

  it('stays that of its source where nothing of it changes', () => {
    const edit = {
      ...{ name: 'Sonnet', inputPricePer1k: '0.00330', cacheReadPricePer1k: '0.00033' },
      priceDimensions: { cacheWrite1hPer1k: '0.0066' },
    };
    expect(withPrices(edit, model)).toEqual(edit);
  });
});

describe('a new use case', () => {
  it('needs candidates', () => {
    expect(errors(() => completeUseCase({ objective: 'cost' }))).toEqual([
      { field: 'candidates', message: 'is required for a new use case' },
    ]);
  });

  it('has a default for everything else', () => {
    expect(completeUseCase({ candidates: [SONNET] })).toEqual({
      candidates: [SONNET],
      objective: 'quality',
      allowedRegions: null,
      guardrail: null,
      clients: 'keys',
      systemPrompt: null,
      inputTokensPerExchange: 1_000,
      outputTokensPerExchange: 300,
      exchangesPerConversation: 8,
      exchangesPer30Days: 10_000,
      onModelFailure: 'switch',
      onModelRecovery: 'manual',
    });
    expect(completeUseCase({ candidates: [], objective: 'cost' }).objective).toBe('cost');
  });
});
