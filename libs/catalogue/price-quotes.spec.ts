import { describe, expect, it } from 'vitest';
import { aModel, price as basePrice, inSeconds, NOW } from '../../test/support/catalogue-fixture.js';
import {
  type ModelPrice,
  matchPrices,
  type NewQuote,
  type PriceQuote,
  planImport,
  type Replacing,
} from './price-quotes.js';

const ID = 'eu.vendor.model';
const price = (source: string | null, input: string | null, output = input): ModelPrice => ({
  modelId: ID,
  source,
  inputPer1k: input,
  outputPer1k: output,
  cacheReadPer1k: null,
  cacheWritePer1k: null,
  dimensions: {},
});
const quote = (source: string, input: string, changes: Partial<NewQuote> = {}): NewQuote => ({
  ...price(source, input),
  source,
  inputPer1k: input,
  outputPer1k: input,
  validFrom: null,
  ...changes,
});
const before = (source: string, input: string, validFrom = inSeconds(-60)): PriceQuote => ({
  ...quote(source, input),
  validFrom,
});
interface Situation {
  present: ModelPrice;
  quotes?: PriceQuote[];
  replacing?: Replacing;
}
const plan = (incoming: NewQuote, { present, quotes = [], replacing = 'none' }: Situation) =>
  planImport([incoming], { prices: [present], quotes }, { now: NOW, replacing });

describe('a quote becomes the price', () => {
  it.each<[string, NewQuote, Situation]>([
    ['where the model has none', quote('file', '1'), { present: price(null, null) }],
    [
      'where the model has none, and it may replace published facts',
      quote('file', '1'),
      { present: price(null, null), replacing: 'published' },
    ],
    ['where its output price is missing', quote('file', '1'), { present: price('other', '1', null) }],
    ['where its input price is missing', quote('file', '1'), { present: price('other', null, '1') }],
    ['where the same source had set another', quote('file', '1'), { present: price('file', '2') }],
    [
      'where it is to be applied over another source',
      quote('file', '1'),
      { present: price('x', '2'), replacing: 'all' },
    ],
    [
      'where it is repeated to be applied now',
      quote('file', '1'),
      { present: price('x', '2'), quotes: [before('file', '1')], replacing: 'all' },
    ],
    [
      'where published facts had set another, and it may replace these',
      quote('file', '1'),
      { present: price('public sources 2026-11-28, agreed', '2'), replacing: 'published' },
    ],
    [
      'where it has only a cache price',
      quote('file', '1', { cacheReadPer1k: '0.1' }),
      { present: price('file', '1') },
    ],
    [
      'of another source that says the same, when applied: it is its own from then on',
      quote('file', '1'),
      { present: price('x', '1'), replacing: 'all' },
    ],
  ])('%s', (_, incoming, situation) => {
    expect(plan(incoming, situation).set).toMatchObject([{ modelId: ID, source: 'file', inputPer1k: '1' }]);
  });
});

describe('a quote does not become the price', () => {
  it.each<[string, NewQuote, Situation]>([
    ['of another source', quote('file', '1'), { present: price('contract', '2') }],
    [
      'of published facts, which it may not replace',
      quote('file', '1'),
      { present: price('public sources 2026-11-28, agreed', '2') },
    ],
    ['that an operator set', quote('file', '1'), { present: price('set by an operator', '2') }],
    [
      'before it is valid',
      quote('file', '1', { validFrom: inSeconds(1) }),
      { present: price(null, null), replacing: 'all' },
    ],
    ['when it is that already', quote('file', '1.0'), { present: price('file', '1'), replacing: 'all' }],
  ])('%s', (_, incoming, situation) => {
    expect(plan(incoming, situation).set).toEqual([]);
  });
});

describe('a quote without a cache price', () => {
  it('makes that of its source unknown', () => {
    const present = { ...price('file', '1'), cacheReadPer1k: '0.5' };
    expect(plan(quote('file', '1'), { present }).set).toMatchObject([{ cacheReadPer1k: null }]);
  });
});

describe('a quote is compared', () => {
  const OTHER = 'eu.vendor.other';

  it('with the price of the same model', () => {
    const present = [{ ...price('file', '1'), modelId: OTHER }, price('file', '2')];
    const found = planImport(
      [quote('file', '1')],
      { prices: present, quotes: [] },
      { now: NOW, replacing: 'none' },
    );
    expect(found.set).toMatchObject([{ modelId: ID, inputPer1k: '1' }]);
  });

  it('with what its source said of its model before, and with no other quote', () => {
    const quotes = [{ ...before('file', '1'), modelId: OTHER }, before('contract', '1')];
    const found = plan(quote('file', '1'), { present: price('contract', '1'), quotes });
    expect(found).toMatchObject({ store: [{ modelId: ID, source: 'file' }], unchanged: 0 });
  });
});

