import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SwitchEventsRepository } from '#libs/switching/switch-events.repository.js';
import { NOVA_2_LITE, NOVA_LITE, NOVA_PRO, OPUS, PIXTRAL } from '../support/catalogue-editing.js';
import { MoveSystem } from '../support/move-system.js';

const REASON = 'Nova Pro ends';

let moves: MoveSystem;
beforeAll(async () => {
  moves = await MoveSystem.start();
});
afterAll(() => moves?.close());
beforeEach(() => moves.clear());

const FOLLOW = { to: { follow: true }, reason: REASON };

describe('a move that is stopped', () => {
  it('pauses after its batch, resumes there, and refuses commands that do not fit', async () => {
    await moves.pin({ prefix: 'many1', count: 1_200, useCase: 'health', modelId: PIXTRAL });
    const { body } = await moves.start(PIXTRAL, { ...FOLLOW, useCases: ['health'] });
    await moves.stepOnce();
    expect(await moves.change(body.id, 'pause')).toMatchObject({
      ...{ status: 200, body: { state: 'paused', progress: { moved: 500 } } },
    });
    await moves.drain();
    expect(await moves.move(body.id)).toMatchObject({ state: 'paused', progress: { moved: 500 } });
    expect(await moves.change(body.id, 'undo')).toMatchObject({
      ...{ status: 409, body: { code: 'move_state', state: 'paused' } },
    });
    expect(await moves.change(body.id, 'resume')).toMatchObject({ status: 200, body: { state: 'running' } });
    await moves.drain();
    expect(await moves.move(body.id)).toMatchObject({ state: 'done', progress: { moved: 1_200 } });
    expect(await moves.change(body.id, 'pause')).toMatchObject({ status: 409, body: { state: 'done' } });
    expect(await moves.change(randomUUID(), 'pause')).toMatchObject({ status: 404 });
  });

  it('aborts, keeps what has moved, and restores exactly that', async () => {
    await moves.pin({ prefix: 'many2', count: 700, useCase: 'health', modelId: PIXTRAL });
    const { body } = await moves.start(PIXTRAL, { ...FOLLOW, useCases: ['health'] });
    await moves.stepOnce();
    expect(await moves.change(body.id, 'abort')).toMatchObject({ body: { state: 'aborted' } });
    await moves.change(body.id, 'undo');
    await moves.drain();
    expect(await moves.move(body.id)).toMatchObject({
      ...{ state: 'undone', undo: { actor: 'service:operator', total: 500, restored: 500, kept: 0 } },
    });
    const [left] = await moves.sql<{ pinned: number; following: number }>(
      `SELECT count(pinned_model_id)::int AS pinned, (SELECT count(*)::int FROM ai_conversation_follows
         WHERE until_seq IS NULL) AS following FROM ai_conversations`,
    );
    expect(left).toEqual({ pinned: 700, following: 0 });
  });

  it('continues after a worker died within a batch, on another one, with nothing lost or doubled', async () => {
    await moves.pin({ prefix: 'many3', count: 1_300, useCase: 'health', modelId: PIXTRAL });
    const { body } = await moves.start(PIXTRAL, { ...FOLLOW, useCases: ['health'] });
    await moves.stepOnce();
    const died = vi
      .spyOn(moves.system.api.get(SwitchEventsRepository), 'insertAll')
      .mockImplementationOnce(() => {
        throw new Error('the process ends here');
      });
    await moves.runner.step();
    died.mockRestore();
    expect(await moves.move(body.id)).toMatchObject({
      state: 'running',
      progress: { moved: 500 },
      lastError: 'Error',
    });
    await moves.drain(await moves.anotherRunner());
    expect(await moves.move(body.id)).toMatchObject({
      ...{ state: 'done', progress: { total: 1_300, moved: 1_300, skipped: 0, failed: 0 }, lastError: null },
    });
    expect(await moves.switchesOf(body.id)).toEqual({ switches: 1_300, scopes: 1_300, waiting: 1_300 });
  });

  it('loses and doubles nothing with two workers and users who switch meanwhile', async () => {
    await moves.pin({ prefix: 'many4', count: 1_600, useCase: 'health', modelId: PIXTRAL });
    const { body } = await moves.start(PIXTRAL, { ...FOLLOW, useCases: ['health'] });
    const other = await moves.anotherRunner();
    const users = Array.from({ length: 40 }, (_, i) =>
      moves.system.act({ action: 'switch', modelId: NOVA_LITE, conversationId: `many4-${1 + i * 37}` }),
    );
    await Promise.all([moves.drain(), moves.drain(other), ...users]);
    const { state, progress } = await moves.move(body.id);
    expect(state).toBe('done');
    expect(progress).toMatchObject({ total: 1_600, failed: 0 });
    expect(progress.moved + progress.skipped).toBe(1_600);
    expect((await moves.switchesOf(body.id)).switches).toBe(progress.moved);
    const [left] = await moves.sql<{ stuck: number; wrong: number }>(
      `SELECT count(*) FILTER (WHERE pinned_model_id = $1)::int AS stuck,
         count(*) FILTER (WHERE switch_seq <> (SELECT count(*) FROM switch_events e WHERE e.conversation_id = c.id))::int AS wrong
       FROM ai_conversations c`,
      [PIXTRAL],
    );
    expect(left).toEqual({ stuck: 0, wrong: 0 });
  });

  it('stops after ten failed steps, and continues when it is resumed', async () => {
    await moves.pin({ prefix: 'few', count: 2, useCase: 'health', modelId: PIXTRAL });
    const { body } = await moves.start(PIXTRAL, { ...FOLLOW, useCases: ['health'] });
    const broken = vi
      .spyOn(moves.system.api.get(SwitchEventsRepository), 'insertAll')
      .mockImplementation(() => {
        throw new Error('patient 4711');
      });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await moves.sql('UPDATE model_moves SET next_step_at = now()');
      await moves.runner.step();
    }
    broken.mockRestore();
    expect(await moves.move(body.id)).toMatchObject({
      state: 'failed',
      lastError: 'Error',
      progress: { moved: 0 },
    });
    await moves.change(body.id, 'resume');
    await moves.drain();
    expect(await moves.move(body.id)).toMatchObject({ state: 'done', progress: { moved: 2 } });
  });
});

