import { afterAll, beforeAll, expect, it } from 'vitest';
import { SONNET } from '../support/catalogue-fixture.js';
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

/** Proposes, approves and applies, as two people. @returns the change with its results */
async function applied(...operations: object[]) {
  const { status, body, text } = await changes.propose('ada', operations);
  expect(status, text).toBe(201);
  const { body: change } = await changes.judge('ben', 'approve', body);
  expect(change).toMatchObject({ state: 'applied' });
  return change;
}

const moveOf = (change: { operations: { result: { moveId?: string } }[] }): string =>
  change.operations.find(({ result }) => result.moveId)!.result.moveId!;

const off = (modelId: string, toModelId: string | null = null) => ({
  kind: 'move-off-model',
  modelId,
  toModelId,
});

/** Scopes that a change has switched in reviewed use cases, with who approved it. */
const tiedTo = ({ id }: { id: string }) =>
  moves.sql<{ scope: string; basis: string; approvers: number }>(
    `SELECT coalesce(conversation_id, use_case) AS scope, basis, cardinality(approved_by) AS approvers
     FROM switch_events WHERE change_id = $1 ORDER BY 1`,
    [id],
  );
const tied = (...scopes: string[]) => scopes.map((scope) => ({ scope, basis: 'change', approvers: 1 }));

it('ties to its change the pins that a worker moves later', async () => {
  await moves.pin({ prefix: 'tied', count: 2, useCase: 'clinical', modelId: SONNET });
  await moves.pin({ prefix: 'direct', count: 1, useCase: 'platform', modelId: SONNET });
  const change = await applied(off(SONNET));
  await moves.drain();
  expect(await moves.move(moveOf(change))).toMatchObject({ state: 'done', progress: { moved: 3 } });
  expect(await tiedTo(change)).toEqual(tied('clinical', 'tied-1', 'tied-2'));
});
