import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseContents } from '../support/database-contents.js';
import { eventually } from '../support/eventually.js';
import { TestSystem } from '../support/test-system.js';

const FOLLOWERS = 10_000;
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const REQUEST = { action: 'switch', modelId: PIXTRAL, useCase: 'operations', reason: 'Better answers' };

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start({ worker: true });
  // conv-300 of the demo data follows, too; those with a pin do not.
  await system.environment.owner.query(
    `WITH made AS (INSERT INTO ai_conversations (id, user_id, use_case)
       SELECT 'follower-' || n, 'user-' || n, 'operations' FROM generate_series(1, $1) n RETURNING id)
     INSERT INTO ai_conversation_follows (conversation_id, use_case, after_seq) SELECT id, 'operations', 0 FROM made`,
    [FOLLOWERS - 1],
  );
  await system.environment.owner.query(
    `INSERT INTO ai_conversations (id, user_id, use_case, pinned_model_id, pin_kind)
     SELECT 'pinned-' || n, 'user-' || n, 'operations', $1, 'manual' FROM generate_series(1, 5) n`,
    [NOVA_PRO],
  );
});
afterAll(() => system.close());

const SAMPLE = Array.from({ length: 100 }, (_, n) => `follower-${1 + ((n * 97) % (FOLLOWERS - 1))}`);
const modelsOf = async (ids: string[]) => {
  const answers = await Promise.all(ids.map((id) => system.get(`/v1/conversations/${id}/model`)));
  return new Set(answers.map(({ body }) => body.model.id));
};

it('says in a dry run how many conversations follow, and writes nothing', async () => {
  const before = await databaseContents(system.environment.owner);
  const { body } = await system.act({ ...REQUEST, dryRun: true });
  expect(body.data).toMatchObject({
    switched: true,
    dryRun: true,
    followers: FOLLOWERS,
    costImpact: { horizon: '30 days' },
  });
  expect(await databaseContents(system.environment.owner)).toEqual(before);
});

it('changes every follower in one step, with one event, one audit row and one notification', async () => {
  expect(await modelsOf(SAMPLE)).toEqual(new Set([NOVA_PRO]));
  const before = await databaseContents(system.environment.owner);
  const { body } = await system.act(REQUEST);
  expect(body.data).toMatchObject({ switched: true, scope: 'use_case', useCase: 'operations' });
  expect(body.notification).toMatchObject({ from: 'Amazon Nova Pro', to: 'Pixtral Large' });
  expect(await modelsOf(SAMPLE)).toEqual(new Set([PIXTRAL]));
  expect(await modelsOf(['pinned-1', 'pinned-5'])).toEqual(new Set([NOVA_PRO]));
  const { owner } = system.environment;
  const audit = await eventually(async () => {
    const { rows } = await owner.query('SELECT id, conversation_id, seq::int FROM bedrock_model_switches');
    expect(rows).not.toEqual([]);
    return rows;
  });
  expect(audit).toEqual([{ id: body.data.switchId, conversation_id: null, seq: 1 }]);
  const { rows: events } = await owner.query('SELECT id FROM switch_events');
  expect(events).toEqual([{ id: body.data.switchId }]);
  const after = await databaseContents(owner);
  expect(after.ai_conversations).toBe(before.ai_conversations);
});

it('is in the history of each follower, and of no conversation with a pin', async () => {
  const lengths = async (ids: string[]) => {
    const answers = await Promise.all(ids.map((id) => system.get(`/v1/conversations/${id}/history`)));
    return new Set(answers.map(({ body }) => body.items.length));
  };
  expect(await lengths([...SAMPLE.slice(0, 10), 'conv-300'])).toEqual(new Set([1]));
  expect(await lengths(['pinned-1', 'conv-123'])).toEqual(new Set([0]));
});
