import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countEvents, databaseContents } from '../support/database-contents.js';
import { eventually } from '../support/eventually.js';
import { TestSystem, userToken } from '../support/test-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';

let system: TestSystem;
/** Without a worker, which seals and sums up by the clock: what nothing is asked to write stays as it is. */
let quiet: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start({ worker: true });
  quiet = await TestSystem.start();
});
afterAll(async () => {
  await system.close();
  await quiet.close();
});

const conversation = async (id: string) => {
  const { rows } = await system.environment.owner.query('SELECT * FROM ai_conversations WHERE id = $1', [id]);
  return rows[0];
};
const auditRow = (id: string) =>
  eventually(async () => {
    const { rows } = await system.environment.owner.query(
      'SELECT * FROM bedrock_model_switches WHERE id = $1',
      [id],
    );
    expect(rows).toHaveLength(1);
    return rows[0];
  });

describe('a conversation that nobody has seen', () => {
  it.each([
    ['the user that a service acts for', { userId: 'user-900' }, undefined, 'user-900'],
    ['the user who asks', {}, 'user-901', 'user-901'],
    ['the service, where it names no user', {}, undefined, 'service:bootstrap'],
  ])('is made and belongs to %s', async (_, fields, subject, owner) => {
    const conversationId = randomUUID();
    const token = subject && (await userToken(subject));
    const { body } = await system.act(
      { action: 'switch', modelId: NOVA_LITE, conversationId, ...fields },
      { token },
    );
    expect(body.data).toMatchObject({ switched: true, from: 'Amazon Nova Micro', useCase: 'platform' });
    expect(await conversation(conversationId)).toMatchObject({ user_id: owner, pinned_model_id: NOVA_LITE });
  });

  it('ran on the model of platform before it joined the use case of its first switch', async () => {
    const { body } = await system.act({
      action: 'switch',
      modelId: HAIKU,
      conversationId: 'new-1',
      useCase: 'clinical',
    });
    expect(body.data).toMatchObject({ fromId: NOVA_MICRO, toId: HAIKU, useCase: 'clinical', version: 1 });
    expect(await auditRow(body.data.switchId)).toMatchObject({
      previous_model_id: NOVA_MICRO,
      use_case: 'clinical',
      user_id: 'service:bootstrap',
      seq: '1',
    });
  });

  it('is made by an automatic switch and follows its use case', async () => {
    const { body } = await system.act({
      action: 'auto-switch',
      useCase: 'clinical',
      conversationId: 'new-2',
      userId: 'user-902',
    });
    expect(body.data).toMatchObject({ switched: true, fromId: NOVA_MICRO, toId: SONNET });
    expect(await conversation('new-2')).toMatchObject({
      use_case: 'clinical',
      pinned_model_id: null,
      user_id: 'user-902',
    });
  });
});

describe('a request that changes nothing', () => {
  it.each([
    ['auto-switch of a use case on its best model', { action: 'auto-switch', useCase: 'health' }],
    [
      'auto-switch of a conversation that follows already',
      { action: 'auto-switch', useCase: 'health', conversationId: 'conv-200', userId: 'user-456' },
    ],
    ['switch of a use case to its active model', { action: 'switch', modelId: NOVA_LITE, reason: 'again' }],
  ])('%s: from equals to, no notification, and nothing is written', async (_, body) => {
    const before = await databaseContents(quiet.environment.owner);
    const answer = await quiet.act(body);
    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject({
      switched: false,
      from: 'Amazon Nova Lite',
      to: 'Amazon Nova Lite',
      fromId: NOVA_LITE,
      toId: NOVA_LITE,
    });
    expect(answer.body.data).not.toHaveProperty('switchId');
    expect(answer.body).not.toHaveProperty('notification');
    expect(await databaseContents(quiet.environment.owner)).toEqual(before);
  });

  it('pins a conversation to the model it runs on without an event', async () => {
    const before = await countEvents(system.environment.owner);
    const { body } = await system.act({
      action: 'switch',
      modelId: SONNET,
      conversationId: 'conv-124',
      userId: 'user-457',
    });
    expect(body.data).toMatchObject({ switched: false, fromId: SONNET, toId: SONNET });
    expect(body).not.toHaveProperty('notification');
    expect(await conversation('conv-124')).toMatchObject({ pinned_model_id: SONNET, pin_kind: 'manual' });
    expect(await countEvents(system.environment.owner)).toBe(before);
  });
});

it('stores a switch without notification as silent, with the words it would have had', async () => {
  const { body } = await system.act({
    action: 'switch',
    modelId: NOVA_LITE,
    conversationId: 'silent-1',
    showNotification: false,
  });
  expect(body.data.switched).toBe(true);
  expect(body).not.toHaveProperty('notification');
  expect(await auditRow(body.data.switchId)).toMatchObject({
    notification_shown: false,
    notification_title: 'Switching AI Model',
    notification_message: 'Upgraded from Amazon Nova Micro to Amazon Nova Lite...',
  });
});

it('remembers of a shown notification that it was shown, and who acted for whom', async () => {
  const token = await system.key(['switch', 'act-as'], 'chat');
  const { body } = await system.act(
    { action: 'switch', modelId: NOVA_LITE, conversationId: 'shown-1', userId: 'user-903', reason: 'Faster' },
    { token, headers: { 'x-request-id': 'request-42' } },
  );
  expect(await auditRow(body.data.switchId)).toMatchObject({
    notification_shown: true,
    notification_message: body.notification.message,
    reason: 'Faster',
    user_id: 'user-903',
    actor: 'service:chat',
    on_behalf_of: 'user-903',
    request_id: 'request-42',
    switch_action: 'manual_switch',
    switch_type: 'manual',
  });
});

