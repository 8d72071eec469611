import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseContents } from '../support/database-contents.js';
import { TestSystem, userToken } from '../support/test-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const NOVA_2_LITE = 'eu.amazon.nova-2-lite-v1:0';
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const model = (id: string, query = '') => system.get(`/v1/conversations/${id}/model${query}`);
const switchUseCase = (useCase: string, modelId: string) =>
  system.act({ action: 'switch', useCase, modelId });
const pin = (conversationId: string, modelId: string) =>
  system.act({ action: 'switch', conversationId, modelId });
const join = (conversationId: string, useCase: string) =>
  system.act({ action: 'auto-switch', conversationId, useCase });

it('keeps the reason of an automatic switch in the notification and the audit row', async () => {
  await pin('conv-with-a-reason', NOVA_PRO);
  const { body } = await system.act({
    ...{ action: 'auto-switch', conversationId: 'conv-with-a-reason', useCase: 'platform' },
    ...{ reason: 'The patient asked for it', dryRun: false },
  });
  expect(body).toMatchObject({ success: true });
  const { rows } = await system.environment.owner.query(
    `SELECT reason, switch_action FROM switch_events WHERE conversation_id = $1 ORDER BY seq DESC LIMIT 1`,
    ['conv-with-a-reason'],
  );
  expect(rows).toEqual([{ reason: 'The patient asked for it', switch_action: 'auto_switch' }]);
});

describe('the effective model', () => {
  it.each([
    [
      'of a conversation is that of its use case',
      'conv-300',
      '',
      { model: NOVA_PRO, useCase: 'operations', known: true, version: 1 },
    ],
    [
      'of one that names its own use case',
      'conv-300',
      '?useCase=operations',
      { model: NOVA_PRO, useCase: 'operations', known: true, version: 1 },
    ],
    [
      'of one whose assistant is of another use case is its own',
      'conv-300',
      '?assistantId=assistant-health',
      { model: NOVA_PRO, useCase: 'operations', known: true, version: 1 },
    ],
    [
      'of an unknown one is that of platform',
      'none-1',
      '',
      { model: 'eu.amazon.nova-micro-v1:0', useCase: 'platform', known: false, version: 0 },
    ],
    [
      'of an unknown one of a use case',
      'none-1',
      '?useCase=clinical',
      { model: SONNET, useCase: 'clinical', known: false, version: 0 },
    ],
    [
      'of an unknown one of an assistant',
      'none-1',
      '?assistantId=assistant-clinical',
      { model: SONNET, useCase: 'clinical', known: false, version: 0 },
    ],
  ])('%s', async (_, id, query, { model: modelId, ...fields }) => {
    const before = await databaseContents(system.environment.owner);
    const { status, headers, body } = await model(id, query);
    expect(status).toBe(200);
    expect(body).toMatchObject({ conversationId: id, ...fields, source: 'active', pin: null });
    expect(body.model.id).toBe(modelId);
    expect(headers.etag).toMatch(/^"[^"]+"$/);
    expect(await databaseContents(system.environment.owner)).toEqual(before);
  });

  it.each([
    ['an unknown assistant is a 400', '?assistantId=nobody', 400, 'invalid_request'],
    ['an unknown use case is a 400', '?useCase=surgery', 400, 'invalid_request'],
  ])('for %s', async (_, query, status, code) => {
    expect(await model('none-2', query)).toMatchObject({ status, body: { code } });
  });

  it('for a use case that is not its own is a 409', async () => {
    expect(await model('conv-300', '?useCase=health')).toMatchObject({
      status: 409,
      body: { code: 'use_case_mismatch' },
    });
  });

  it('of a foreign conversation is a 404, also for a service that acts for another user', async () => {
    expect(
      await system.get('/v1/conversations/conv-300/model', { token: await userToken('user-456') }),
    ).toMatchObject({ status: 404 });
    expect(await model('conv-300', '?userId=user-456')).toMatchObject({ status: 404 });
    expect(await model('conv-300', '?userId=user-458')).toMatchObject({ status: 200 });
  });

  it('changes immediately, with its ETag, when the use case that it follows is switched', async () => {
    const [following, pinned] = ['etag-follows', 'etag-pinned'];
    await join(following, 'health');
    await join(pinned, 'health');
    await pin(pinned, NOVA_2_LITE);
    const [before, pinnedBefore] = [await model(following), await model(pinned)];
    await switchUseCase('health', HAIKU);
    const after = await model(following);
    expect(after.body.model.id).toBe(HAIKU);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect((await model(pinned)).body.model.id).toBe(pinnedBefore.body.model.id);
    expect((await model(following)).headers.etag).toBe(after.headers.etag);
    await switchUseCase('health', NOVA_LITE);
    expect((await model(following)).headers.etag).not.toBe(before.headers.etag);
  });

  it('says that a model was picked by hand, and stops saying so when the pin is dropped', async () => {
    await pin('pinned-1', HAIKU);
    expect((await model('pinned-1')).body).toMatchObject({ source: 'pin', pin: 'manual', version: 1 });
    await join('pinned-1', 'clinical');
    expect((await model('pinned-1')).body).toMatchObject({ source: 'active', pin: null, version: 2 });
  });

  it('falls back to that of the use case while the picked one is not selectable', async () => {
    await join('pinned-2', 'clinical');
    await pin('pinned-2', OPUS);
    const setStatus = async (status: string) => {
      await system.environment.owner.query(
        'UPDATE bedrock_models SET validation_status = $1 WHERE model_id = $2',
        [status, OPUS],
      );
      await system.act({ action: 'clear-cache' });
    };
    await setStatus('failed');
    expect((await model('pinned-2')).body).toMatchObject({ source: 'active', model: { id: SONNET } });
    await setStatus('passed');
    expect((await model('pinned-2')).body).toMatchObject({ source: 'pin', model: { id: OPUS } });
  });
});

