import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConversationRecoveryService } from '#libs/switching/conversation-recovery.service.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { databaseContents } from '../support/database-contents.js';
import { eventually } from '../support/eventually.js';
import { TestSystem } from '../support/test-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';
const OWNER = { conversationId: 'conv-123', userId: 'user-456' };

/** One system where failures last, to look at them, and one where they are over in a second. */
let patient: TestSystem;
let quick: TestSystem;
let worker: INestApplicationContext;
beforeAll(async () => {
  patient = await TestSystem.start();
  quick = await TestSystem.start({ overrides: { FALLBACK_COOL_DOWN_SECONDS: '1' } });
  worker = await createWorker(quick.environment.env);
});
afterAll(async () => {
  await worker.close();
  await quick.close();
  await patient.close();
});

const fallBack = (system: TestSystem, fields: object) =>
  system.act({ action: 'fallback-switch', reason: 'Throttled', ...fields });
const modelOf = async (system: TestSystem, id: string) =>
  (await system.get(`/v1/conversations/${id}/model`)).body;
const join = (system: TestSystem, conversationId: string, useCase = 'clinical') =>
  system.act({ action: 'auto-switch', useCase, conversationId });

describe('a fallback', () => {
  it('pins the conversation to the next candidate, for itself alone', async () => {
    const { body } = await fallBack(patient, OWNER);
    expect(body.data).toMatchObject({ switched: true, fromId: SONNET, toId: HAIKU, useCase: 'clinical' });
    expect(body.notification).toMatchObject({ type: 'auto', reason: 'Throttled', direction: 'downgrade' });
    expect(await modelOf(patient, 'conv-123')).toMatchObject({ pin: 'fallback', model: { id: HAIKU } });
    expect(await modelOf(patient, 'conv-124')).toMatchObject({ pin: null, model: { id: SONNET } });
  });

  it('continues with the candidate after that when the next one fails as well; 503 after the last', async () => {
    await join(patient, 'all-fail');
    const targets = [];
    for (let failures = 0; failures < 2; failures += 1)
      targets.push((await fallBack(patient, { conversationId: 'all-fail' })).body.data.toId);
    expect(targets).toEqual([HAIKU, OPUS]);
    const before = await databaseContents(patient.environment.owner);
    const { status, headers, body } = await fallBack(patient, { conversationId: 'all-fail' });
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(body).toMatchObject({ code: 'no_selectable_model', success: false });
    expect(await databaseContents(patient.environment.owner)).toEqual(before);
  });

  it('for a model that no longer answers changes nothing but its cool-down', async () => {
    await join(patient, 'late');
    await patient.act({ action: 'switch', modelId: OPUS, conversationId: 'late' });
    const { body } = await fallBack(patient, { conversationId: 'late', failedModelId: SONNET });
    expect(body.data).toMatchObject({ switched: false, fromId: OPUS, toId: OPUS });
    expect(body).not.toHaveProperty('notification');
    const refused = await patient.act({ action: 'switch', modelId: SONNET, conversationId: 'late' });
    expect(refused).toMatchObject({ status: 409, body: { reasons: [{ code: 'cooling_down' }] } });
  });

  it('for an unknown failed model is a 404', async () => {
    expect(await fallBack(patient, { ...OWNER, failedModelId: 'no.such' })).toMatchObject({
      status: 404,
      body: { code: 'model_not_found' },
    });
  });

  it('takes the foundation model id of the failed model, too', async () => {
    await join(patient, 'by-foundation');
    const failedModelId = 'anthropic.claude-sonnet-4-6';
    const { body } = await fallBack(patient, { conversationId: 'by-foundation', failedModelId });
    expect(body.data).toMatchObject({ switched: true, fromId: SONNET, toId: HAIKU });
  });

  it('skips a candidate that is not selectable', async () => {
    await join(patient, 'skipping');
    const setStatus = (status: string) =>
      patient.environment.owner.query(
        'UPDATE bedrock_models SET validation_status = $1 WHERE model_id = $2',
        [status, HAIKU],
      );
    await setStatus('failed');
    const { body } = await fallBack(patient, { conversationId: 'skipping' });
    await setStatus('unknown');
    expect(body.data.toId).toBe(OPUS);
  });

  it('of a use case cools the model down there, and disables it for nobody else', async () => {
    const statuses = () =>
      patient.environment.owner
        .query('SELECT model_id, is_available, validation_status FROM bedrock_models ORDER BY model_id')
        .then(({ rows }) => rows);
    const before = await statuses();
    const { body } = await fallBack(patient, { useCase: 'operations', failedModelId: NOVA_PRO });
    expect(body.data).toMatchObject({ switched: true, scope: 'use_case', fromId: NOVA_PRO, toId: PIXTRAL });
    expect(await statuses()).toEqual(before);
    const back = await patient.act({ action: 'switch', modelId: NOVA_PRO, useCase: 'operations' });
    expect(back).toMatchObject({ status: 409, body: { reasons: [{ code: 'cooling_down' }] } });
    const elsewhere = { action: 'switch', modelId: NOVA_PRO, conversationId: 'conv-124', userId: 'user-457' };
    expect(await patient.act(elsewhere)).toMatchObject({ status: 200, body: { data: { switched: true } } });
    const { body: verdict } = await patient.act({ action: 'validate', modelId: NOVA_PRO });
    expect(verdict.data).toMatchObject({ valid: true, reasons: [] });
    const { body: candidates } = await patient.act({ action: 'get-for-use-case', useCase: 'operations' });
    expect(candidates.data.models[0]).toMatchObject({
      id: NOVA_PRO,
      selectable: false,
      reasons: [{ code: 'cooling_down' }],
    });
  });
});