describe('a quote is kept', () => {
  it('from now on, or from the day it names', () => {
    const present = price('contract', '2');
    expect(plan(quote('file', '1'), { present }).store).toMatchObject([{ validFrom: NOW.toISOString() }]);
    const ahead = quote('file', '1', { validFrom: inSeconds(99) });
    expect(plan(ahead, { present }).store).toMatchObject([{ validFrom: inSeconds(99) }]);
  });

  it.each<[string, NewQuote]>([
    ['another price', quote('file', '2')],
    ['another day', quote('file', '1', { validFrom: inSeconds(-61) })],
    ['a cache price that was not known', quote('file', '1', { cacheWritePer1k: '0' })],
    ['a price for an hour', quote('file', '1', { dimensions: { cacheWrite1hPer1k: '2' } })],
  ])('again when it says %s', (_, incoming) => {
    const found = plan(incoming, { present: price('x', '9'), quotes: [before('file', '1')] });
    expect(found).toMatchObject({
      store: [incoming.validFrom ? incoming : { source: 'file' }],
      unchanged: 0,
    });
  });

  it.each<[string, NewQuote]>([
    ['with other zeros', quote('file', '1.000')],
    [
      'with the same day written in another zone',
      quote('file', '1', { validFrom: '2026-11-22T13:59:00+02:00' }),
    ],
  ])('not again when it says the same %s', (_, incoming) => {
    const found = plan(incoming, {
      present: price('x', '9'),
      quotes: [before('file', '1'), before('y', '2')],
    });
    expect(found).toMatchObject({ store: [], unchanged: 1 });
  });

  it('not for a model that nobody knows', () => {
    const found = planImport(
      [quote('file', '1', { modelId: 'who' })],
      { prices: [], quotes: [] },
      { now: NOW, replacing: 'all' },
    );
    expect(found).toEqual({ store: [], set: [], unchanged: 0, unknownModels: ['who'] });
  });
});

describe('a quote for a model with a price for long prompts', () => {
  const longContext = { aboveInputTokens: 200_000, inputPer1k: '4' };
  const present = { ...price('contract', '2'), dimensions: { longContext } };

  it('keeps their threshold, and does not know their price', () => {
    const known = { dimensions: { longContext: { aboveInputTokens: 200_000 } } };
    const { store, set } = plan(quote('file', '1'), { present, replacing: 'all' });
    expect(store).toMatchObject([known]);
    expect(set).toEqual(store);
    const repeated = plan(quote('file', '1'), {
      present: { ...price('file', '1'), ...known },
      quotes: [{ ...before('file', '1'), ...known }],
    });
    expect(repeated).toMatchObject({ store: [], set: [], unchanged: 1 });
  });

  it('replaces them where it has its own', () => {
    const dimensions = { longContext: { aboveInputTokens: 100_000, inputPer1k: '3' } };
    const { set } = plan(quote('file', '1', { dimensions }), { present, replacing: 'all' });
    expect(set).toMatchObject([{ dimensions }]);
  });
});

describe('a price list that replaces published facts', () => {
  const published = {
    ...price('public sources 2026-11-28, agreed', '2'),
    cacheWritePer1k: '0',
    cacheReadPer1k: '0.5',
    dimensions: { cacheWrite1hPer1k: '3', serviceTiers: { flex: { inputPer1k: '1' } } },
  };

  it('leaves the cache prices that it does not say', () => {
    const { store, set } = plan(quote('list', '1', { cacheReadPer1k: '0.1' }), {
      present: published,
      replacing: 'published',
    });
    expect(set).toMatchObject([{ inputPer1k: '1', cacheReadPer1k: '0.1', cacheWritePer1k: '0' }]);
    expect(store).toMatchObject([{ cacheWritePer1k: null }]);
  });

  it('leaves the dimensions that it does not say', () => {
    const dimensions = { cacheWrite1hPer1k: '2' };
    const { store, set } = plan(quote('list', '1', { dimensions }), {
      present: published,
      replacing: 'published',
    });
    expect(set).toMatchObject([{ dimensions: { ...published.dimensions, ...dimensions } }]);
    expect(store).toMatchObject([{ dimensions }]);
  });

  it('leaves the prices of a long prompt that it does not say', () => {
    const longContext = { aboveInputTokens: 9, inputPer1k: '4' };
    const present = { ...published, dimensions: { longContext } };
    const { store, set } = plan(quote('list', '1'), { present, replacing: 'published' });
    expect(set).toMatchObject([{ dimensions: { longContext } }]);
    expect(store[0]?.dimensions).toEqual({ longContext: { aboveInputTokens: 9 } });
  });

  it('also on the next day, when it sets nothing', () => {
    const present = { ...published, source: 'list', inputPer1k: '1', outputPer1k: '1' };
    expect(plan(quote('list', '1'), { present, replacing: 'published' }).set).toEqual([]);
  });

  it.each(['set by an operator', 'set by SQL', 'contract'])('leaves a price from: %s', (source) => {
    expect(plan(quote('list', '1'), { present: price(source, '2'), replacing: 'published' }).set).toEqual([]);
  });
});

