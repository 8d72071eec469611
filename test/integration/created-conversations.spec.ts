import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestSystem } from '../support/test-system.js';

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const ACTIONS = {
  switch: { action: 'switch', modelId: HAIKU },
  'auto-switch': { action: 'auto-switch', useCase: 'clinical' },
  'fallback-switch': { action: 'fallback-switch', reason: 'Throttled' },
};
const NAMES = Object.keys(ACTIONS) as (keyof typeof ACTIONS)[];

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const isKnown = async (id: string): Promise<boolean> =>
  (await system.get(`/v1/conversations/${id}/model`)).body.known;

describe.each(NAMES)('%s', (name) => {
  const action = ACTIONS[name];

  it('says that it has created a conversation, once', async () => {
    const headers = { 'idempotency-key': `create-${name}` };
    const body = { ...action, conversationId: `new-${name}` };
    const first = await system.act(body, { headers });
    expect(first.body.data).toMatchObject({ switched: true, created: true });
    expect((await system.act(body, { headers })).body.data.created).toBe(true);
    const later = await system.act({ ...ACTIONS.switch, conversationId: `new-${name}`, dryRun: true });
    expect(later.body.data).not.toHaveProperty('created');
  });

  it('says so in a dry run, which creates none', async () => {
    const { body } = await system.act({ ...action, conversationId: `dry-${name}`, dryRun: true });
    expect(body.data).toMatchObject({ dryRun: true, created: true });
    expect(await isKnown(`dry-${name}`)).toBe(false);
  });

  it.each([false, true])('refuses one that must exist and does not; dry run: %s', async (dryRun) => {
    const { status, body } = await system.act({
      ...action,
      conversationId: 'conv-132',
      mustExist: true,
      dryRun,
    });
    expect(status).toBe(404);
    expect(body).toMatchObject({ success: false, code: 'conversation_not_found' });
    expect(await isKnown('conv-132')).toBe(false);
    expect((await system.get('/v1/switches?conversationId=conv-132')).body.items).toEqual([]);
  });

  it('takes one that must exist and does, and one that need not', async () => {
    const known = { ...action, conversationId: 'conv-123', dryRun: true };
    for (const mustExist of [true, false]) {
      const { status, body } = await system.act({ ...known, mustExist });
      expect(status).toBe(200);
      expect(body.data).not.toHaveProperty('created');
    }
  });
});

it('a switch of a use case has created no conversation', async () => {
  const { body } = await system.act({
    action: 'switch',
    modelId: HAIKU,
    useCase: 'platform',
    mustExist: true,
  });
  expect(body.data).toMatchObject({ switched: true });
  expect(body.data).not.toHaveProperty('created');
});

it('a retry from before this field replays its answer', async () => {
  const headers = { 'idempotency-key': 'from-before' };
  const request = { ...ACTIONS.switch, conversationId: 'conv-124', useCase: 'clinical' };
  const { text } = await system.act(request, { headers });
  await system.environment.owner.query(
    `UPDATE idempotency_keys SET request_hash = encode(sha256($1::bytea), 'base64') WHERE key = 'from-before'`,
    [
      Buffer.from(
        `{"modelId":"${HAIKU}","conversationId":"conv-124","useCase":"clinical","showNotification":true,"dryRun":false,"kind":"manual"}`,
      ),
    ],
  );
  expect((await system.act(request, { headers })).text).toBe(text);
});
