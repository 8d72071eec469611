import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { ApiInstance } from '../support/api-instance.js';
import { HOUR, SweepSystem } from '../support/sweep-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';

let system: SweepSystem;
beforeEach(async () => {
  system = await SweepSystem.start({ overrides: { VALIDATION_SWEEP_CRON: 'off' } });
});
afterEach(() => system.close());

const refuse = (...modelIds: string[]) =>
  system.emulator.setFaults(
    modelIds.map((modelId) => ({
      kind: 'refusal',
      plane: 'runtime',
      modelId,
      reason: 'marketplace_pending',
    })),
  );
const policy = (column: 'on_model_failure' | 'on_model_recovery', value: string, useCase = 'clinical') =>
  system.query(`UPDATE use_cases SET ${column} = $1 WHERE name = $2`, [value, useCase]);
const switchesOf = (useCase: string) =>
  system.query(
    `SELECT switch_action, previous_model_id, new_model_id, actor FROM switch_events
     WHERE use_case = $1 AND conversation_id IS NULL ORDER BY seq`,
    [useCase],
  );
const moved = (action: string, from: string, to: string) => ({
  switch_action: action,
  previous_model_id: from,
  new_model_id: to,
  actor: 'system:validation',
});

/** Alerts to operators, oldest first. */
const alerts = () =>
  system.query(
    `SELECT use_case, model_id, audience FROM notifications WHERE kind = 'alert' ORDER BY occurred_at`,
  );

describe('a use case whose active model failed', () => {
  it('moves to its next candidate with a notification and one audit row in the name of the sweep', async () => {
    refuse(SONNET);
    await system.sweep();
    expect(await switchesOf('clinical')).toEqual([moved('fallback_switch', SONNET, HAIKU)]);
    expect(await system.activeModelOf('clinical')).toBe(HAIKU);

    const worker = await createWorker(system.environment.env);
    await expectSettled();
    await worker.close();
    const rows = await system.query('SELECT * FROM bedrock_model_switches');
    expect(rows).toEqual([
      expect.objectContaining({
        actor: 'system:validation',
        switch_action: 'fallback_switch',
        switch_type: 'auto',
        scope: 'use_case',
        use_case: 'clinical',
        conversation_id: null,
        user_id: 'system:validation',
        notification_shown: true,
        notification_title: 'Auto-Switching AI Model',
        notification_message: expect.stringContaining('Claude Sonnet 4.6 to Claude Haiku 4.5'),
        reason: expect.stringMatching(/Claude Sonnet 4\.6: failed its validation: .*subscribe/),
        cost_impact_estimated: expect.stringMatching(/^\d+\.\d{6}$/),
      }),
    ]);
  });

  it('moves its followers with it, and nobody of another use case', async () => {
    refuse(SONNET);
    await system.sweep();
    const api = await ApiInstance.start(system.environment.variables);
    const { body } = await api.get('/v1/conversations/conv-123/model');
    expect(body).toMatchObject({ pin: null, model: { id: HAIKU } });
    await api.close();
    for (const useCase of ['health', 'operations', 'platform']) expect(await switchesOf(useCase)).toEqual([]);
  });

  it('goes past a candidate that failed as well', async () => {
    refuse(SONNET, HAIKU);
    await system.sweep();
    expect(await switchesOf('clinical')).toEqual([moved('fallback_switch', SONNET, OPUS)]);
  });

  it('moves once, however many sweeps find the same', async () => {
    refuse(SONNET);
    for (let run = 0; run < 4; run += 1) await system.sweep();
    expect(await switchesOf('clinical')).toHaveLength(1);
  });

  it('stays where it is when every candidate failed, and that does not hold up another use case', async () => {
    refuse(SONNET, HAIKU, OPUS, 'eu.amazon.nova-pro-v1:0');
    await system.sweep();
    expect(await switchesOf('clinical')).toEqual([]);
    expect(await system.activeModelOf('clinical')).toBe(SONNET);
    expect(await alerts()).toEqual([{ use_case: 'clinical', model_id: SONNET, audience: 'operators' }]);
    expect(await switchesOf('operations')).toEqual([
      moved('fallback_switch', 'eu.amazon.nova-pro-v1:0', PIXTRAL),
    ]);
  });

  it('is left alone where its policy is to alert', async () => {
    await policy('on_model_failure', 'alert');
    refuse(SONNET);
    await system.sweep();
    expect(await system.standingOf(SONNET)).toMatchObject({ status: 'failed' });
    expect(await switchesOf('clinical')).toEqual([]);
    expect(await system.activeModelOf('clinical')).toBe(SONNET);
  });

  it('raises an alert once a day as long as nobody helps it, where its policy is to alert', async () => {
    await policy('on_model_failure', 'alert');
    refuse(SONNET);
    const seen: number[] = [];
    for (const thenMs of [HOUR, 10 * HOUR, 2 * HOUR, HOUR]) {
      await system.sweep(thenMs);
      seen.push((await alerts()).length);
    }
    expect(seen).toEqual([1, 1, 1, 2]);
  });

  it('goes only where its own regions allow', async () => {
    await system.query(
      `UPDATE use_cases SET allowed_regions = '{eu-central-1,eu-north-1,eu-west-1,eu-west-3}' WHERE name = 'clinical'`,
    );
    await system.query(
      `UPDATE bedrock_models SET destination_regions = '{eu-central-1,eu-west-3}' WHERE model_id IN ($1, $2)`,
      [SONNET, OPUS],
    );
    refuse(SONNET);
    await system.sweep();
    expect(await switchesOf('clinical')).toEqual([moved('fallback_switch', SONNET, OPUS)]);
  });
});