// Concurrently, each with its own conversation: all of them wait for a cool-down.
describe.concurrent('the way back', () => {
  /** The worker's schedule does this every ten seconds. */
  const recoverUntil = (check: () => Promise<void>) =>
    eventually(async () => {
      await worker.get(ConversationRecoveryService, { strict: false }).recoverDue();
      await check();
    });
  const auditOf = async (id: string) => {
    const { rows } = await quick.environment.owner.query(
      `SELECT previous_model_id, new_model_id, switch_action, switch_type, actor, user_id, reason, notification_shown,
         notification_title, notification_message, seq::int FROM bedrock_model_switches
       WHERE conversation_id = $1 ORDER BY seq DESC LIMIT 1`,
      [id],
    );
    return rows[0];
  };

  it('to following is a separate automatic switch, once the failed model has cooled down', async () => {
    const { body } = await fallBack(quick, OWNER);
    await worker.get(ConversationRecoveryService, { strict: false }).recoverDue();
    expect(body.data.toId).toBe(HAIKU);
    await recoverUntil(async () =>
      expect(await auditOf('conv-123')).toEqual({
        previous_model_id: HAIKU,
        new_model_id: SONNET,
        switch_action: 'auto_switch',
        switch_type: 'auto',
        actor: 'system:recovery',
        user_id: 'user-456',
        reason: 'Claude Sonnet 4.6 is healthy again',
        notification_shown: true,
        notification_title: 'Auto-Switching AI Model',
        notification_message:
          'Upgraded from Claude Haiku 4.5 to Claude Sonnet 4.6 (Claude Sonnet 4.6 is healthy again)...',
        seq: 2,
      }),
    );
    await eventually(async () =>
      expect(await modelOf(quick, 'conv-123')).toMatchObject({
        pin: null,
        source: 'active',
        model: { id: SONNET },
      }),
    );
  });

  it('leads to the model that was picked by hand, from the second fallback as from the first', async () => {
    await join(quick, 'picked');
    await quick.act({ action: 'switch', modelId: OPUS, conversationId: 'picked' });
    await fallBack(quick, { conversationId: 'picked' });
    await fallBack(quick, { conversationId: 'picked' });
    expect(await modelOf(quick, 'picked')).toMatchObject({ pin: 'fallback', model: { id: HAIKU } });
    await recoverUntil(async () =>
      expect(await auditOf('picked')).toMatchObject({ new_model_id: OPUS, actor: 'system:recovery' }),
    );
    await eventually(async () =>
      expect(await modelOf(quick, 'picked')).toMatchObject({ pin: 'manual', model: { id: OPUS } }),
    );
  });

  it('is not taken while the sweep finds the failed model unhealthy, and taken when it is healthy', async () => {
    const { owner } = quick.environment;
    const setStatus = (status: string) =>
      owner.query('UPDATE bedrock_models SET validation_status = $1 WHERE model_id = $2', [status, NOVA_PRO]);
    await join(quick, 'unhealthy', 'operations');
    const { body } = await fallBack(quick, { conversationId: 'unhealthy' });
    expect(body.data.toId).toBe(PIXTRAL);
    await setStatus('failed');
    const recheckAt = async () => {
      const { rows } = await owner.query(`SELECT recheck_at FROM ai_conversations WHERE id = 'unhealthy'`);
      return rows[0].recheck_at as Date;
    };
    const first = await recheckAt();
    await recoverUntil(async () => expect((await recheckAt()).getTime()).toBeGreaterThan(first.getTime()));
    expect(await modelOf(quick, 'unhealthy')).toMatchObject({ pin: 'fallback', model: { id: PIXTRAL } });
    await setStatus('passed');
    await recoverUntil(async () =>
      expect(await auditOf('unhealthy')).toMatchObject({ new_model_id: NOVA_PRO }),
    );
  });

  it('is not taken any more when somebody picked a model since', async () => {
    await join(quick, 'decided');
    await fallBack(quick, { conversationId: 'decided' });
    await quick.act({ action: 'switch', modelId: OPUS, conversationId: 'decided' });
    await join(quick, 'witness');
    await fallBack(quick, { conversationId: 'witness' });
    await recoverUntil(async () => expect(await auditOf('witness')).toMatchObject({ new_model_id: SONNET }));
    expect(await modelOf(quick, 'decided')).toMatchObject({ pin: 'manual', model: { id: OPUS } });
  });
});