it.each([
  ['auto-switch', { useCase: 'clinical' }, 'auto_switch'],
  ['fallback-switch', { reason: 'Throttled' }, 'fallback_switch'],
])('records %s as an automatic switch', async (action, fields, switchAction) => {
  const { body } = await system.act({ action, ...fields, conversationId: `recorded-${action}` });
  expect(await auditRow(body.data.switchId)).toMatchObject({
    switch_action: switchAction,
    switch_type: 'auto',
    notification_title: 'Auto-Switching AI Model',
  });
});

describe('a dry run', () => {
  it.each<
    [string, object, { costImpact?: { savedUsd?: string; horizon: string }; [field: string]: unknown }]
  >([
    [
      'of a conversation',
      { action: 'switch', modelId: NOVA_LITE, conversationId: 'conv-123', userId: 'user-456' },
      { toId: NOVA_LITE, costImpact: { savedUsd: '0.186149', horizon: '12 exchanges' } },
    ],
    [
      'of a conversation that does not exist',
      { action: 'switch', modelId: NOVA_LITE, conversationId: 'dry-1' },
      { toId: NOVA_LITE, costImpact: { horizon: 'first assignment' } },
    ],
    [
      'of a conversation',
      { action: 'switch', modelId: NOVA_LITE, conversationId: 'conv-400', userId: 'user-459' },
      // 6 exchanges of 800 and 250 tokens: 6 × ((0.000046 − 0.000078) × 0.8 + (0.000184 − 0.000312) × 0.25)
      { toId: NOVA_LITE, costImpact: { savedUsd: '-0.000346', horizon: '6 exchanges' } },
    ],
    [
      'of an automatic switch',
      { action: 'auto-switch', useCase: 'clinical', conversationId: 'conv-400', userId: 'user-459' },
      { fromId: NOVA_MICRO, toId: SONNET, costImpact: { horizon: '12 exchanges' } },
    ],
    [
      'of a whole use case',
      { action: 'switch', modelId: HAIKU, useCase: 'operations' },
      // 30,000 exchanges of 1,500 and 300 tokens: 30000 × ((0.00105 − 0.0011) × 1.5 + (0.0042 − 0.0055) × 0.3)
      { toId: HAIKU, followers: 1, costImpact: { savedUsd: '-13.95', horizon: '30 days' } },
    ],
    [
      'of a fallback',
      { action: 'fallback-switch', reason: 'Throttled', useCase: 'operations' },
      { fromId: 'eu.amazon.nova-pro-v1:0', toId: 'eu.mistral.pixtral-large-2502-v1:0', followers: 1 },
    ],
  ])('%s says what would happen and writes nothing', async (_, body, expected) => {
    const before = await databaseContents(quiet.environment.owner);
    const answer = await quiet.act({ ...body, dryRun: true });
    expect(answer.body.data).toMatchObject({ switched: true, dryRun: true });
    const { costImpact, ...data } = answer.body.data;
    const { costImpact: cost, ...fields } = expected;
    expect(data).toMatchObject(fields);
    if (cost) expect(withNumbers(costImpact)).toMatchObject(withNumbers(cost));
    expect(data).not.toHaveProperty('switchId');
    expect(await databaseContents(quiet.environment.owner)).toEqual(before);
  });

  it('is refused for the same reasons as the switch itself', async () => {
    const answer = await system.act({
      action: 'switch',
      modelId: 'amazon.nova-premier-v1:0',
      conversationId: 'conv-123',
      dryRun: true,
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'model_not_selectable' } });
  });
});

/** Trailing zeros of a decimal do not matter. */
const withNumbers = ({ savedUsd, ...rest }: { savedUsd?: string }) => ({
  ...rest,
  ...(savedUsd !== undefined && { savedUsd: Number(savedUsd) }),
});

it('takes a foundation model id for the profile it is invoked with', async () => {
  const { body } = await system.act({
    action: 'switch',
    modelId: 'amazon.nova-lite-v1:0',
    conversationId: 'by-foundation-id',
  });
  expect(body.data).toMatchObject({ switched: true, toId: NOVA_LITE });
  expect(body.notification.modelId).toBe(NOVA_LITE);
});

it('switches the primary use case of the model where nothing else is named, and no other', async () => {
  const before = (await system.get('/v1/use-cases')).body.items;
  const { body } = await system.act({
    action: 'switch',
    modelId: 'eu.mistral.pixtral-large-2502-v1:0',
    reason: 'x',
  });
  expect(body.data).toMatchObject({ switched: true, scope: 'use_case', useCase: 'operations' });
  const after = (await system.get('/v1/use-cases')).body.items;
  const others = (items: { name: string }[]) => items.filter(({ name }) => name !== 'operations');
  expect(others(after)).toEqual(others(before));
  expect(await auditRow(body.data.switchId)).toMatchObject({
    conversation_id: null,
    user_id: 'service:bootstrap',
    scope: 'use_case',
  });
});

it('moves a conversation to another use case by an automatic switch only', async () => {
  const target = { conversationId: 'conv-300', userId: 'user-458', useCase: 'health' };
  const refused = await system.act({ action: 'switch', modelId: HAIKU, ...target });
  expect(refused).toMatchObject({ status: 409, body: { code: 'use_case_mismatch' } });
  expect(await conversation('conv-300')).toMatchObject({ use_case: 'operations', pinned_model_id: null });
  const moved = await system.act({ action: 'auto-switch', ...target });
  expect(moved.body.data).toMatchObject({ useCase: 'health', toId: NOVA_LITE });
  expect(await conversation('conv-300')).toMatchObject({ use_case: 'health', pinned_model_id: null });
});
