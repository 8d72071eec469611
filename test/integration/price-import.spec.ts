import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PriceImportService } from '#libs/catalogue/price-import.service.js';
import { eventually } from '../support/eventually.js';
import { TestSystem, userToken } from '../support/test-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
/** Its price is not known, and no operator has approved it. */
const UNPRICED = 'zai.glm-4.7-flash';
const SEED = 'public sources 2026-11-28, agreed';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const priced = (modelId: string, input: string, output: string, more: object = {}) => ({
  modelId,
  inputPricePer1k: input,
  outputPricePer1k: output,
  ...more,
});
const send = (body: object, token?: string) =>
  system.call('POST', '/v1/catalogue/prices', body, token ? { token } : {});
const bring = async (source: string, prices: object[], more: object = {}) =>
  (await send({ source, prices, ...more })).body;
const modelOf = async (id: string) =>
  (await system.get('/v1/models')).body.items.find((model: { id: string }) => model.id === id);
const ask = async (sql: string, values: unknown[] = []) =>
  (await system.environment.owner.query(sql, values)).rows;
const historyOf = (id: string) =>
  ask(
    `SELECT trim_scale(input_price_per_1k)::text AS input, source, valid_to IS NULL AS current FROM bedrock_model_prices
     WHERE model_id = $1 ORDER BY version`,
    [id],
  );
const version = async () => (await ask('SELECT version FROM catalogue_version'))[0].version;

it('what public sources dispute is in conflict on a fresh install, and every price says whose it is', async () => {
  const { items } = (await system.get('/v1/models')).body;
  const of = (hits: (model: { priceSource: string | null; priceConflicts: [] }) => unknown) =>
    items.filter(hits).map(({ id }: { id: string }) => id);
  expect(of(({ priceConflicts }) => priceConflicts.length > 0)).toEqual([OPUS]);
  expect(of(({ priceSource }) => /conflict|disputed/.test(priceSource ?? ''))).toEqual([OPUS]);
  expect((await modelOf(OPUS)).priceConflicts.map(({ source }: { source: string }) => source)).toEqual([
    'public sources 2026-11-28, disputed',
    'public sources: AWS solutions sample',
  ]);
  expect(await modelOf(SONNET)).toMatchObject({ priceSource: SEED, priceConflicts: [] });
  expect(await modelOf(UNPRICED)).toMatchObject({ priceSource: null });
});

describe('an import', () => {
  it('fills a gap: the model has a price, with its history and its source', async () => {
    const pricesOfOthers = () =>
      ask(
        `SELECT model_id, input_price_per_1k, output_price_per_1k, price_source FROM bedrock_models
         WHERE model_id <> $1 ORDER BY model_id`,
        [UNPRICED],
      );
    const before = await pricesOfOthers();
    const price = priced(UNPRICED, '0.0001', '0.0005', { cacheReadPricePer1k: '0.00001' });
    const expected = {
      imported: 1,
      unchanged: 0,
      unknownModels: [],
      conflicts: [],
      effects: [
        {
          modelId: UNPRICED,
          effect: 'now',
          validFrom: expect.any(String),
          before: { source: null, inputPricePer1k: null, outputPricePer1k: null },
          after: { source: 'contract.csv', inputPricePer1k: '0.0001', outputPricePer1k: '0.0005' },
        },
      ],
    };
    expect(await bring('contract.csv', [price], { dryRun: true })).toEqual(expected);
    expect(await modelOf(UNPRICED)).toMatchObject({ inputPricePer1k: null, priceSource: null });
    expect(await bring('contract.csv', [price])).toEqual(expected);
    expect(await modelOf(UNPRICED)).toMatchObject({
      inputPricePer1k: '0.0001',
      outputPricePer1k: '0.0005',
      priceSource: 'contract.csv',
      priceConflicts: [],
    });
    expect(await pricesOfOthers()).toEqual(before);
    expect(await historyOf(UNPRICED)).toEqual([
      { input: null, source: null, current: false },
      { input: '0.0001', source: 'contract.csv', current: true },
    ]);
    const [{ cache_read_price_per_1k: read }] = await ask(
      'SELECT cache_read_price_per_1k FROM bedrock_models WHERE model_id = $1',
      [UNPRICED],
    );
    expect(Number(read)).toBe(0.00001);
  });

  it('corrects what the same source said', async () => {
    await bring('contract.csv', [priced(UNPRICED, '0.0002', '0.0005')]);
    expect(await modelOf(UNPRICED)).toMatchObject({ inputPricePer1k: '0.0002', priceSource: 'contract.csv' });
    expect(await historyOf(UNPRICED)).toHaveLength(3);
  });

  it('is recorded under the name of who did it', async () => {
    await send(
      { source: 'by whom', prices: [priced(UNPRICED, '1', '1')], apply: true },
      await system.key(['operate'], 'importer'),
    );
    const { body } = await system.get(`/v1/catalogue/changes?entity=model&entityId=${UNPRICED}`);
    expect(body.items[0]).toMatchObject({ actor: 'service:importer', after: { price_source: 'by whom' } });
  });

  it('that is repeated writes nothing', async () => {
    const prices = [priced(HAIKU, '0.0011', '0.0055')];
    expect(await bring('agreeing', prices)).toMatchObject({ imported: 1, unchanged: 0, conflicts: [] });
    const before = await version();
    expect(await bring('agreeing', prices)).toMatchObject({ imported: 0, unchanged: 1, conflicts: [] });
    expect(await version()).toBe(before);
  });

  it('names the models that are not in the catalogue and takes the others', async () => {
    const answer = await bring('mixed', [priced('who.is-this', '1', '1'), priced(OPUS, '0.0055', '0.0275')]);
    expect(answer).toMatchObject({ imported: 1, unknownModels: ['who.is-this'] });
  });
});

