import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedFacts } from '#libs/catalogue/model-facts.js';
import { TestSystem, userToken } from '../support/test-system.js';

const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const NOVA_2_LITE = 'eu.amazon.nova-2-lite-v1:0';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const SONNET_5 = 'eu.anthropic.claude-sonnet-5';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const ask = async (sql: string, values: unknown[] = []) =>
  (await system.environment.owner.query(sql, values)).rows;
const send = (body: object | undefined, token?: string) =>
  system.call('POST', '/v1/catalogue/facts', body, token ? { token } : {});
const modelOf = async (id: string) =>
  (await system.get('/v1/models')).body.items.find((model: { id: string }) => model.id === id);
const version = async () => (await ask('SELECT version FROM catalogue_version'))[0].version;
const pricesOf = (id: string) =>
  ask(
    `SELECT trim_scale(input_price_per_1k)::text AS input, source, valid_to IS NULL AS current FROM bedrock_model_prices
     WHERE model_id = $1 ORDER BY version`,
    [id],
  );

/** The shipped facts with changes of some models. */
function factsWith(changes: Record<string, object>, readOn = '2026-12-24') {
  const facts = shippedFacts();
  return { ...facts, readOn, models: facts.models.map((model) => ({ ...model, ...changes[model.id] })) };
}

describe('a fresh install', () => {
  it('has the published prices: Nova writes its cache for nothing, and Sonnet 5 costs 2.20 USD a million', async () => {
    const rows = await ask(
      `SELECT model_id, trim_scale(input_price_per_1k)::text AS input, trim_scale(cache_read_price_per_1k)::text AS read,
         trim_scale(cache_write_price_per_1k)::text AS write
       FROM bedrock_models WHERE model_id LIKE 'eu.amazon.%' OR model_id = $1 ORDER BY model_id`,
      [SONNET_5],
    );
    expect(rows).toEqual([
      { model_id: NOVA_2_LITE, input: '0.000429', read: '0.000107', write: '0' },
      { model_id: 'eu.amazon.nova-lite-v1:0', input: '0.000078', read: '0.0000195', write: '0' },
      { model_id: 'eu.amazon.nova-micro-v1:0', input: '0.000046', read: '0.0000115', write: '0' },
      { model_id: NOVA_PRO, input: '0.00105', read: '0.0002625', write: '0' },
      { model_id: SONNET_5, input: '0.0022', read: '0.00022', write: '0.00275' },
    ]);
  });

  it('has the prices of a cache that lasts an hour, and where a long prompt begins, if a source does', async () => {
    const rows = await ask(
      `SELECT model_id, price_dimensions AS known FROM bedrock_models WHERE price_dimensions <> '{}' ORDER BY model_id`,
    );
    expect(rows).toEqual([
      {
        model_id: 'eu.anthropic.claude-haiku-5-5',
        known: { cacheWrite1hPer1k: '0.00022', longContext: { aboveInputTokens: 100_000 } },
      },
      { model_id: 'eu.anthropic.claude-opus-5-5', known: { cacheWrite1hPer1k: '0.0088' } },
      { model_id: SONNET_5, known: { cacheWrite1hPer1k: '0.0044' } },
      { model_id: 'eu.anthropic.claude-sonnet-5-5', known: { cacheWrite1hPer1k: '0.0044' } },
    ]);
  });

  it('has every model of the facts, eight of them approved', async () => {
    const [counts] = await ask(
      'SELECT count(*)::int AS models, (count(*) FILTER (WHERE is_available))::int AS available FROM bedrock_models',
    );
    expect(counts).toEqual({ models: shippedFacts().models.length, available: 8 });
  });

  it('knows for every model that lives what is promised of its end, and says so', async () => {
    expect(
      await ask(
        `SELECT model_id FROM bedrock_models WHERE lifecycle_status <> 'EOL' AND notice_days IS NULL`,
      ),
    ).toEqual([]);
    expect((await modelOf(HAIKU)).guarantee).toEqual({
      earliestEndAt: '2026-10-16T00:00:00.000Z',
      noticeDays: 180,
      source: 'AWS model card, "EOL no sooner than"',
      readOn: '2026-10-06',
    });
    expect((await modelOf('eu.anthropic.claude-haiku-5-5')).guarantee).toMatchObject({ noticeDays: 45 });
  });
});

