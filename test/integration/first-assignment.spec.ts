import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { TestSystem } from '../support/test-system.js';

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const LITE = 'eu.amazon.nova-lite-v1:0';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start({ worker: true });
});
afterAll(() => system.close());

const audited = (switchId: string) =>
  eventually(async () => {
    const { rows } = await system.environment.owner.query(
      `SELECT cost_impact_estimated AS saved, cost_impact_horizon AS horizon, cost_impact_assumption AS assumption
       FROM bedrock_model_switches WHERE id = $1`,
      [switchId],
    );
    expect(rows).toHaveLength(1);
    return rows[0];
  });
const NOTHING = { saved: null, horizon: 'first assignment', assumption: { basis: 'first_assignment' } };

it.each([
  ['switch', { action: 'switch', modelId: HAIKU }],
  ['auto-switch', { action: 'auto-switch', useCase: 'health' }],
  ['fallback-switch', { action: 'fallback-switch', reason: 'throttled' }],
])('a %s that creates its conversation saves nothing, and a later switch does', async (_, body) => {
  const conversationId = randomUUID();
  const preview = await system.act({ ...body, conversationId, userId: 'anna', dryRun: true });
  expect(preview.body.data).toMatchObject({
    switched: true,
    costImpact: { savedUsd: null, horizon: 'first assignment' },
  });
  const first = await system.act({ ...body, conversationId, userId: 'anna' });
  expect(first.body.data).toMatchObject({ switched: true });
  expect(await audited(first.body.data.switchId)).toEqual(NOTHING);
  const modelId = first.body.data.toId === LITE ? HAIKU : LITE;
  const second = await system.act({ action: 'switch', modelId, conversationId, userId: 'anna' });
  expect(await audited(second.body.data.switchId)).toMatchObject({
    saved: expect.any(String),
    assumption: { basis: 'configured' },
  });
});

it('is in no sum of estimates, and is none that is unknown', async () => {
  const { body: answer } = await system.act({
    ...{ action: 'switch', modelId: HAIKU, conversationId: randomUUID(), userId: 'only-once' },
  });
  await audited(answer.data.switchId);
  const { body } = await system.get('/v1/analytics/switches?groupBy=user&userId=only-once');
  expect(body.items).toMatchObject([
    { key: 'only-once', switches: 1, unknownEstimates: 0, estimatedUsd: '0' },
  ]);
});
