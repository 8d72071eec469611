import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Invocation } from '#libs/costs/invocation.js';
import { useUsageSystem } from '../support/usage-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const MICRO = 'eu.amazon.nova-micro-v1:0';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const LITE = 'eu.amazon.nova-lite-v1:0';

const counting = useUsageSystem();
const { ask, record } = counting;

describe('what a switch saves is measured by the calls that come after it', () => {
  const savings = async (switchId: string) =>
    (
      await ask(
        `SELECT calls::int, trim_scale(saved_usd)::text AS saved, unknown_savings::int AS unknown
         FROM switch_savings WHERE switch_id = $1`,
        [switchId],
      )
    )[0];
  const act = async (body: object): Promise<string> => {
    const { status, body: answer } = await counting.system.act({ userId: 'anna', ...body });
    expect([status, answer.data?.switched]).toEqual([200, true]);
    return answer.data.switchId;
  };
  const newConversation = () => `conv-${randomUUID()}`;
  /** A conversation that Nova Micro of `platform` answers: it exists before the switch that is measured. */
  const runningConversation = async () => {
    const conversationId = newConversation();
    await counting.system.act({
      ...{ action: 'auto-switch', useCase: 'platform', userId: 'anna', conversationId },
    });
    return conversationId;
  };
  const call = (changes: Partial<Invocation>) => ({ startedAt: new Date(), latencyMs: 1, ...changes });

  it('of a conversation: old prices less what was paid, until its next switch', async () => {
    const conversationId = await runningConversation();
    await record({ conversationId, startedAt: new Date(Date.now() - 10_000), latencyMs: 1 });
    const first = await act({ action: 'switch', modelId: LITE, conversationId });
    // 1.0 × 0.000046 + 0.25 × 0.000184 at Nova Micro's prices, and Nova Lite took 0.000156
    const onLite = { conversationId, modelId: LITE, costUsd: '0.000156' };
    await record(
      call(onLite),
      call(onLite),
      call({ ...onLite, modelId: HAIKU }),
      call({ ...onLite, outcome: 'failed' }),
    );
    await counting.usage.rollUp();
    expect(await savings(first)).toEqual({ calls: 2, saved: '-0.000128', unknown: 0 });
    const second = await act({ action: 'switch', modelId: MICRO, conversationId });
    await record(call({ conversationId, costUsd: '0.000092' }));
    await counting.usage.rollUp();
    expect(await savings(first)).toMatchObject({ calls: 2 });
    // 1.0 × 0.000078 + 0.25 × 0.000312 − 0.000092
    expect(await savings(second)).toEqual({ calls: 1, saved: '0.000064', unknown: 0 });
    const { body } = await counting.system.get(`/v1/switches?conversationId=${conversationId}`);
    expect(body.items.map(({ savedUsd }: { savedUsd: string }) => savedUsd)).toEqual([
      '0.000064',
      '-0.000128',
    ]);
  });

  it('as far as its estimate reaches: as many calls of a conversation as it was made for', async () => {
    const conversationId = await runningConversation();
    const switchId = await act({ action: 'switch', modelId: LITE, conversationId });
    await ask(
      `INSERT INTO bedrock_model_switches (id, user_id, conversation_id, previous_model_id, new_model_id, switch_action,
         notification_shown, notification_title, notification_message, switch_type, timestamp, scope, use_case, seq,
         actor, request_id, cost_impact_horizon, cost_impact_assumption)
       SELECT id, user_id, conversation_id, previous_model_id, new_model_id, switch_action, notification_shown,
         notification_title, notification_message, switch_type, occurred_at, scope, use_case, seq, actor, request_id,
         '2.5 exchanges', '{"exchanges": 2.5}' FROM switch_events WHERE id = $1`,
      [switchId],
    );
    const onLite = { conversationId, modelId: LITE, costUsd: '0.000156' };
    await record(call(onLite), call(onLite));
    await counting.usage.rollUp();
    await record(call(onLite), call(onLite), call(onLite));
    await counting.usage.rollUp();
    expect(await savings(switchId)).toMatchObject({ calls: 3 });
  });

  it('of a use case: by everybody who followed it, and not by those who did not', async () => {
    const [follower, pinned, stranger] = [newConversation(), newConversation(), newConversation()];
    for (const conversationId of [follower, pinned])
      await counting.system.act({
        action: 'auto-switch',
        useCase: 'clinical',
        conversationId,
        userId: 'anna',
      });
    await counting.system.act({ action: 'switch', modelId: HAIKU, conversationId: pinned, userId: 'anna' });
    const switchId = await act({ action: 'switch', modelId: HAIKU, useCase: 'clinical', userId: undefined });
    const onHaiku = { useCase: 'clinical', modelId: HAIKU, costUsd: '0.002' };
    await record(
      ...[follower, pinned, stranger].map((conversationId) => call({ ...onHaiku, conversationId })),
      call({ ...onHaiku, conversationId: null }),
      call({ ...onHaiku, conversationId: follower, startedAt: new Date(Date.now() + 31 * 86_400_000) }),
    );
    await counting.usage.rollUp();
    const [{ cost }] = await ask(
      `SELECT input_price_per_1k + output_price_per_1k / 4 AS cost FROM bedrock_models WHERE model_id = $1`,
      [SONNET],
    );
    const { calls, saved } = await savings(switchId);
    expect(calls).toBe(2);
    expect(Number(saved)).toBeCloseTo(2 * (Number(cost) - 0.002), 12);
  });

  it('is unknown, not 0, where a price is', async () => {
    const conversationId = await runningConversation();
    const switchId = await act({ action: 'switch', modelId: LITE, conversationId });
    const onLite = { conversationId, modelId: LITE };
    await record(call({ ...onLite, costUsd: null }));
    await counting.usage.rollUp();
    expect(await savings(switchId)).toEqual({ calls: 1, saved: '0', unknown: 1 });
    const { body } = await counting.system.get(`/v1/switches?conversationId=${conversationId}`);
    expect(body.items).toMatchObject([{ savedUsd: null }]);
  });

  it.each<[what: string, usage: object]>([
    ['a service tier', { serviceTier: 'flex' }],
    ['a cache that lasts an hour', { cacheWrite: 5, cacheWrite1h: 5 }],
    ['a prompt that is long for the model before', { input: 900, cacheRead: 101 }],
  ])('is unknown of a call with %s, which has no base price', async (_, changes) => {
    const conversationId = await runningConversation();
    const switchId = await act({ action: 'switch', modelId: LITE, conversationId });
    await ask('UPDATE bedrock_model_prices SET price_dimensions = $2 WHERE model_id = $1', [
      MICRO,
      { longContext: { aboveInputTokens: 1_000 } },
    ]);
    const onLite = { conversationId, modelId: LITE, costUsd: '0.00001' };
    const usage = { input: 1_000, output: 0, cacheRead: 0, cacheWrite: 0 };
    await record(call({ ...onLite, usage }), call({ ...onLite, usage: { ...usage, ...changes } }));
    await counting.usage.rollUp();
    // 0.000046 − 0.00001 of the other call
    await ask(`UPDATE bedrock_model_prices SET price_dimensions = '{}' WHERE model_id = $1`, [MICRO]);
    expect(await savings(switchId)).toEqual({ calls: 2, saved: '0.000036', unknown: 1 });
  });

  it('is nothing where the switch created its conversation: no model had answered there before', async () => {
    const conversationId = newConversation();
    const switchId = await act({ action: 'switch', modelId: LITE, conversationId });
    await record(call({ conversationId, modelId: LITE, costUsd: '0.000156' }));
    await counting.usage.rollUp();
    expect(await savings(switchId)).toBeUndefined();
  });

  it('counts cached tokens as plain input where the model before has no cache price', async () => {
    const conversationId = await runningConversation();
    const switchId = await act({ action: 'switch', modelId: LITE, conversationId });
    const usage = { input: 0, output: 0, cacheRead: 1_000, cacheWrite: 1_000 };
    await ask(
      'UPDATE bedrock_model_prices SET cache_read_price_per_1k = NULL, cache_write_price_per_1k = NULL WHERE model_id = $1',
      [MICRO],
    );
    await record(call({ conversationId, modelId: LITE, costUsd: '0.00001', usage }));
    await counting.usage.rollUp();
    // 2 × 0.000046 − 0.00001
    expect(await savings(switchId)).toEqual({ calls: 1, saved: '0.000082', unknown: 0 });
  });

  it('counts the tokens that the model before would have counted', async () => {
    const conversationId = await runningConversation();
    const switchId = await act({ action: 'switch', modelId: OPUS, conversationId });
    await record(
      call({
        conversationId,
        modelId: OPUS,
        costUsd: '0.01',
        usage: { input: 1_300, output: 0, cacheRead: 0, cacheWrite: 0 },
      }),
    );
    await counting.usage.rollUp();
    // 1.3 / 1.3 × 0.000046 − 0.01
    expect(await savings(switchId)).toEqual({ calls: 1, saved: '-0.009954', unknown: 0 });
  });
});