describe('an import of facts', () => {
  it('that is repeated, or of what the seed had, writes nothing', async () => {
    const before = await version();
    expect((await send(undefined)).body).toEqual({ added: [], changed: [], kept: [], dryRun: false });
    expect(await version()).toBe(before);
  });

  it('shows in a dry run what it would do, and does it otherwise', async () => {
    const price = {
      inputPer1k: '0.0004',
      outputPer1k: '0.0036',
      cacheReadPer1k: '0.0001',
      cacheWritePer1k: '0',
      confidence: 'agreed',
    };
    const guarantee = { earliestEndAt: '2027-12-02', noticeDays: 180, source: 'card', readOn: '2026-12-24' };
    const facts = factsWith({ [NOVA_2_LITE]: { price, guarantee }, [OPUS]: { otherPrices: [] } });
    facts.models.push({
      ...facts.models[0]!,
      id: 'eu.acme.new-v1:0',
      foundationModelId: 'acme.new-v1:0',
      name: 'New',
    });
    const before = await version();
    const dry = (await send({ facts, dryRun: true })).body;
    expect(dry).toMatchObject({ added: ['eu.acme.new-v1:0'], kept: [], dryRun: true });
    const of = (id: string, field: string) =>
      dry.changed.find(
        (change: { modelId: string; field: string }) => change.modelId === id && change.field === field,
      );
    expect(of(NOVA_2_LITE, 'price')).toMatchObject({
      before: { inputPer1k: '0.000429' },
      after: { inputPer1k: '0.0004', outputPer1k: '0.0036' },
    });
    expect(of(NOVA_2_LITE, 'guarantee').after).toMatchObject({ earliestEndAt: '2027-12-02T00:00:00.000Z' });
    expect(of(OPUS, 'priceConflicts')).toMatchObject({ before: [{}, {}], after: [] });
    expect(await version()).toBe(before);
    expect(await modelOf('eu.acme.new-v1:0')).toBeUndefined();

    const done = (await send({ facts })).body;
    expect(done).toEqual({ ...dry, dryRun: false });
    expect(await modelOf('eu.acme.new-v1:0')).toMatchObject({ available: false, useCase: null });
    expect((await modelOf(OPUS)).priceConflicts).toEqual([]);
    expect((await send({ facts })).body).toEqual({ added: [], changed: [], kept: [], dryRun: false });
    expect(await pricesOf(NOVA_2_LITE)).toEqual([
      { input: '0.000429', source: 'public sources 2026-11-28, agreed', current: false },
      { input: '0.0004', source: 'public sources 2026-12-24, agreed', current: true },
    ]);
  });

  it('leaves what an operator has set, also by SQL, and says whose it is', async () => {
    await system.call('PATCH', `/v1/models/${encodeURIComponent(NOVA_PRO)}`, {
      inputPricePer1k: '0.0009',
      contextWindow: 1000,
    });
    await ask('UPDATE bedrock_models SET input_price_per_1k = 0.001 WHERE model_id = $1', [HAIKU]);
    const { body } = await send({ facts: factsWith({}, '2027-01-01') });
    expect(body.kept).toEqual([
      { modelId: NOVA_PRO, priceSource: 'set by an operator' },
      { modelId: HAIKU, priceSource: 'set by SQL' },
    ]);
    expect(await modelOf(NOVA_PRO)).toMatchObject({ inputPricePer1k: '0.0009', contextWindow: 1000 });
    expect(await modelOf(HAIKU)).toMatchObject({ inputPricePer1k: '0.001', available: true, tier: 60 });
  });

  it('brings capabilities, and leaves those that an operator has set', async () => {
    const fact = (supported: boolean, source: string) => ({ supported, source, readOn: '2026-12-24' });
    await ask('UPDATE bedrock_models SET capabilities = capabilities || $2 WHERE model_id = $1', [
      OPUS,
      { topP: fact(true, 'set by an operator') },
    ]);
    const capabilities = { temperature: fact(false, 'card'), topP: fact(false, 'card') };
    await send({ facts: factsWith({ [OPUS]: { capabilities } }, '2027-01-01') });
    expect((await modelOf(OPUS)).capabilities).toMatchObject({
      temperature: { source: 'card' },
      topP: { supported: true, source: 'set by an operator' },
      assistantPrefill: { supported: false },
    });
  });

  it('is recorded under the name of the operator, whose right it needs', async () => {
    const facts = factsWith({ [SONNET_5]: { contextWindow: 5 } }, '2027-01-02');
    expect((await send({ facts }, await userToken('user-456'))).status).toBe(403);
    expect((await send({ facts }, await system.key(['read'], 'reader'))).status).toBe(403);
    expect((await send({ facts }, await system.key(['operate'], 'curator'))).status).toBe(200);
    const { body } = await system.get(`/v1/catalogue/changes?entity=model&entityId=${SONNET_5}`);
    expect(body.items[0]).toMatchObject({
      actor: 'service:curator',
      after: { price_source: 'public sources 2027-01-02, agreed', context_window: 1_000_000 },
    });
  });

  it.each([
    [{ facts: { readOn: 'today', region: 'r', models: [] } }, 'facts.readOn'],
    [{ dryRun: 'yes' }, 'dryRun'],
    [{ other: 1 }, 'other'],
  ])('refuses %j', async (body, field) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(field);
  });
});