describe('prices of the AWS Price List', () => {
  const LITE = aModel('eu.amazon.nova-lite-v1:0', { name: 'Amazon Nova Lite' });
  const LITE_2 = aModel('eu.amazon.nova-2-lite-v1:0', { name: 'Amazon Nova 2 Lite' });
  const listed = (model: string) => ({
    model,
    inputPer1k: '1',
    outputPer1k: '2',
    cacheReadPer1k: null,
    cacheWritePer1k: null,
    cacheWrite1hPer1k: null,
    serviceTiers: {},
    longContext: null,
    validFrom: '2026-11-01T00:00:00Z',
  });
  const idsFor = (name: string, models = [LITE, LITE_2]) =>
    matchPrices([listed(name)], models).quotes.map(({ modelId }) => modelId);

  it('knows a model by its name, with its provider in front or not, and takes no similar one', () => {
    expect(idsFor('Nova Lite')).toEqual([LITE.id]);
    expect(idsFor('Amazon Nova Lite')).toEqual([LITE.id]);
    expect(idsFor('Nova 2 Lite')).toEqual([LITE_2.id]);
    expect(idsFor('Nova 2.0 Lite')).toEqual([LITE_2.id]);
    for (const name of ['Nova', 'NovaLite', 'Nova Lite 2', 'Nova 2.1 Lite', 'Nova 2.0', 'Lite', ''])
      expect(idsFor(name)).toEqual([]);
  });

  it.each([
    ['with marks around it', 'Nova Lite (EU)', '(Nova) Lite EU'],
    ['with a version of two digits', 'Nova 10 Lite', 'Nova 10.0 Lite'],
  ])('knows a name %s', (_, name, inList) => {
    expect(idsFor(inList, [aModel(LITE.id, { name })])).toEqual([LITE.id]);
  });

  it.each([
    ['Nova 1.2', 'Nova 1.2.0'],
    ['Nova 2.1', 'Nova 2.0.1'],
  ])('takes %s for another than %s', (name, inList) => {
    expect(idsFor(inList, [aModel(LITE.id, { name })])).toEqual([]);
  });

  it('takes the price for every way to invoke the model', () => {
    const bare = aModel(LITE.foundationModelId, { name: 'Nova Lite' });
    expect(idsFor('Nova Lite', [LITE, bare])).toEqual([LITE.id, bare.id]);
  });

  it('takes it for none where two models have the name, and names it', () => {
    const namesake = aModel('eu.amazon.nova-lite-v2:0', { name: 'Nova Lite' });
    expect(matchPrices([listed('Nova Lite')], [LITE, namesake])).toEqual({
      quotes: [],
      unmatched: ['Nova Lite'],
    });
  });

  it('says whose price it is and since when', () => {
    const { quotes } = matchPrices([listed('Nova Lite')], [LITE]);
    expect(quotes).toMatchObject([
      { source: 'aws-price-list', validFrom: '2026-11-01T00:00:00Z', inputPer1k: '1', dimensions: {} },
    ]);
  });

  it('takes the prices of tiers and of an hour, and those of a long prompt where its threshold is known', () => {
    const beside = {
      cacheWrite1hPer1k: '4',
      serviceTiers: { flex: { inputPer1k: '0.5' } },
      longContext: { inputPer1k: '2' },
    };
    const tiered = aModel('eu.amazon.nova-lite-v1:1', {
      name: 'Nova Lite',
      foundationModelId: LITE.foundationModelId,
      price: {
        ...basePrice('3', '3'),
        dimensions: { longContext: { aboveInputTokens: 9, outputPer1k: '8' } },
      },
    });
    const { quotes } = matchPrices([{ ...listed('Nova Lite'), ...beside }], [LITE, tiered]);
    const { longContext: _, ...known } = beside;
    expect(quotes.map(({ dimensions }) => dimensions)).toEqual([
      known,
      { ...known, longContext: { aboveInputTokens: 9, inputPer1k: '2' } },
    ]);
  });
});
