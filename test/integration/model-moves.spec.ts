import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Transactions } from '#libs/platform/database/transactions.js';
import { MovedConversationsRepository } from '#libs/switching/moves/moved-conversations.repository.js';
import { HAIKU, NOVA_MICRO, NOVA_PRO, OPUS, PIXTRAL, SONNET } from '../support/catalogue-editing.js';
import { MoveSystem } from '../support/move-system.js';
import { planOfOne, StatementRecorder } from '../support/recorded-plans.js';

const REASON = 'Sonnet 4.6 ends';

let moves: MoveSystem;
beforeAll(async () => {
  moves = await MoveSystem.start();
});
afterAll(() => moves?.close());
beforeEach(() => moves.clear());

const to = (modelId: string) => ({ to: { modelId }, reason: REASON });
const FOLLOW = { to: { follow: true }, reason: REASON };

it('previews what moves, whose it is, what it saves and what stays, and changes nothing', async () => {
  await moves.runOn('clinical', SONNET);
  await moves.follow('follower', 3, 'clinical');
  await moves.pin({ prefix: 'pinned', count: 4, useCase: 'clinical', modelId: SONNET });
  await moves.pin({ prefix: 'failed', count: 2, useCase: 'clinical', modelId: SONNET, failedModelId: OPUS });
  await moves.pin({ prefix: 'elsewhere', count: 5, useCase: 'health', modelId: SONNET });
  const before = await moves.sql('SELECT * FROM ai_conversations ORDER BY id');
  const { status, body } = await moves.start(SONNET, { ...to(OPUS), dryRun: true });
  expect(status).toBe(200);
  expect(body.useCases).toEqual([
    {
      ...{ name: 'clinical', from: SONNET, to: OPUS, switched: true },
      ...{
        followers: 3,
        pinnedManual: 4,
        pinnedFallback: 2,
        waysBack: 0,
        savedUsd: expect.stringMatching(/^-\d+\.\d{6}$/),
      },
    },
  ]);
  expect(body.staying).toEqual([
    {
      useCase: 'health',
      code: 'model_not_a_candidate',
      reason: expect.stringContaining('not a candidate of health'),
      conversations: 5,
    },
  ]);
  expect(body.totals).toEqual({
    ...{ useCases: 1, following: 3, pinned: 6, waysBack: 0, users: 9, usersCapped: false },
    savedUsd: body.useCases[0].savedUsd,
  });
  expect(body.users).toHaveLength(6);
  expect(await moves.sql('SELECT * FROM ai_conversations ORDER BY id')).toEqual(before);
  expect(await moves.sql('SELECT * FROM model_moves')).toEqual([]);
});