it('undoes exactly what was not switched since, with its use cases and its fallbacks', async () => {
  await moves.runOn('operations', NOVA_PRO);
  await moves.runOn('clinical', NOVA_PRO);
  await moves.pin({ prefix: 'undone', count: 3, useCase: 'operations', modelId: NOVA_PRO });
  await moves.pin({
    prefix: 'kept',
    count: 1,
    useCase: 'operations',
    modelId: NOVA_PRO,
    failedModelId: PIXTRAL,
  });
  const pinned = await moves.pinOf('undone-1');
  const failed = await moves.pinOf('kept-1');
  const { body } = await moves.start(NOVA_PRO, FOLLOW);
  await moves.drain();
  await moves.system.act({ action: 'switch', modelId: NOVA_2_LITE, conversationId: 'undone-2' });
  await moves.runOn('clinical', OPUS);
  await moves.change(body.id, 'undo');
  await moves.drain();
  expect(await moves.move(body.id)).toMatchObject({
    ...{ state: 'undone', undo: { total: 6, restored: 4, kept: 2 } },
  });
  expect(await moves.pinOf('undone-1')).toEqual(pinned);
  expect(await moves.pinOf('kept-1')).toEqual(failed);
  expect(await moves.pinOf('undone-2')).toMatchObject({ pinned_model_id: NOVA_2_LITE });
  const active = await moves.sql('SELECT name, active_model_id AS model FROM use_cases ORDER BY name');
  expect(active).toContainEqual({ name: 'operations', model: NOVA_PRO });
  expect(active).toContainEqual({ name: 'clinical', model: OPUS });
  const undone = await moves.sql<object>(
    `SELECT actor, switch_action, reason, new_model_id FROM switch_events WHERE request_id = $1 AND conversation_id = 'undone-1'
     ORDER BY seq DESC LIMIT 1`,
    [body.id],
  );
  expect(undone).toEqual([
    {
      ...{ actor: 'service:operator', switch_action: 'manual_switch' },
      ...{ reason: `Undo: ${REASON}`, new_model_id: NOVA_PRO },
    },
  ]);
});