describe('a model that conversations are pinned to', () => {
  const setAvailable = async (available: boolean) => {
    await patient.environment.owner.query('UPDATE bedrock_models SET is_available = $1 WHERE model_id = $2', [
      available,
      OPUS,
    ]);
    await patient.act({ action: 'clear-cache' });
  };
  const unpinDue = () => patient.api.get(ConversationRecoveryService, { strict: false }).unpinDue();

  it('and that is not selectable any more is left by a switch with its record and notification, for good', async () => {
    const conversation = { conversationId: 'pinned', userId: 'user-456' };
    await patient.act({ action: 'auto-switch', useCase: 'clinical', ...conversation });
    await patient.act({ action: 'switch', modelId: OPUS, ...conversation });
    await unpinDue();
    expect(await modelOf(patient, 'pinned')).toMatchObject({ pin: 'manual', model: { id: OPUS } });
    await setAvailable(false);
    await Promise.all([unpinDue(), unpinDue()]);
    await setAvailable(true);
    await unpinDue();
    expect(await modelOf(patient, 'pinned')).toMatchObject({ pin: null, model: { id: SONNET } });
    const { rows } = await patient.environment.owner.query(
      `SELECT seq::int, actor, switch_action, previous_model_id, new_model_id, reason, notification_shown
       FROM switch_events WHERE conversation_id = 'pinned' ORDER BY seq DESC LIMIT 1`,
    );
    expect(rows).toEqual([
      {
        seq: 3,
        actor: 'system:release',
        switch_action: 'auto_switch',
        previous_model_id: OPUS,
        new_model_id: SONNET,
        reason: 'Claude Opus 4.7 cannot be selected any more',
        notification_shown: true,
      },
    ]);
  });
});