describe('prices by dimension', () => {
  const ID = 'mistral.devstral-2-123b';
  const dimensions = {
    cacheWrite1hPer1k: '0.0008',
    serviceTiers: { flex: { inputPer1k: '0.0002', outputPer1k: '0.001' } },
    longContext: { aboveInputTokens: 200_000, inputPer1k: '0.0008', outputPer1k: '0.003' },
  };
  const versions = () =>
    ask(
      'SELECT price_dimensions AS dimensions, source FROM bedrock_model_prices WHERE model_id = $1 ORDER BY version',
      [ID],
    );
  const edit = (payload: object) => system.call('PATCH', `/v1/models/${encodeURIComponent(ID)}`, payload);

  it('are of one version with the base price, and once written the same again', async () => {
    const price = priced(ID, '0.0004', '0.002', { priceDimensions: dimensions });
    expect(await bring('contract', [price])).toMatchObject({ imported: 1, conflicts: [] });
    expect(await modelOf(ID)).toMatchObject({ inputPricePer1k: '0.0004', priceDimensions: dimensions });
    const before = await version();
    const repeated = { ...dimensions, cacheWrite1hPer1k: '0.00080' };
    expect(await bring('contract', [{ ...price, priceDimensions: repeated }])).toMatchObject({
      unchanged: 1,
    });
    expect(await version()).toBe(before);
    expect(await versions()).toEqual([
      { dimensions: {}, source: null },
      { dimensions, source: 'contract' },
    ]);
  });

  it('are a new version when they alone change, under the name of who did it', async () => {
    const priceDimensions = { ...dimensions, cacheWrite1hPer1k: '0.0009' };
    expect(await edit({ priceDimensions })).toMatchObject({ status: 200 });
    expect(await modelOf(ID)).toMatchObject({ inputPricePer1k: '0.0004', priceDimensions });
    expect((await versions()).at(-1)).toEqual({ dimensions: priceDimensions, source: 'set by an operator' });
  });

  it('are unknown with another base price, but for the threshold of a long prompt', async () => {
    await edit({ inputPricePer1k: '0.0005' });
    const threshold = { longContext: { aboveInputTokens: 200_000 } };
    expect((await modelOf(ID)).priceDimensions).toEqual(threshold);
    await bring('contract', [priced(ID, '0.0006', '0.002')], { apply: true });
    expect(await modelOf(ID)).toMatchObject({ inputPricePer1k: '0.0006', priceDimensions: threshold });
  });

  it('that plain SQL sets do not pass for those of public sources', async () => {
    const rows = await ask(
      `UPDATE bedrock_models SET price_dimensions = '{"cacheWrite1hPer1k":"1"}'
       WHERE model_id = 'eu.anthropic.claude-sonnet-5' RETURNING price_source`,
    );
    expect(rows).toEqual([{ price_source: 'set by SQL' }]);
  });

  it.each([
    ['a tier that nobody knows', { serviceTiers: { batch: {} } }],
    ['a price that is no decimal', { cacheWrite1hPer1k: 'free' }],
    ['no threshold', { longContext: { inputPer1k: '1' } }],
  ])('with %s are refused', async (_, priceDimensions) => {
    expect(await edit({ priceDimensions })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('two sources that disagree', () => {
  const conflict = [
    { source: 'aws-price-list', inputPricePer1k: '0.004', outputPricePer1k: '0.0165' },
    { source: SEED, inputPricePer1k: '0.0033', outputPricePer1k: '0.0165' },
  ];

  it('are both shown; the price that counts stays', async () => {
    const answer = await bring('aws-price-list', [priced(SONNET, '0.00400', '0.0165')]);
    expect(answer).toMatchObject({
      imported: 1,
      conflicts: [{ modelId: SONNET, sources: conflict }],
      effects: [{ modelId: SONNET, effect: 'kept' }],
    });
    expect(await modelOf(SONNET)).toMatchObject({
      inputPricePer1k: '0.0033',
      priceSource: SEED,
      priceConflicts: conflict,
    });
    expect(await historyOf(SONNET)).toHaveLength(1);
  });

  it('are shown with the candidates of a use case, too', async () => {
    const { body } = await system.act({ action: 'get-for-use-case', useCase: 'clinical' });
    const sonnet = body.data.models.find(({ id }: { id: string }) => id === SONNET);
    expect(sonnet.priceConflicts).toEqual(conflict);
  });

  it('are decided by apply, and still shown while a third one disagrees', async () => {
    await bring('third', [priced(SONNET, '0.005', '0.0165')]);
    await bring('aws-price-list', [priced(SONNET, '0.004', '0.0165')], { apply: true });
    const model = await modelOf(SONNET);
    expect(model).toMatchObject({ inputPricePer1k: '0.004', priceSource: 'aws-price-list' });
    expect(model.priceConflicts.map(({ source }: { source: string }) => source)).toEqual([
      'aws-price-list',
      'third',
    ]);
    await bring('third', [priced(SONNET, '0.004', '0.0165')]);
    expect((await modelOf(SONNET)).priceConflicts).toEqual([]);
  });

  it('may be an operator and a file: the operator’s word stays', async () => {
    await system.api.inject({
      method: 'PATCH',
      url: `/v1/models/${encodeURIComponent(SONNET)}`,
      headers: { authorization: `Bearer ${await system.key(['operate'], 'hand')}` },
      payload: { inputPricePer1k: '0.006' },
    });
    await bring('aws-price-list', [priced(SONNET, '0.0041', '0.0165')]);
    const model = await modelOf(SONNET);
    expect(model).toMatchObject({ inputPricePer1k: '0.006', priceSource: 'set by an operator' });
    expect(model.priceConflicts).toHaveLength(3);
  });
});

describe('a price that is valid later', () => {
  const settle = () => system.api.get(PriceImportService).settleDue();
  /** As if this time had passed since: for the quote and for the price that counts. */
  const passed = async (hours: number) => {
    const by = `interval '${hours} hours'`;
    await ask(
      `UPDATE model_price_quotes SET valid_from = valid_from - ${by}, imported_at = imported_at - ${by} WHERE model_id = '${NOVA_PRO}'`,
    );
    await ask(
      `UPDATE bedrock_model_prices SET valid_from = valid_from - ${by} WHERE model_id = '${NOVA_PRO}'`,
    );
  };
  const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

  it('waits for its day, and then counts where its source may set it', async () => {
    await bring('list', [priced(NOVA_PRO, '0.001', '0.0042')], { apply: true });
    const validFrom = tomorrow();
    const later = await bring('list', [priced(NOVA_PRO, '0.002', '0.0084', { validFrom })], { apply: true });
    expect(later.effects).toMatchObject([{ modelId: NOVA_PRO, effect: 'later', validFrom }]);
    const upcoming = async () => (await system.get('/v1/catalogue/prices/upcoming')).body.items;
    expect(await upcoming()).toMatchObject([{ modelId: NOVA_PRO, inputPricePer1k: '0.002', validFrom }]);
    await settle();
    expect(await modelOf(NOVA_PRO)).toMatchObject({ inputPricePer1k: '0.001', priceConflicts: [] });
    await passed(25);
    await settle();
    expect(await modelOf(NOVA_PRO)).toMatchObject({ inputPricePer1k: '0.002', priceSource: 'list' });
    expect(await upcoming()).toEqual([]);
    const { body } = await system.get(`/v1/catalogue/changes?entity=model&entityId=${NOVA_PRO}`);
    expect(body.items[0]).toMatchObject({ actor: 'system:prices' });
  });

  it('counts from its time on, without anybody who sets it', async () => {
    await bring('list', [priced(NOVA_PRO, '0.003', '0.0126', { validFrom: tomorrow() })]);
    const [{ time }] = await ask(
      `UPDATE model_price_quotes SET valid_from = date_trunc('milliseconds', now()), imported_at = now() - interval '1 hour'
       WHERE model_id = $1 AND source = 'list' RETURNING valid_from AS time`,
      [NOVA_PRO],
    );
    await system.act({ action: 'clear-cache' });
    await eventually(async () => expect(await modelOf(NOVA_PRO)).toMatchObject({ inputPricePer1k: '0.003' }));
    const history = await ask(
      `SELECT trim_scale(input_price_per_1k)::text AS input, valid_from AS "from", valid_to AS "to"
       FROM bedrock_model_prices WHERE model_id = $1 ORDER BY version DESC LIMIT 2`,
      [NOVA_PRO],
    );
    expect(history).toEqual([
      { input: '0.003', from: time, to: null },
      { input: '0.002', from: expect.any(Date), to: time },
    ]);
  });

  it('does not undo what was set by SQL after its day', async () => {
    await ask(`UPDATE bedrock_models SET input_price_per_1k = 0.009 WHERE model_id = $1`, [NOVA_PRO]);
    await settle();
    expect(await modelOf(NOVA_PRO)).toMatchObject({ priceSource: 'list' });
    expect(
      await ask('SELECT 1 FROM bedrock_models WHERE model_id = $1 AND input_price_per_1k = 0.009', [
        NOVA_PRO,
      ]),
    ).toHaveLength(1);
  });

  it('of another source is a conflict when its day has come', async () => {
    await bring('other', [priced(NOVA_PRO, '0.003', '0.0084', { validFrom: tomorrow() })]);
    expect((await modelOf(NOVA_PRO)).priceConflicts).toEqual([]);
    await passed(25);
    await settle();
    await system.act({ action: 'clear-cache' });
    const model = await modelOf(NOVA_PRO);
    expect(model.priceSource).toBe('list');
    expect(model.priceConflicts).toMatchObject([{ source: 'list' }, { source: 'other' }]);
  });
});

describe('an import is refused', () => {
  const good = priced(OPUS, '1', '1');
  it.each<[string, object]>([
    ['without a source', { prices: [good] }],
    ['with an empty source', { source: '', prices: [good] }],
    ['without prices', { source: 'x', prices: [] }],
    ['with a model twice', { source: 'x', prices: [good, good] }],
    ['with a price that is a number', { source: 'x', prices: [{ ...good, inputPricePer1k: 1 }] }],
    ['with a negative price', { source: 'x', prices: [{ ...good, inputPricePer1k: '-1' }] }],
    ['with half a price', { source: 'x', prices: [{ modelId: OPUS, inputPricePer1k: '1' }] }],
    ['with a price that is null', { source: 'x', prices: [{ ...good, outputPricePer1k: null }] }],
    ['with a day that is none', { source: 'x', prices: [{ ...good, validFrom: 'soon' }] }],
    ['with an unknown field', { source: 'x', prices: [good], force: true }],
    [
      'with more than 200 prices',
      { source: 'x', prices: Array.from({ length: 201 }, (_, n) => priced(`m${n}`, '1', '1')) },
    ],
  ])('%s', async (_, body) => {
    expect(await send(body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('from anybody who may not operate', async () => {
    for (const token of [
      await userToken('user-456'),
      await system.key(['read']),
      await system.key(['admin']),
    ])
      expect(await send({ source: 'x', prices: [good] }, token)).toMatchObject({ status: 403 });
  });
});

it('the AWS Price List replaces what public sources had set and dispute, and nothing that an operator has set', async () => {
  const list = (modelId: string) => ({
    ...{ modelId, source: 'aws-price-list', inputPer1k: '0.0056', outputPer1k: '0.028', validFrom: null },
    ...{ cacheReadPer1k: null, cacheWritePer1k: null, dimensions: {} },
  });
  await system.call('PATCH', `/v1/models/${encodeURIComponent(HAIKU)}`, { inputPricePer1k: '0.002' });
  const prices = system.api.get<PriceImportService>(PriceImportService, { strict: false });
  await prices.import(
    [list(OPUS), list(HAIKU)],
    { replacing: 'published', dryRun: false },
    { actor: 'system:prices', requestId: 'r' },
  );
  expect(await modelOf(OPUS)).toMatchObject({
    inputPricePer1k: '0.0056',
    priceSource: 'aws-price-list',
    priceConflicts: [{ source: 'aws-price-list' }, { source: 'mixed' }],
  });
  expect(await modelOf(HAIKU)).toMatchObject({ inputPricePer1k: '0.002', priceSource: 'set by an operator' });
});
