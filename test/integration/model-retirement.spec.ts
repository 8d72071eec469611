import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CatalogueEditing,
  fieldsOf,
  HAIKU,
  NOVA_2_LITE,
  NOVA_LITE,
  NOVA_MICRO,
  NOVA_PRO,
  OPUS,
  PIXTRAL,
  SONNET,
} from '../support/catalogue-editing.js';
import { eventually } from '../support/eventually.js';

let catalogue: CatalogueEditing;
beforeAll(async () => {
  catalogue = await CatalogueEditing.start({ worker: true });
});
afterAll(() => catalogue?.close());

describe('retiring a model', () => {
  it('moves its use cases on first, each with an audit row and a notification', async () => {
    expect(await catalogue.modelOf('follower-of-operations-or-platform')).toBe(NOVA_MICRO);
    const retired = await catalogue.retire(NOVA_PRO, { successorId: NOVA_2_LITE });
    expect(retired).toMatchObject({
      status: 200,
      body: { id: NOVA_PRO, available: false, successor: NOVA_2_LITE, moveId: expect.any(String) },
    });
    expect(await catalogue.item('use-cases', 'operations')).toMatchObject({ activeModelId: PIXTRAL });
    expect((await catalogue.item('models', NOVA_PRO)).reasons).toContainEqual({
      code: 'not_available',
      detail: expect.stringMatching(/retired by service:operator on \d{4}-\d\d-\d\d; successor eu\./),
    });
    const { body } = await catalogue.system.get('/v1/switches?useCase=operations');
    expect(body.items).toMatchObject([
      {
        scope: 'use_case',
        conversationId: null,
        action: 'auto_switch',
        actor: 'service:operator',
        previousModelId: NOVA_PRO,
        newModelId: PIXTRAL,
        reason: 'Amazon Nova Pro was retired',
        notificationShown: true,
      },
    ]);
    await eventually(async () => {
      const { rows } = await catalogue.system.environment.owner.query(
        'SELECT new_model_id FROM bedrock_model_switches WHERE use_case = $1',
        ['operations'],
      );
      expect(rows).toEqual([{ new_model_id: PIXTRAL }]);
    });
  });

  it('moves and records nothing when it is repeated', async () => {
    const past = async () => [
      await catalogue.changesOf('model', NOVA_PRO),
      await catalogue.item('use-cases', 'operations'),
      await catalogue.switchesOf('operations'),
    ];
    const before = await past();
    expect(await catalogue.retire(NOVA_PRO)).toMatchObject({
      status: 200,
      body: { available: false, successor: NOVA_2_LITE, moveId: null },
    });
    expect(await past()).toEqual(before);
  });

  it('moves the conversations that are pinned to it, on behalf of the operator', async () => {
    await catalogue.system.act({ action: 'switch', modelId: OPUS, conversationId: 'pinned-to-opus' });
    expect(await catalogue.modelOf('pinned-to-opus')).toBe(OPUS);
    const { status, body } = await catalogue.retire(OPUS, { reason: 'The vendor withdraws it' });
    expect({ status, available: body.available }).toEqual({ status: 200, available: false });
    expect(await catalogue.listed()).not.toContain(OPUS);
    const token = { token: catalogue.operator };
    await eventually(async () => {
      const move = (await catalogue.system.get(`/v1/moves/${body.moveId}`, token)).body;
      expect(move).toMatchObject({ state: 'done', progress: { total: 1, moved: 1 } });
    });
    expect(await catalogue.modelOf('pinned-to-opus')).not.toBe(OPUS);
    const { rows } = await catalogue.system.environment.owner.query(
      `SELECT actor, reason FROM switch_events WHERE request_id = $1`,
      [body.moveId],
    );
    expect(rows).toEqual([{ actor: 'service:operator', reason: 'The vendor withdraws it' }]);
  });

  it('is the way to take a model away that answers: switching it off is refused, and so is a model as its own successor', async () => {
    const off = await catalogue.system.call('PATCH', `/v1/models/${SONNET}`, { available: false });
    expect(off).toMatchObject({
      status: 409,
      body: { code: 'model_in_use', detail: expect.stringContaining('clinical') },
    });
    const itself = await catalogue.system.call('PATCH', `/v1/models/${HAIKU}`, { successorId: HAIKU });
    expect(itself).toMatchObject({ status: 400, body: { errors: [{ field: 'successorId' }] } });
    expect(await catalogue.listed()).toEqual(expect.arrayContaining([SONNET, HAIKU]));
  });

  it('writes the audit row whatever the use case is said to cost', async () => {
    const absurd = { exchangesPer30Days: 1_000_000_000_000, inputTokensPerExchange: 100_000_000 };
    await catalogue.editUseCase('absurd', { candidates: [SONNET, NOVA_LITE], ...absurd });
    await catalogue.system.act({ action: 'switch', modelId: NOVA_LITE, useCase: 'absurd' });
    await eventually(async () =>
      expect(await catalogue.switchesOf('absurd')).toMatchObject([{ status: 'recorded', costImpact: null }]),
    );
  });

  it('is refused where a use case has nothing to move to: the model stays available', async () => {
    await catalogue.editUseCase('alone', { candidates: [HAIKU] });
    const refused = await catalogue.retire(HAIKU);
    expect(refused).toMatchObject({ status: 503, body: { code: 'no_selectable_model' } });
    expect(await catalogue.item('models', HAIKU)).toMatchObject({ available: true });
    expect(await catalogue.item('use-cases', 'alone')).toMatchObject({ activeModelId: HAIKU });
    expect(await catalogue.reasonsAgainst(HAIKU)).toEqual([]);
  });

  it('moves nothing when one of several use cases has nothing to move to', async () => {
    await catalogue.editUseCase('a-first', { candidates: [HAIKU, NOVA_LITE] });
    expect(await catalogue.retire(HAIKU)).toMatchObject({ status: 503 });
    expect(await catalogue.item('use-cases', 'a-first')).toMatchObject({ activeModelId: HAIKU });
    expect(await catalogue.switchesOf('a-first')).toEqual([]);
  });

  it('is refused with an unknown successor before anything moves, and for an unknown model', async () => {
    const refused = await catalogue.retire(SONNET, { successorId: 'no-such-model' });
    expect(refused.status).toBe(400);
    expect(fieldsOf(refused)).toEqual(['successorId']);
    expect(await catalogue.item('use-cases', 'clinical')).toMatchObject({ activeModelId: SONNET });
    expect(await catalogue.switchesOf('clinical')).toEqual([]);
    expect(await catalogue.retire('no-such-model')).toMatchObject({
      status: 404,
      body: { code: 'model_not_found' },
    });
  });
});
