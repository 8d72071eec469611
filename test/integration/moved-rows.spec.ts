import { afterAll, beforeAll, expect, it } from 'vitest';
import { HAIKU, OPUS } from '../support/catalogue-editing.js';
import { eventually } from '../support/eventually.js';
import { MoveSystem } from '../support/move-system.js';

const REASON = 'Opus 4.7 ends';

let moves: MoveSystem;
beforeAll(async () => {
  moves = await MoveSystem.start({ worker: true });
});
afterAll(() => moves?.close());

const rowOf = async (table: string, conversationId: string) => {
  const rows = await moves.sql<Record<string, unknown>>(
    `SELECT t.* FROM ${table} t WHERE t.conversation_id = $1`,
    [conversationId],
  );
  expect(rows).toHaveLength(1);
  return rows[0]!;
};

it('a worker moves the pins, each with the audit row and the notification of a single manual switch', async () => {
  await moves.pin({ prefix: 'both', count: 3, useCase: 'clinical', modelId: OPUS });
  const single = { action: 'switch', modelId: HAIKU, conversationId: 'both-1', reason: REASON };
  await moves.system.act(single, { token: moves.operator });
  const order = { to: { modelId: HAIKU }, reason: REASON, useCases: ['clinical'] };
  const { body } = await moves.start(OPUS, order);
  await eventually(async () =>
    expect(await moves.move(body.id)).toMatchObject({ state: 'done', progress: { total: 2, moved: 2 } }),
  );
  expect((await moves.get('/v1/conversations/both-3/model')).body.model.id).toBe(HAIKU);
  const tables = ['bedrock_model_switches', 'notifications'] as const;
  for (const table of tables) {
    const [switched, moved] = await eventually(() =>
      Promise.all([rowOf(table, 'both-1'), rowOf(table, 'both-2')]),
    );
    const own = [
      'id',
      'seq',
      'conversation_id',
      'user_id',
      'request_id',
      'timestamp',
      'occurred_at',
      'created_at',
    ];
    const differing = Object.keys(switched).filter(
      (column) => JSON.stringify(switched[column]) !== JSON.stringify(moved[column]),
    );
    expect(own).toEqual(expect.arrayContaining(differing));
    expect(moved).toMatchObject({ conversation_id: 'both-2', user_id: 'user-of-both-2', reason: REASON });
  }
  const listed = await eventually(async () => {
    const { items } = (await moves.get(`/v1/switches?requestId=${body.id}`)).body;
    expect(items.map(({ status }: { status: string }) => status)).toEqual(['recorded', 'recorded']);
    return items;
  });
  expect(listed.map(({ actor }: { actor: string }) => actor)).toEqual([
    'service:operator',
    'service:operator',
  ]);
});
