import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HAIKU, OPUS, SONNET } from '../support/catalogue-fixture.js';
import { ChangeSystem } from '../support/change-system.js';
import { MoveSystem, QUICK_MOVES } from '../support/move-system.js';

let changes: ChangeSystem;
let moves: MoveSystem;
beforeAll(async () => {
  changes = await ChangeSystem.start({ overrides: QUICK_MOVES });
  moves = await MoveSystem.on(changes.system);
  await moves.runOn('clinical', SONNET);
  await changes.review('clinical');
});
afterAll(() => changes?.close());
beforeEach(async () => {
  await moves.clear();
  if ((await changes.activeModel('clinical')) !== SONNET) await applied([toModel(SONNET)]);
});

const toModel = (modelId: string) => ({ kind: 'switch-use-case', useCase: 'clinical', modelId });
const off = (toModelId: string | null) => ({ kind: 'move-off-model', modelId: SONNET, toModelId });
const approve = (change: { id: string; hash: string }) => changes.judge('ben', 'approve', change);
const undo = ({ id }: { id: string }) => changes.as('ada', 'POST', `/v1/change-requests/${id}/undo`, {});

/** Proposes, approves and applies, as two people. @returns the change with its results */
async function applied(operations: object[]) {
  const { status, body, text } = await changes.propose('ada', operations);
  expect(status, text).toBe(201);
  const { body: change } = await approve(body);
  expect(change).toMatchObject({ state: 'applied' });
  return change;
}

/** A move by a change, with its end. */
async function moved(toModelId: string | null = HAIKU) {
  const change = await applied([off(toModelId)]);
  await moves.drain();
  return { change, moveId: change.operations[0].result.moveId as string };
}

/** Scopes that a change has switched in reviewed use cases, with who approved it. */
const tiedTo = ({ id }: { id: string }) =>
  moves.sql(
    `SELECT coalesce(conversation_id, use_case) AS scope, basis, cardinality(approved_by) AS approvers
     FROM switch_events WHERE change_id = $1 ORDER BY 1`,
    [id],
  );
const tied = (...scopes: string[]) => scopes.map((scope) => ({ scope, basis: 'change', approvers: 1 }));

const pins = () =>
  moves.sql<{ id: string }>(
    `SELECT id, pinned_model_id, pin_kind, failed_model_id, resume_model_id, recheck_at FROM ai_conversations ORDER BY id`,
  );
const unreviewed = () => moves.sql('SELECT * FROM unreviewed_moves');

it('ties to its change the pins that a worker moves later', async () => {
  await moves.pin({ prefix: 'tied', count: 2, useCase: 'clinical', modelId: SONNET });
  await moves.pin({ prefix: 'direct', count: 1, useCase: 'platform', modelId: SONNET });
  const { change, moveId } = await moved(null);
  expect(await moves.move(moveId)).toMatchObject({ state: 'done', progress: { moved: 3 } });
  expect(await tiedTo(change)).toEqual(tied('clinical', 'tied-1', 'tied-2'));
});

