import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Transactions } from '#libs/platform/database/transactions.js';
import { ConversationRecoveryService } from '#libs/switching/conversation-recovery.service.js';
import { MovedConversationsRepository } from '#libs/switching/moves/moved-conversations.repository.js';
import { HAIKU, OPUS, SONNET } from '../support/catalogue-editing.js';
import { MoveSystem } from '../support/move-system.js';
import { planOfOne, StatementRecorder } from '../support/recorded-plans.js';

const REASON = 'Sonnet 4.6 ends';
const toOpus = { to: { modelId: OPUS }, reason: REASON, useCases: ['clinical'] };
const follow = { to: { follow: true }, reason: REASON, useCases: ['clinical'] };

let moves: MoveSystem;
beforeAll(async () => {
  moves = await MoveSystem.start();
});
afterAll(() => moves?.close());
beforeEach(async () => {
  await moves.clear();
  await moves.runOn('clinical', HAIKU);
});

/** Conversations that a fallback took off a pin on Sonnet. */
const fallbacks = (prefix: string, count: number, modelId = HAIKU) =>
  moves.pin({
    ...{ prefix, count, useCase: 'clinical', modelId },
    ...{ failedModelId: SONNET, resumeModelId: SONNET },
  });

const onHaiku = { pinned_model_id: HAIKU, pin_kind: 'fallback' };

it('previews the ways back, and changes nothing', async () => {
  await fallbacks('preview', 3);
  const before = await moves.sql('SELECT * FROM ai_conversations ORDER BY id');
  const { status, body } = await moves.start(SONNET, { ...toOpus, dryRun: true });
  expect(status).toBe(200);
  expect(body.totals).toMatchObject({ useCases: 0, pinned: 0, waysBack: 3 });
  expect(body.useCases).toMatchObject([{ name: 'clinical', to: OPUS, switched: false, waysBack: 3 }]);
  expect(await moves.sql('SELECT * FROM ai_conversations ORDER BY id')).toEqual(before);
});

it('goes back to the target by a recovery, and is not switched before', async () => {
  await fallbacks('many', 1_100);
  await moves.pin({ prefix: 'pinned', count: 2, useCase: 'clinical', modelId: SONNET });
  const { body } = await moves.start(SONNET, toOpus);
  expect(body.progress).toEqual({ total: 1_102, moved: 0, skipped: 0, failed: 0 });
  await moves.drain();
  expect(await moves.move(body.id)).toMatchObject({
    ...{ state: 'done', progress: { total: 1_102, moved: 1_102, skipped: 0, failed: 0 }, staying: [] },
  });
  expect(await moves.pinOf('many-1100')).toMatchObject({
    ...onHaiku,
    ...{ failed_model_id: OPUS, resume_model_id: OPUS },
  });
  expect(await moves.switchesOf(body.id)).toEqual({ switches: 2, scopes: 2, waiting: 2 });
  expect((await moves.get('/v1/conversations/many-1/model')).body.model.id).toBe(HAIKU);
  await moves.sql(`UPDATE ai_conversations SET recheck_at = now() - interval '1 minute' WHERE id = 'many-1'`);
  await moves.system.api.get(ConversationRecoveryService).recoverDue();
  expect(await moves.pinOf('many-1')).toMatchObject({ pinned_model_id: OPUS, pin_kind: 'manual' });
  const [recovered] = await moves.sql(
    `SELECT previous_model_id, new_model_id FROM switch_events WHERE conversation_id = 'many-1'`,
  );
  expect(recovered).toEqual({ previous_model_id: HAIKU, new_model_id: OPUS });
});

it('follows its use case again, also where the model is retired', async () => {
  await fallbacks('follow', 1, OPUS);
  await moves.system.call('PATCH', `/v1/models/${SONNET}`, { available: false });
  try {
    const { body } = await moves.start(SONNET, follow);
    await moves.drain();
    expect(await moves.move(body.id)).toMatchObject({ state: 'done', progress: { moved: 1 } });
    expect(await moves.pinOf('follow-1')).toMatchObject({
      ...{ pinned_model_id: OPUS, failed_model_id: HAIKU, resume_model_id: null },
    });
    await moves.sql(`UPDATE ai_conversations SET recheck_at = now() - interval '1 minute'`);
    await moves.system.api.get(ConversationRecoveryService).recoverDue();
    expect(await moves.pinOf('follow-1')).toMatchObject({ pinned_model_id: null });
  } finally {
    await moves.system.call('PATCH', `/v1/models/${SONNET}`, { available: true });
  }
});

it('keeps a way back that has nowhere to go, and says so', async () => {
  await moves.runOn('clinical', SONNET);
  await fallbacks('stays', 2);
  const { body } = await moves.start(SONNET, {
    ...toOpus,
    to: { modelId: 'eu.amazon.nova-micro-v1:0' },
    dryRun: true,
  });
  expect(body.staying).toMatchObject([
    { useCase: 'clinical', code: 'model_not_a_candidate', conversations: 2 },
  ]);
});

it('is restored by an undo, unless the conversation was switched since', async () => {
  await fallbacks('undo', 3);
  const { body } = await moves.start(SONNET, toOpus);
  await moves.drain();
  await moves.system.act(
    { action: 'switch', modelId: OPUS, conversationId: 'undo-2', reason: REASON },
    { token: moves.operator },
  );
  await moves.change(body.id, 'undo');
  await moves.drain();
  expect(await moves.move(body.id)).toMatchObject({
    ...{ state: 'undone', undo: { total: 3, restored: 2, kept: 1 } },
  });
  const former = { ...onHaiku, failed_model_id: SONNET, resume_model_id: SONNET };
  expect(await moves.pinOf('undo-1')).toMatchObject(former);
  expect(await moves.pinOf('undo-3')).toMatchObject(former);
  expect(await moves.pinOf('undo-2')).toMatchObject({ pinned_model_id: OPUS, pin_kind: 'manual' });
  expect(await moves.switchesOf(body.id)).toMatchObject({ switches: 0 });
});

it('reads a batch of ways back by their index, in its order', async () => {
  await moves.follow('others', 20_000, 'clinical');
  await fallbacks('page', 2_000);
  await moves.pin({
    ...{ prefix: 'elsewhere', count: 5_000, useCase: 'clinical', modelId: HAIKU },
    ...{ failedModelId: OPUS, resumeModelId: OPUS },
  });
  await moves.sql('ANALYZE ai_conversations');
  const recorder = new StatementRecorder();
  const { options } = moves.system.api.get(DataSource);
  const db = await new DataSource({ ...options, logger: recorder }).initialize();
  const page = { modelId: SONNET, useCases: ['clinical'], after: 'page-5', limit: 500 };
  const plan = await planOfOne(db, recorder, ['ai_conversations'], () =>
    new Transactions(db).run((tx) => new MovedConversationsRepository().lockWaysBack(page, tx)),
  );
  await db.destroy();
  expect(plan.scanned).toEqual([]);
  expect(plan.indexes.join()).toContain('ai_conversations_resume_model');
});