describe('the way back', () => {
  const failAndRecover = async () => {
    refuse(SONNET);
    await system.sweep();
    refuse();
    await system.sweep();
    expect(await system.standingOf(SONNET)).toMatchObject({ status: 'failed' });
    await system.sweep();
    expect(await system.standingOf(SONNET)).toMatchObject({ status: 'passed' });
  };

  it('is the operator’s, unless the policy says otherwise', async () => {
    await failAndRecover();
    await system.sweep(HOUR);
    expect(await switchesOf('clinical')).toEqual([moved('fallback_switch', SONNET, HAIKU)]);
  });

  it('is a separate auto_switch once the model has recovered, where the policy is auto', async () => {
    await policy('on_model_recovery', 'auto');
    await failAndRecover();
    await system.sweep(HOUR);
    expect(await switchesOf('clinical')).toEqual([
      moved('fallback_switch', SONNET, HAIKU),
      moved('auto_switch', HAIKU, SONNET),
    ]);
    expect(await system.activeModelOf('clinical')).toBe(SONNET);
    const [notification] = await system.query(
      `SELECT notification_shown, reason FROM switch_events WHERE switch_action = 'auto_switch'`,
    );
    expect(notification).toEqual({ notification_shown: true, reason: 'Claude Sonnet 4.6 is healthy again' });
  });

  it('is not taken from an operator who has switched meanwhile', async () => {
    await policy('on_model_recovery', 'auto');
    refuse(SONNET);
    await system.sweep();
    const api = await ApiInstance.start(system.environment.variables);
    const { status } = await api.act({ action: 'switch', modelId: OPUS, useCase: 'clinical' });
    expect(status).toBe(200);
    await api.close();
    refuse();
    for (let run = 0; run < 4; run += 1) await system.sweep(HOUR);
    expect(await system.standingOf(SONNET)).toMatchObject({ status: 'passed' });
    expect(await system.activeModelOf('clinical')).toBe(OPUS);
  });
});

/** Checks only the invariants of the worker: no client got an answer with these switches. */
async function expectSettled(): Promise<void> {
  const outbox = async () => (await system.query('SELECT id FROM outbox')).length;
  await expect.poll(outbox).toBe(0);
}