describe('the history of a conversation', () => {
  const CONVERSATION = 'historic';
  const expected: string[] = [];

  /** Switches, and remembers it as a part of the history if it should be one. */
  const step = async (send: () => ReturnType<typeof pin>, reaches: boolean) => {
    const { body } = await send();
    expect(body.data?.switched).toBe(true);
    if (reaches) expected.unshift(body.data.switchId);
  };
  const historyOf = async (query = '') =>
    (await system.get(`/v1/conversations/${CONVERSATION}/history${query}`)).body;

  beforeAll(async () => {
    await step(() => switchUseCase('operations', PIXTRAL), false); // before it joined
    await step(() => join(CONVERSATION, 'operations'), true);
    await step(() => switchUseCase('operations', NOVA_PRO), true); // while it follows
    await step(() => switchUseCase('clinical', HAIKU), false); // of a use case it does not follow
    await step(() => pin(CONVERSATION, NOVA_LITE), true);
    await step(() => switchUseCase('operations', PIXTRAL), false); // while it is pinned
    await step(() => pin(CONVERSATION, HAIKU), true);
    await step(() => switchUseCase('operations', NOVA_PRO), false); // still pinned
    await step(() => join(CONVERSATION, 'operations'), true);
    await step(() => switchUseCase('operations', PIXTRAL), true); // it follows again
    await step(() => join(CONVERSATION, 'clinical'), true);
    await step(() => switchUseCase('operations', NOVA_PRO), false); // the use case that it left
    await step(() => switchUseCase('clinical', SONNET), true);
    await step(() => pin('historic-2', PIXTRAL), false); // another conversation
  });

  it('has its own switches and those of its use case while it followed; newest first', async () => {
    const { items, nextCursor } = await historyOf();
    expect(items.map(({ id }: { id: string }) => id)).toEqual(expected);
    expect(nextCursor).toBeNull();
  });

  it('is a chain: each switch begins with the model that the one before ended with', async () => {
    const items = (await historyOf()).items.reverse();
    for (const [index, { previousModelId }] of items.entries())
      expect(previousModelId).toBe(items[index - 1]?.newModelId ?? 'eu.amazon.nova-micro-v1:0');
    expect((await model(CONVERSATION)).body.model.id).toBe(items.at(-1).newModelId);
  });

  it.each([1, 2, 3, 7])('comes in pages of %i without loss or doubles', async (limit) => {
    const read: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { id: string }[]; nextCursor: string | null } = await historyOf(
        `?limit=${limit}${cursor && `&cursor=${cursor}`}`,
      );
      expect(page.items.length).toBeLessThanOrEqual(limit);
      read.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(read).toEqual(expected);
  });

  it('also holds for a conversation that was never switched itself', async () => {
    const { body } = await system.get('/v1/conversations/conv-123/history', {
      token: await userToken('user-456'),
    });
    expect(body.items.map(({ newModelId, scope }: Record<string, string>) => [scope, newModelId])).toEqual([
      ['use_case', SONNET],
      ['use_case', HAIKU],
    ]);
  });

  it.each([
    ['of an unknown conversation', 'none-3', undefined],
    ['of a foreign conversation', 'conv-300', 'user-456'],
  ])('%s is a 404', async (_, id, subject) => {
    const token = subject && (await userToken(subject));
    expect(await system.get(`/v1/conversations/${id}/history`, { token })).toMatchObject({
      status: 404,
      body: { code: 'conversation_not_found' },
    });
  });
});
