import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CatalogueEditing,
  fieldsOf,
  HAIKU,
  NOVA_2_LITE,
  NOVA_LITE,
  NOVA_MICRO,
} from '../support/catalogue-editing.js';

let catalogue: CatalogueEditing;
beforeAll(async () => {
  catalogue = await CatalogueEditing.start();
});
afterAll(() => catalogue?.close());

describe('a use case', () => {
  it('that is new can be used immediately: read, switched automatically, followed', async () => {
    const made = await catalogue.editUseCase('triage', {
      candidates: [NOVA_LITE, NOVA_MICRO],
      objective: 'cost',
    });
    expect(made).toMatchObject({
      status: 200,
      body: {
        name: 'triage',
        objective: 'cost',
        activeModelId: NOVA_LITE,
        candidates: [NOVA_LITE, NOVA_MICRO],
      },
    });
    const preview = await catalogue.system.act({ action: 'auto-switch', useCase: 'triage', dryRun: true });
    expect(preview).toMatchObject({ status: 200, body: { data: { switched: true, toId: NOVA_MICRO } } });
    const joined = await catalogue.system.act({
      action: 'auto-switch',
      useCase: 'triage',
      conversationId: 'in-triage',
    });
    expect(joined.status).toBe(200);
    expect((await catalogue.system.get('/v1/conversations/in-triage/model')).body.model.id).toBe(NOVA_LITE);
    await catalogue.system.act({ action: 'auto-switch', useCase: 'triage' });
    expect((await catalogue.system.get('/v1/conversations/in-triage/model')).body.model.id).toBe(NOVA_MICRO);
  });

  it('that is new may be made by several concurrently', async () => {
    const orders = [[NOVA_LITE], [NOVA_LITE, NOVA_MICRO], [NOVA_MICRO, NOVA_LITE], [NOVA_MICRO]];
    const made = await Promise.all(
      orders.map((candidates) => catalogue.editUseCase('at-once', { candidates })),
    );
    expect(made.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(orders).toContainEqual((await catalogue.item('use-cases', 'at-once')).candidates);
  });

  it('that is new needs candidates', async () => {
    const refused = await catalogue.editUseCase('without', { objective: 'cost' });
    expect(refused.status).toBe(400);
    expect(fieldsOf(refused)).toEqual(['candidates']);
    expect(await catalogue.item('use-cases', 'without')).toBeUndefined();
  });

  it('takes a new order of candidates, keeps its active model, and records what moved', async () => {
    const { version } = await catalogue.item('use-cases', 'health');
    const order = [HAIKU, NOVA_2_LITE, NOVA_LITE];
    const saved = await catalogue.editUseCase('health', { candidates: order, objective: 'quality' });
    expect(saved.body).toMatchObject({ candidates: order, objective: 'quality', activeModelId: NOVA_LITE });
    expect(saved.body.version).toBeGreaterThan(version);
    const ranked = (await catalogue.candidatesOf('health')).map(([id]) => id);
    expect(ranked).toEqual(order);
    expect((await catalogue.changesOf('candidate', `health ${HAIKU}`))[0]).toMatchObject({
      actor: 'service:operator',
      before: { position: 3 },
      after: { position: 1 },
    });
    expect((await catalogue.changesOf('use_case', 'health'))[0]).toMatchObject({
      before: { objective: 'cost' },
      after: { objective: 'quality' },
    });
  });

  it('drops a candidate and takes a new one', async () => {
    await catalogue.editUseCase('health', { candidates: [NOVA_LITE, NOVA_MICRO] });
    expect((await catalogue.candidatesOf('health')).map(([id]) => id)).toEqual([NOVA_LITE, NOVA_MICRO]);
    expect((await catalogue.changesOf('candidate', `health ${HAIKU}`))[0]).toMatchObject({ after: null });
    expect(await catalogue.changesOf('candidate', `health ${NOVA_MICRO}`)).toMatchObject([{ before: null }]);
  });

  it('narrows where its prompts may go, never widens it', async () => {
    const verdicts = async () => (await catalogue.candidatesOf('health')).map(([, reasons]) => reasons);
    await catalogue.editUseCase('health', {
      candidates: [NOVA_LITE, NOVA_MICRO],
      allowedRegions: ['eu-central-1'],
    });
    expect(await verdicts()).toEqual([['destination_not_allowed'], ['destination_not_allowed']]);
    const refused = await catalogue.system.act({ action: 'switch', modelId: NOVA_MICRO, useCase: 'health' });
    expect(refused).toMatchObject({ status: 409, body: { reasons: [{ code: 'destination_not_allowed' }] } });
    const elsewhere = await catalogue.system.act({
      action: 'switch',
      modelId: NOVA_MICRO,
      useCase: 'triage',
      dryRun: true,
    });
    expect(elsewhere.status).toBe(200);
    await catalogue.editUseCase('health', { allowedRegions: null });
    expect(await verdicts()).toEqual([[], []]);
    await catalogue.editModel(NOVA_MICRO, { destinationRegions: ['eu-central-1', 'us-east-1'] });
    await catalogue.editUseCase('health', {
      allowedRegions: ['eu-central-1', 'us-east-1', 'eu-west-1', 'eu-west-3'],
    });
    expect((await verdicts())[1]).toEqual(['destination_not_allowed']);
    await catalogue.editUseCase('health', { allowedRegions: null });
    await catalogue.editModel(NOVA_MICRO, { destinationRegions: null });
  });

  it('takes every other field, and shows what it has', async () => {
    const fields = {
      inputTokensPerExchange: 10,
      outputTokensPerExchange: 20,
      exchangesPerConversation: 30,
      exchangesPer30Days: 40,
      onModelFailure: 'alert',
      onModelRecovery: 'auto',
    };
    expect(await catalogue.editUseCase('triage', fields)).toMatchObject({ status: 200 });
    expect((await catalogue.changesOf('use_case', 'triage'))[0]).toMatchObject({
      after: {
        input_tokens_per_exchange: 10,
        output_tokens_per_exchange: 20,
        exchanges_per_conversation: 30,
        exchanges_per_30_days: 40,
        on_model_failure: 'alert',
        on_model_recovery: 'auto',
      },
    });
  });
});

describe('an assistant', () => {
  const save = (body: object) => catalogue.edit('PUT', 'assistants/helper', body);
  const saved = () => catalogue.item('assistants', 'helper');

  it('is made, moves to another use case, and both are recorded', async () => {
    const helper = { name: 'Helper', useCase: 'triage' };
    expect(await save(helper)).toMatchObject({ status: 200, body: { id: 'helper', ...helper } });
    expect(await save({ name: 'Helper', useCase: 'clinical' })).toMatchObject({ status: 200 });
    expect(await saved()).toEqual({
      id: 'helper',
      name: 'Helper',
      useCase: 'clinical',
      hasSystemPrompt: false,
    });
    expect(await catalogue.changesOf('assistant', 'helper')).toMatchObject([
      { before: { use_case: 'triage' }, after: { use_case: 'clinical' } },
      { actor: 'service:operator', before: null, after: { use_case: 'triage' } },
    ]);
  });

  it('does not move to a use case that does not exist', async () => {
    const refused = await save({ name: 'Helper', useCase: 'no-such' });
    expect(refused.status).toBe(400);
    expect(fieldsOf(refused)).toEqual(['useCase']);
    expect(await saved()).toMatchObject({ useCase: 'clinical' });
  });
});