describe('a move to a model', () => {
  it('switches use cases immediately and pins by batches, once each, and keeps what fallbacks recover', async () => {
    await moves.runOn('clinical', SONNET);
    await moves.follow('follower', 2, 'clinical');
    await moves.pin({ prefix: 'pinned', count: 1_100, useCase: 'clinical', modelId: SONNET });
    await moves.pin({
      prefix: 'failed',
      count: 3,
      useCase: 'clinical',
      modelId: SONNET,
      failedModelId: OPUS,
    });
    await moves.pin({ prefix: 'other', count: 1, useCase: 'clinical', modelId: OPUS });
    const { status, body } = await moves.start(SONNET, to(HAIKU));
    expect(status).toBe(202);
    expect(body).toMatchObject({
      ...{
        fromModelId: SONNET,
        to: { modelId: HAIKU },
        reason: REASON,
        state: 'running',
        actor: 'service:operator',
      },
      ...{ endedAt: null, progress: { total: 1_103, moved: 0, skipped: 0, failed: 0 }, undo: null },
    });
    expect((await moves.get('/v1/conversations/follower-1/model')).body.model.id).toBe(HAIKU);
    await moves.drain();
    expect(await moves.move(body.id)).toMatchObject({
      ...{ state: 'done', progress: { total: 1_103, moved: 1_103, skipped: 0, failed: 0 }, staying: [] },
      endedAt: expect.any(String),
    });
    expect(await moves.switchesOf(body.id)).toEqual({ switches: 1_104, scopes: 1_104, waiting: 1_104 });
    expect(await moves.pinOf('pinned-77')).toMatchObject({ pinned_model_id: HAIKU, pin_kind: 'manual' });
    expect(await moves.pinOf('failed-2')).toMatchObject({
      ...{ pinned_model_id: HAIKU, pin_kind: 'fallback', failed_model_id: OPUS },
    });
    expect(await moves.pinOf('other-1')).toMatchObject({ pinned_model_id: OPUS });
  });

  it('writes the same rows for a conversation as a single manual switch', async () => {
    await moves.pin({ prefix: 'both', count: 2, useCase: 'clinical', modelId: OPUS });
    const single = { action: 'switch', modelId: HAIKU, conversationId: 'both-1', reason: REASON };
    await moves.system.act(single, { token: moves.operator });
    const { body } = await moves.start(OPUS, { ...to(HAIKU), useCases: ['clinical'] });
    await moves.drain();
    expect(await moves.move(body.id)).toMatchObject({ state: 'done', progress: { moved: 1 } });
    const rowsOf = async (id: string) => {
      const [conversation] = await moves.sql<object>('SELECT * FROM ai_conversations WHERE id = $1', [id]);
      const [event] = await moves.sql<object>('SELECT * FROM switch_events WHERE conversation_id = $1', [id]);
      const [entry] = await moves.sql<object>(
        'SELECT o.* FROM outbox o JOIN switch_events e USING (id) WHERE e.conversation_id = $1',
        [id],
      );
      const follows = await moves.sql('SELECT * FROM ai_conversation_follows WHERE conversation_id = $1', [
        id,
      ]);
      return { conversation, event, entry, follows };
    };
    const [moved, switched] = [await rowsOf('both-2'), await rowsOf('both-1')];
    const own = { id: 'both-1', user_id: 'user-of-both-1' };
    const at = { created_at: expect.any(Date), updated_at: expect.any(Date) };
    expect(moved.conversation).toEqual({
      ...switched.conversation,
      ...at,
      id: 'both-2',
      user_id: 'user-of-both-2',
    });
    expect(moved.event).toEqual({
      ...switched.event,
      ...{ id: expect.any(String), conversation_id: 'both-2', user_id: 'user-of-both-2' },
      // A single switch of a key for anybody acts on behalf of nobody, too.
      ...{ request_id: body.id, occurred_at: expect.any(Date) },
    });
    expect(moved.entry).toEqual({
      ...switched.entry,
      ...{
        id: expect.any(String),
        created_at: expect.any(Date),
        available_at: expect.any(Date),
        traceparent: null,
      },
    });
    expect(moved.follows).toEqual(switched.follows);
    expect(own.id).toBe('both-1');
  });

  it('leaves what its use case does not take, and says so', async () => {
    await moves.runOn('clinical', HAIKU);
    await moves.pin({ prefix: 'clinical', count: 2, useCase: 'clinical', modelId: NOVA_PRO });
    await moves.pin({ prefix: 'health', count: 3, useCase: 'health', modelId: NOVA_PRO });
    const cooling = { [HAIKU]: '2099-01-01T00:00:00.000Z' };
    await moves.sql(`UPDATE ai_conversations SET cool_downs = $1 WHERE id = 'health-2'`, [cooling]);
    const { body } = await moves.start(NOVA_PRO, {
      ...to(HAIKU),
      useCases: ['clinical', 'health', 'operations'],
    });
    await moves.drain();
    expect(await moves.move(body.id)).toMatchObject({
      ...{ state: 'done', progress: { total: 5, moved: 4, skipped: 0, failed: 1 } },
      staying: [
        { useCase: 'operations', code: 'model_not_a_candidate', conversations: 0 },
        { useCase: 'health', code: 'cooling_down', conversations: 1 },
      ],
    });
    expect(await moves.pinOf('health-2')).toMatchObject({ pinned_model_id: NOVA_PRO });
  });

  it('is refused where nothing can move, to the model itself, and while another one runs', async () => {
    await moves.pin({ prefix: 'stuck', count: 1, useCase: 'health', modelId: OPUS });
    const stuck = await moves.start(OPUS, to(PIXTRAL));
    expect(stuck).toMatchObject({
      status: 409,
      body: { code: 'nothing_to_move', staying: [{ useCase: 'health', conversations: 1 }] },
    });
    expect(await moves.start(OPUS, to(OPUS))).toMatchObject({
      ...{ status: 400, body: { errors: [{ field: 'to.modelId' }] } },
    });
    expect(await moves.start('no-such-model', to(OPUS))).toMatchObject({ status: 404 });
    const running = await moves.start(OPUS, FOLLOW);
    expect(await moves.start(OPUS, FOLLOW)).toMatchObject({
      ...{ status: 409, body: { code: 'move_running', moveId: running.body.id } },
    });
  });

  it('starts once for one Idempotency-Key', async () => {
    await moves.pin({ prefix: 'once', count: 1, useCase: 'health', modelId: PIXTRAL });
    const key = { 'idempotency-key': randomUUID() };
    const first = await moves.start(PIXTRAL, { ...FOLLOW, useCases: ['health'] }, key);
    const again = await moves.start(PIXTRAL, { ...FOLLOW, useCases: ['health'] }, key);
    expect(again).toMatchObject({ status: 202, body: { id: first.body.id } });
    expect(await moves.start(PIXTRAL, FOLLOW, key)).toMatchObject({ status: 422 });
  });

  it('keeps its notifications silent on request', async () => {
    await moves.pin({ prefix: 'silent', count: 1, useCase: 'health', modelId: PIXTRAL });
    const { body } = await moves.start(PIXTRAL, { ...FOLLOW, useCases: ['health'], showNotification: false });
    await moves.drain();
    const events = await moves.sql('SELECT notification_shown FROM switch_events WHERE request_id = $1', [
      body.id,
    ]);
    expect(events).toEqual([{ notification_shown: false }]);
  });
});

