import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiInstance } from '../support/api-instance.js';
import {
  CatalogueEditing,
  fieldsOf,
  HAIKU,
  NEW,
  NOVA_LITE,
  newcomer,
  PIXTRAL,
  SONNET,
} from '../support/catalogue-editing.js';
import { eventually } from '../support/eventually.js';

let catalogue: CatalogueEditing;
let second: ApiInstance;
beforeAll(async () => {
  catalogue = await CatalogueEditing.start();
  second = await ApiInstance.start(catalogue.system.environment.variables);
});
afterAll(async () => {
  await second?.close();
  await catalogue?.close();
});

describe('a new model', () => {
  it('is in the catalogue, and not selectable while nobody has approved it', async () => {
    const added = await catalogue.edit('POST', 'models', newcomer);
    expect(added).toMatchObject({
      status: 201,
      body: {
        id: NEW,
        name: 'Newcomer',
        available: false,
        inputPricePer1k: null,
        validationStatus: 'unknown',
      },
    });
    expect(await catalogue.reasonsAgainst(NEW)).toEqual(['not_available', 'not_invokable', 'price_unknown']);
    expect(await catalogue.listed()).not.toContain(NEW);
    const refused = await catalogue.system.act({ action: 'switch', modelId: NEW, useCase: 'platform' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'model_not_selectable' } });
  });

  it('is there once: the same again is refused', async () => {
    const again = await catalogue.edit('POST', 'models', { ...newcomer, name: 'Another' });
    expect(again).toMatchObject({ status: 409, body: { code: 'model_exists' } });
    expect(await catalogue.item('models', NEW)).toMatchObject({ name: 'Newcomer' });
  });

  it('cannot be approved without the fields that clients get', async () => {
    const refused = await catalogue.editModel(NEW, { available: true });
    expect(refused.status).toBe(400);
    expect(fieldsOf(refused)).toEqual(['useCase', 'maxTokens', 'tier']);
  });

  it('has the capabilities that an operator states, until the operator removes them', async () => {
    const stated = await catalogue.editModel(NEW, { capabilities: { guardrail: false, topP: true } });
    const fact = { source: 'set by an operator', readOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) };
    expect(stated).toMatchObject({
      status: 200,
      body: {
        capabilities: { guardrail: { ...fact, supported: false }, topP: { ...fact, supported: true } },
      },
    });
    const removed = await catalogue.editModel(NEW, { capabilities: { guardrail: null } });
    expect(Object.keys(removed.body.capabilities)).toEqual(['topP']);
    expect((await catalogue.editModel(NEW, { capabilities: { juggling: true } })).status).toBe(400);
  });

  it('becomes selectable step by step: available, then invokable, then priced', async () => {
    const approval = { available: true, useCase: 'platform', maxTokens: 2000, tier: 5 };
    expect(await catalogue.editModel(NEW, approval)).toMatchObject({ status: 200, body: approval });
    expect(await catalogue.listed()).toContain(NEW);
    expect(await catalogue.reasonsAgainst(NEW)).toEqual(['not_invokable', 'price_unknown']);
    await catalogue.editModel(NEW, { invokeWith: 'inference_profile' });
    expect(await catalogue.reasonsAgainst(NEW)).toEqual(['price_unknown']);
    await catalogue.editModel(NEW, { inputPricePer1k: '0.000000000001' });
    expect(await catalogue.reasonsAgainst(NEW)).toEqual(['price_unknown']);
    const priced = await catalogue.editModel(NEW, { outputPricePer1k: '0.25' });
    expect(Number(priced.body.inputPricePer1k)).toBe(1e-12);
    expect(await catalogue.reasonsAgainst(NEW)).toEqual([]);
    const switched = await catalogue.system.act({
      action: 'switch',
      modelId: NEW,
      conversationId: 'with-newcomer',
    });
    expect(switched).toMatchObject({ status: 200, body: { data: { switched: true, to: 'Newcomer' } } });
  });

  it('loses its price when an operator says that it is not known', async () => {
    await catalogue.editModel(NEW, { inputPricePer1k: null });
    expect(await catalogue.reasonsAgainst(NEW)).toEqual(['price_unknown']);
    expect(await catalogue.item('models', NEW)).toMatchObject({ inputPricePer1k: null });
  });

  it('is left where it may send prompts anywhere else', async () => {
    await catalogue.editModel(NEW, {
      inputPricePer1k: '0.1',
      destinationRegions: ['eu-central-1', 'us-east-1'],
    });
    expect(await catalogue.reasonsAgainst(NEW)).toEqual(['destination_not_allowed']);
    expect(await catalogue.modelOf('with-newcomer')).not.toBe(NEW);
  });

  it('keeps every price it had in the history', async () => {
    const { rows } = await catalogue.system.environment.owner.query(
      `SELECT input_price_per_1k::float8 AS input, output_price_per_1k::float8 AS output, source
       FROM bedrock_model_prices WHERE model_id = $1 AND source IS NOT NULL ORDER BY version`,
      [NEW],
    );
    const source = 'set by an operator';
    expect(rows).toEqual([
      { input: 1e-12, output: null, source },
      { input: 1e-12, output: 0.25, source },
      { input: null, output: 0.25, source },
      { input: 0.1, output: 0.25, source },
    ]);
  });
});

