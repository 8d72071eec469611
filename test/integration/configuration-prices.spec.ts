import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { CatalogueEditing, HAIKU, NOVA_MICRO } from '../support/catalogue-editing.js';

const YAML = { 'content-type': 'application/yaml' };
const BASE = { inputPricePer1k: '0.0002', outputPricePer1k: '0.0009' };
const DIMENSIONS = {
  serviceTiers: { flex: { inputPer1k: '0.0001' } },
  longContext: { aboveInputTokens: 200_000, inputPer1k: '0.0004' },
};

let editing: CatalogueEditing;
beforeAll(async () => {
  editing = await CatalogueEditing.start();
  await editing.editModel(NOVA_MICRO, { ...BASE, priceDimensions: DIMENSIONS });
  await editing.edit('POST', 'catalogue/prices', {
    source: 'contract',
    prices: [{ modelId: HAIKU, ...BASE, priceDimensions: DIMENSIONS }],
    apply: true,
  });
});
afterAll(() => editing?.close());

const prices = async (): Promise<Record<string, unknown>[]> =>
  parse((await editing.system.get('/v1/config')).text).prices;
const apply = (file: object) =>
  editing.system.call('POST', '/v1/config/apply', stringify({ version: 1, ...file }), { headers: YAML });
const priceOf = async (modelId: string) => (await prices()).find((price) => price.modelId === modelId)!;

it.each([
  ['set by an operator', NOVA_MICRO],
  ['imported', HAIKU],
])(
  'a price that was %s keeps its dimensions where a file of an earlier release has none',
  async (_, modelId) => {
    const { priceDimensions, ...price } = await priceOf(modelId);
    expect(priceDimensions).toEqual(DIMENSIONS);
    const changed = { ...price, cacheReadPricePer1k: '0.00003' };
    expect(await apply({ prices: [changed] })).toMatchObject({ status: 200 });
    expect(await priceOf(modelId)).toEqual({ ...changed, priceDimensions });
  },
);

it('a file that has dimensions replaces all of them', async () => {
  const priceDimensions = { cacheWrite1hPer1k: '0.0008' };
  const price = { ...(await priceOf(HAIKU)), priceDimensions };
  const { body } = await apply({ prices: [price] });
  expect(body.applied).toMatchObject([
    { section: 'prices', field: 'priceDimensions', file: priceDimensions, installed: DIMENSIONS },
  ]);
  expect(await priceOf(HAIKU)).toEqual(price);
  expect(await editing.item('models', HAIKU)).toMatchObject({ ...BASE, priceDimensions });
});