describe('a move to following', () => {
  it('switches use cases to their best other candidate, and unpins', async () => {
    await moves.runOn('operations', NOVA_PRO);
    await moves.pin({ prefix: 'unpinned', count: 2, useCase: 'operations', modelId: NOVA_PRO });
    await moves.pin({
      prefix: 'fallback',
      count: 1,
      useCase: 'operations',
      modelId: NOVA_PRO,
      failedModelId: PIXTRAL,
    });
    await moves.pin({ prefix: 'elsewhere', count: 1, useCase: 'platform', modelId: NOVA_PRO });
    const { body } = await moves.start(NOVA_PRO, FOLLOW);
    await moves.drain();
    expect(await moves.move(body.id)).toMatchObject({
      state: 'done',
      progress: { total: 4, moved: 4, failed: 0 },
    });
    expect(await moves.pinOf('unpinned-1')).toMatchObject({ pinned_model_id: null });
    expect(await moves.pinOf('elsewhere-1')).toMatchObject({ pinned_model_id: null });
    // A fallback keeps its way back: it takes the next candidate after the model.
    expect(await moves.pinOf('fallback-1')).toMatchObject({
      ...{ pin_kind: 'fallback', pinned_model_id: PIXTRAL, failed_model_id: PIXTRAL },
    });
    expect((await moves.get('/v1/conversations/elsewhere-1/model')).body.model.id).toBe(NOVA_MICRO);
    const events = await moves.sql(
      `SELECT scope, switch_action, reason, previous_model_id, new_model_id FROM switch_events WHERE request_id = $1
         AND coalesce(conversation_id, '') NOT LIKE 'fallback%' ORDER BY scope DESC, conversation_id`,
      [body.id],
    );
    const moved = { switch_action: 'auto_switch', reason: REASON, previous_model_id: NOVA_PRO };
    expect(events).toEqual([
      { ...moved, scope: 'use_case', new_model_id: PIXTRAL },
      { ...moved, scope: 'conversation', new_model_id: NOVA_MICRO },
      { ...moved, scope: 'conversation', new_model_id: PIXTRAL },
      { ...moved, scope: 'conversation', new_model_id: PIXTRAL },
    ]);
    const follows = await moves.sql(
      `SELECT until_seq, after_seq = switch_seq AS since_now FROM ai_conversation_follows
       JOIN use_cases ON name = use_case WHERE conversation_id = 'unpinned-2'`,
    );
    expect(follows).toEqual([{ until_seq: null, since_now: true }]);
  });

  it('moves the pins of a model that is retired already, and says what really runs', async () => {
    await moves.pin({ prefix: 'old', count: 3, useCase: 'health', modelId: OPUS });
    await moves.system.call('PATCH', `/v1/models/${OPUS}`, { available: false });
    const use = async () => (await moves.get(`/v1/models/${OPUS}/use`)).body;
    expect(await use()).toMatchObject({ conversations: 0, pinned: 0, pinnedWithoutEffect: 3 });
    const { body } = await moves.start(OPUS, FOLLOW);
    await moves.drain();
    expect(await moves.move(body.id)).toMatchObject({ state: 'done', progress: { moved: 3 } });
    expect(await moves.pinOf('old-1')).toMatchObject({ pinned_model_id: null });
    expect(await use()).toMatchObject({ conversations: 0, pinnedWithoutEffect: 0 });
    await moves.system.call('PATCH', `/v1/models/${OPUS}`, { available: true });
  });
});

