import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start({ worker: true });
});
afterAll(() => system.close());

it('writes exactly one audit row with its cost within a second of the answer', async () => {
  const { body } = await system.act({
    action: 'switch',
    modelId: 'eu.amazon.nova-lite-v1:0',
    conversationId: 'conv-123',
    userId: 'user-456',
    reason: 'Cost optimization',
    showNotification: true,
  });
  expect(body.data.switched).toBe(true);
  const row = await eventually(async () => {
    const { rows } = await system.environment.app.query('SELECT * FROM bedrock_model_switches');
    expect(rows).toHaveLength(1);
    return rows[0];
  });
  expect(row).toMatchObject({
    id: body.data.switchId,
    user_id: 'user-456',
    conversation_id: 'conv-123',
    previous_model_id: 'eu.anthropic.claude-sonnet-4-6',
    new_model_id: 'eu.amazon.nova-lite-v1:0',
    switch_action: 'manual_switch',
    switch_type: 'manual',
    actor: 'service:bootstrap',
    on_behalf_of: 'user-456',
    // 12 exchanges of 1,800 and 600 tokens: 12 × ((0.0033 − 0.000078) × 1.8 + (0.0165 − 0.000312) × 0.6)
    cost_impact_estimated: '0.186149',
    cost_impact_horizon: '12 exchanges',
  });
});
