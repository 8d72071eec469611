import { expect, it } from 'vitest';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { matchPrices } from './price-list-match.js';

const LITE = aModel('eu.amazon.nova-lite-v1:0', { name: 'Amazon Nova Lite' });
const LITE_2 = aModel('eu.amazon.nova-2-lite-v1:0', { name: 'Amazon Nova 2 Lite' });
const listed = (model: string) => ({
  model,
  inputPer1k: '1',
  outputPer1k: '2',
  cacheReadPer1k: null,
  cacheWritePer1k: null,
  validFrom: '2026-11-01T00:00:00Z',
});
const idsFor = (name: string, models = [LITE, LITE_2]) =>
  matchPrices([listed(name)], models).quotes.map(({ modelId }) => modelId);

it('knows a model by its name, with its provider in front or not, and takes no similar one', () => {
  expect(idsFor('Nova Lite')).toEqual([LITE.id]);
  expect(idsFor('Amazon Nova Lite')).toEqual([LITE.id]);
  expect(idsFor('Nova 2 Lite')).toEqual([LITE_2.id]);
  expect(idsFor('Nova 2.0 Lite')).toEqual([LITE_2.id]);
  for (const name of ['Nova', 'Nova Lite 2', 'Nova 2.1 Lite', 'Nova 2.0', 'Lite', ''])
    expect(idsFor(name)).toEqual([]);
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
    { source: 'aws-price-list', validFrom: '2026-11-01T00:00:00Z', inputPer1k: '1' },
  ]);
});