it('lists moves by state and model, a page at a time', async () => {
  await moves.pin({ prefix: 'a', count: 1, useCase: 'health', modelId: PIXTRAL });
  await moves.pin({ prefix: 'b', count: 1, useCase: 'health', modelId: SONNET });
  const first = (await moves.start(PIXTRAL, { ...FOLLOW, useCases: ['health'] })).body;
  await moves.drain();
  const second = (await moves.start(SONNET, { ...to(HAIKU), useCases: ['health'] })).body;
  const idsOf = async (query: string) =>
    (await moves.get(`/v1/moves?${query}`)).body.items.map(({ id }: { id: string }) => id);
  expect(await idsOf('')).toEqual([second.id, first.id]);
  expect(await idsOf('state=running')).toEqual([second.id]);
  expect(await idsOf(`modelId=${encodeURIComponent(HAIKU)}`)).toEqual([second.id]);
  const page = (await moves.get('/v1/moves?limit=1')).body;
  expect(page).toMatchObject({ items: [{ id: second.id }], nextCursor: second.id });
  expect(await idsOf(`limit=1&cursor=${page.nextCursor}`)).toEqual([first.id]);
});

it('reads a batch of pins by their index, in its order', async () => {
  await moves.follow('many', 20_000, 'clinical');
  await moves.pin({ prefix: 'pinned', count: 2_000, useCase: 'clinical', modelId: OPUS });
  await moves.pin({ prefix: 'pinned-elsewhere', count: 10_000, useCase: 'clinical', modelId: HAIKU });
  await moves.sql('ANALYZE ai_conversations');
  const recorder = new StatementRecorder();
  const db = await new DataSource({
    ...moves.system.api.get(DataSource).options,
    logger: recorder,
  }).initialize();
  const page = { modelId: OPUS, useCases: ['clinical'], after: 'pinned-5', limit: 500 };
  const plan = await planOfOne(db, recorder, ['ai_conversations'], () =>
    new Transactions(db).run((tx) => new MovedConversationsRepository().lockPage(page, false, tx)),
  );
  await db.destroy();
  expect(plan.scanned).toEqual([]);
  expect(plan.indexes.join()).toContain('ai_conversations_pinned');
});