describe('the undo of a move by a change', () => {
  it('restores use cases and pins, keeps what was switched since, and is tied to its own change', async () => {
    const clinical = { useCase: 'clinical', modelId: SONNET };
    await moves.pin({ prefix: 'pinned', count: 3, ...clinical });
    await moves.pin({ prefix: 'fallback', count: 1, ...clinical, failedModelId: OPUS });
    const away = { modelId: HAIKU, failedModelId: SONNET, resumeModelId: SONNET };
    await moves.pin({ prefix: 'way-back', count: 1, useCase: 'clinical', ...away });
    const before = await pins();
    const { change, moveId } = await moved();
    await moves.system.act({ action: 'switch', modelId: OPUS, conversationId: 'pinned-2' });

    const proposed = await undo(change);
    const totals = { useCases: 1, restored: 4, kept: 1 };
    expect(proposed).toMatchObject({
      status: 201,
      body: {
        undoes: change.id,
        operations: [
          {
            operation: { kind: 'undo-move', moveId },
            scope: `move:${moveId}`,
            before: { movedOff: SONNET, movedTo: HAIKU, useCases: ['clinical'], state: 'done' },
            after: { state: 'undone' },
          },
        ],
        preview: [{ move: null, error: null, moveUndo: { totals } }],
      },
    });
    expect(proposed.body.preview[0].moveUndo.useCases).toEqual([
      { name: 'clinical', switched: true, restored: 4, kept: 1, reason: null },
    ]);
    expect(await moves.move(moveId)).toMatchObject({ state: 'done', undo: null });

    expect(await approve(proposed.body)).toMatchObject({ body: { state: 'applied' } });
    expect(await moves.move(moveId)).toMatchObject({ state: 'undoing' });
    await moves.drain();
    expect(await moves.move(moveId)).toMatchObject({
      state: 'undone',
      undo: { actor: proposed.body.proposer, restored: 5, kept: 1 },
    });
    expect(await changes.activeModel('clinical')).toBe(SONNET);
    const kept = { pinned_model_id: OPUS };
    expect(await pins()).toEqual(
      before.map((pin) => (pin.id === 'pinned-2' ? expect.objectContaining(kept) : pin)),
    );
    expect(await tiedTo(proposed.body)).toEqual(tied('clinical', 'fallback-1', 'pinned-1', 'pinned-3'));
    expect(await unreviewed()).toEqual([]);
  });

  it('is undone by making the move again', async () => {
    await moves.pin({ prefix: 'again', count: 1, useCase: 'clinical', modelId: SONNET });
    const { change } = await moved();
    const { body: undone } = await undo(change);
    await approve(undone);
    expect(await undo(undone)).toMatchObject({ status: 409, body: { code: 'move_running' } });
    await moves.drain();
    const again = await undo(undone);
    expect(again).toMatchObject({
      status: 201,
      body: { operations: [{ operation: { ...off(HAIKU), useCases: ['clinical'] } }] },
    });
    await approve(again.body);
    await moves.drain();
    expect(await changes.activeModel('clinical')).toBe(HAIKU);
    expect(await moves.pinOf('again-1')).toMatchObject({ pinned_model_id: HAIKU });
  });

  it('records the switch also where the model that it leaves is not selectable any more', async () => {
    const { change } = await moved();
    const { body } = await undo(change);
    await changes.setOthersAvailable(SONNET, false);
    expect(await approve(body)).toMatchObject({ body: { state: 'applied' } });
    await moves.drain();
    await changes.setOthersAvailable(SONNET, true);
    expect(await changes.activeModel('clinical')).toBe(SONNET);
    expect(await tiedTo(body)).toEqual(tied('clinical'));
    expect(await unreviewed()).toEqual([]);
  });

  it('is in conflict once the move was undone, or one of its use cases was changed', async () => {
    const { moveId } = await moved();
    const operation = { kind: 'undo-move', moveId };
    const [first, second] = [
      await changes.propose('ada', [operation]),
      await changes.propose('abe', [operation]),
    ];
    expect(await approve(first.body)).toMatchObject({ body: { state: 'applied' } });
    const conflict = {
      state: 'conflicted',
      failure: {
        code: 'version_conflict',
        conflicts: [{ scope: `move:${moveId}`, present: { state: 'undoing' } }],
      },
    };
    expect(await approve(second.body)).toMatchObject({ body: conflict });
    await moves.drain();
    expect(await changes.propose('ada', [operation])).toMatchObject({
      ...{ status: 409, body: { code: 'move_state', state: 'undone' } },
    });

    const later = await moved();
    const proposed = await undo(later.change);
    await applied([{ kind: 'edit-use-case', useCase: 'clinical', edit: { objective: 'cost' } }]);
    expect(await approve(proposed.body)).toMatchObject({
      body: { state: 'conflicted', failure: { conflicts: [{ scope: `move:${later.moveId}` }] } },
    });
    expect(await moves.move(later.moveId)).toMatchObject({ state: 'done', undo: null });
  });

  it('waits for the end of the move, and says so', async () => {
    await moves.pin({ prefix: 'runs', count: 2, useCase: 'clinical', modelId: SONNET });
    const change = await applied([off(HAIKU)]);
    const { moveId } = change.operations[0].result;
    const running = await undo(change);
    expect(running).toMatchObject({ status: 409, body: { code: 'move_state', state: 'running' } });
    expect(running.body.detail).toContain('wait until it has ended, or abort it');

    await moves.sql(`UPDATE model_moves SET state = 'failed', ended_at = now() WHERE id = $1`, [moveId]);
    const { body } = await undo(change);
    await moves.change(moveId, 'resume');
    const url = `/v1/change-requests/${body.id}/preview`;
    expect((await changes.as('ben', 'POST', url)).body.preview).toMatchObject([
      { moveUndo: null, error: { code: 'move_state', detail: expect.stringContaining('abort') } },
    ]);
    expect(await approve(body)).toMatchObject({ body: { state: 'conflicted' } });
    await moves.drain();
    expect(await moves.move(moveId)).toMatchObject({ state: 'done', undo: null, progress: { moved: 2 } });
  });

  it('is refused where nothing of it would go back, or there is no such move', async () => {
    const { change } = await moved();
    await applied([toModel(OPUS)]);
    expect(await undo(change)).toMatchObject({
      status: 409,
      body: { code: 'nothing_to_restore', detail: expect.stringContaining('all of it was switched since') },
    });
    expect(await changes.propose('ada', [{ kind: 'undo-move', moveId: randomUUID() }])).toMatchObject({
      ...{ status: 404, body: { code: 'move_not_found' } },
    });
  });

  it('does not happen without a change', async () => {
    const { moveId } = await moved();
    expect(await moves.change(moveId, 'undo')).toMatchObject({
      ...{ status: 409, body: { code: 'change_required' } },
    });
  });
});

it('the undo of a retirement makes the model available, and then restores what its move took', async () => {
  await moves.pin({ prefix: 'retired', count: 2, useCase: 'clinical', modelId: SONNET });
  const before = await pins();
  const change = await applied([{ kind: 'retire-model', modelId: SONNET, successorId: null }]);
  await moves.drain();
  expect(await changes.activeModel('clinical')).not.toBe(SONNET);
  const proposed = await undo(change);
  expect(proposed).toMatchObject({
    status: 201,
    body: {
      operations: [
        { operation: { kind: 'edit-model', edit: { available: true } } },
        { operation: { kind: 'undo-move' } },
      ],
      preview: [{}, { moveUndo: { totals: { useCases: 1, restored: 2, kept: 0 } } }],
    },
  });
  expect(await approve(proposed.body)).toMatchObject({ body: { state: 'applied' } });
  await moves.drain();
  expect(await changes.activeModel('clinical')).toBe(SONNET);
  expect(await pins()).toEqual(before);
  expect(await tiedTo(proposed.body)).toEqual(tied('clinical', 'retired-1', 'retired-2'));
  expect(await unreviewed()).toEqual([]);
});
