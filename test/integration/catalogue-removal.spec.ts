import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CatalogueEditing, HAIKU, NEW, NOVA_LITE, newcomer, SONNET } from '../support/catalogue-editing.js';

let catalogue: CatalogueEditing;
beforeAll(async () => {
  catalogue = await CatalogueEditing.start();
});
afterAll(() => catalogue.close());

const remove = (path: string) =>
  catalogue.system.call('DELETE', `/v1/${path}`, undefined, { token: catalogue.operator });
const status = async (path: string) => (await catalogue.system.get(`/v1/${path}`)).status;
const changes = async (query: string) =>
  (await catalogue.system.get(`/v1/catalogue/changes?${query}`)).body.items;

describe('a deletion', () => {
  it('of a model that nothing uses is recorded with its actor', async () => {
    await catalogue.edit('POST', 'models', newcomer);
    expect(await remove(`models/${NEW}`)).toMatchObject({ status: 204, text: '' });
    expect(await status(`models/${NEW}`)).toBe(404);
    expect((await changes(`entity=model&entityId=${NEW}`))[0]).toMatchObject({
      actor: 'service:operator',
      after: null,
      before: expect.objectContaining({ model_id: NEW }),
    });
    expect(await remove(`models/${NEW}`)).toMatchObject({ status: 404, body: { code: 'model_not_found' } });
  });

  it('of a model in use is refused with what uses it', async () => {
    await catalogue.system.act({ action: 'switch', modelId: HAIKU, conversationId: 'removal' });
    const refused = await remove(`models/${HAIKU}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'in_use' } });
    expect(refused.body.uses).toEqual(
      expect.arrayContaining([
        { kind: 'candidate', count: expect.any(Number), names: expect.arrayContaining(['clinical']) },
        { kind: 'conversation', count: 1, names: [] },
      ]),
    );
    expect(refused.body.detail).toContain('clinical');
    expect((await remove(`models/${SONNET}`)).body.uses).toContainEqual({
      kind: 'active_model',
      count: 1,
      names: ['clinical'],
    });
  });

  it('of a use case needs that nothing is left in it', async () => {
    await catalogue.editUseCase('triage', { candidates: [NOVA_LITE] });
    await catalogue.edit('PUT', 'assistants/triage-assistant', { name: 'Triage', useCase: 'triage' });
    const refused = await remove('use-cases/triage');
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'in_use', uses: [{ kind: 'assistant', count: 1, names: ['triage-assistant'] }] },
    });
    expect((await remove('assistants/triage-assistant')).status).toBe(204);
    expect((await remove('use-cases/triage')).status).toBe(204);
    expect(await status('use-cases/triage')).toBe(404);
    const removed = await changes('actor=service:operator&entity=candidate');
    expect(removed[0]).toMatchObject({ entityId: `triage ${NOVA_LITE}`, after: null });
  });

  it('of a use case with conversations, or of the default one, is refused', async () => {
    const { body } = await remove('use-cases/operations');
    expect(body).toMatchObject({ code: 'in_use' });
    expect(body.uses).toContainEqual({ kind: 'conversation', count: expect.any(Number), names: [] });
    expect((await remove('use-cases/platform')).body.uses).toContainEqual(
      expect.objectContaining({ kind: 'default' }),
    );
  });

  it('of an assistant that is the default of a key is refused', async () => {
    await catalogue.edit('PUT', 'assistants/of-key', { name: 'Of a key', useCase: 'clinical' });
    await catalogue.system.call('POST', '/v1/keys', {
      name: 'with-assistant',
      scopes: ['switch'],
      defaults: { assistantId: 'of-key' },
    });
    expect((await remove('assistants/of-key')).body.uses).toEqual([
      { kind: 'service_key', count: 1, names: ['with-assistant'] },
    ]);
  });
});

describe('a list of changes', () => {
  it('leaves the verdicts of sweeps out, unless it is asked for them', async () => {
    const { owner } = catalogue.system.environment;
    await owner.query(`SELECT set_config('orchestrator.actor', 'system:validation', false)`);
    await owner.query(`UPDATE bedrock_models SET validation_status = 'passed' WHERE model_id = $1`, [SONNET]);
    const actors = async (query: string) =>
      (await changes(query)).map(({ actor }: { actor: string }) => actor);
    expect(await actors('limit=100')).not.toContain('system:validation');
    expect((await actors('includeSystem=true'))[0]).toBe('system:validation');
    expect(new Set(await actors('actor=system:validation'))).toEqual(new Set(['system:validation']));
  });

  it('has those of a period', async () => {
    const [newest] = await changes('limit=1');
    const at = encodeURIComponent(newest.changedAt);
    expect(await changes(`from=${at}`)).toContainEqual(newest);
    expect(await changes(`to=${at}`)).not.toContainEqual(newest);
    expect(await changes('to=2020-01-01T00:00:00Z')).toEqual([]);
  });
});