describe('who did what', () => {
  it('is recorded with before and after, the actor and the request', async () => {
    const before = Date.now();
    const changed = await catalogue.system.call(
      'PATCH',
      `/v1/models/${PIXTRAL}`,
      { tier: 51 },
      { token: catalogue.operator, headers: { 'x-request-id': 'the-request' } },
    );
    expect(changed.status).toBe(200);
    const [newest] = await catalogue.changesOf('model', PIXTRAL);
    expect(newest).toMatchObject({
      entity: 'model',
      entityId: PIXTRAL,
      actor: 'service:operator',
      requestId: 'the-request',
      before: { tier: 50, name: 'Pixtral Large' },
      after: { tier: 51, name: 'Pixtral Large' },
    });
    expect(Date.parse(newest.changedAt)).toBeGreaterThanOrEqual(before);
  });

  it('has one record of a new model, without a before, and none of an edit that changes nothing', async () => {
    const changes = await catalogue.changesOf('model', NEW);
    expect(changes.at(-1)).toMatchObject({
      actor: 'service:operator',
      before: null,
      after: { model_id: NEW },
    });
    await catalogue.editModel(NEW, { name: 'Newcomer' });
    expect(await catalogue.changesOf('model', NEW)).toEqual(changes);
  });

  it('names the role where it was done by plain SQL', async () => {
    const { owner, app } = catalogue.system.environment;
    await owner.query('UPDATE bedrock_models SET tier = 52 WHERE model_id = $1', [PIXTRAL]);
    await app.query('UPDATE bedrock_models SET tier = 53 WHERE model_id = $1', [PIXTRAL]);
    expect((await catalogue.changesOf('model', PIXTRAL)).slice(0, 2)).toMatchObject([
      { actor: 'sql:orchestrator_app', requestId: null, before: { tier: 52 }, after: { tier: 53 } },
      { actor: 'sql:orchestrator_owner', requestId: null, before: { tier: 51 }, after: { tier: 52 } },
    ]);
  });

  it('comes in pages that miss nothing', async () => {
    const all = (await catalogue.system.get('/v1/catalogue/changes?limit=100')).body.items;
    const found = [];
    let cursor = '';
    do {
      const { body } = await catalogue.system.get(`/v1/catalogue/changes?limit=3${cursor}`);
      found.push(...body.items);
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect(found.slice(0, all.length)).toEqual(all);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  });

  it('cannot be rewritten, not even by the owner of the tables', async () => {
    await expect(catalogue.system.environment.owner.query('DELETE FROM catalogue_changes')).rejects.toThrow();
    await expect(
      catalogue.system.environment.app.query("UPDATE catalogue_changes SET actor = 'nobody'"),
    ).rejects.toThrow();
  });
});

describe('another instance', () => {
  // The promise is 250 ms; a machine that runs all tests concurrently gets some more.
  const soon = (check: () => Promise<void>) => eventually(check);
  const seenBySecond = async (list: string, find: object) =>
    expect((await second.get(`/v1/${list}`)).body.items).toContainEqual(expect.objectContaining(find));

  it('sees every kind of edit immediately', async () => {
    await catalogue.edit('POST', 'models', { ...newcomer, id: 'seen' });
    await soon(() => seenBySecond('models', { id: 'seen' }));
    await catalogue.editModel('seen', { name: 'Seen' });
    await soon(() => seenBySecond('models', { id: 'seen', name: 'Seen' }));
    await catalogue.editUseCase('seen', { candidates: [NOVA_LITE] });
    await soon(() => seenBySecond('use-cases', { name: 'seen', candidates: [NOVA_LITE] }));
    await catalogue.edit('PUT', 'assistants/seen', { name: 'Seen', useCase: 'seen' });
    await soon(() => seenBySecond('assistants', { id: 'seen', useCase: 'seen' }));
    await catalogue.retire(SONNET);
    await soon(() => seenBySecond('models', { id: SONNET, available: false }));
    await soon(() => seenBySecond('use-cases', { name: 'clinical', activeModelId: HAIKU }));
  });
});
