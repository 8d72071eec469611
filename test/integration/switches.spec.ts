import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { eventually } from '../support/eventually.js';
import { TestSystem, userToken } from '../support/test-system.js';

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';

interface Listed {
  id: string;
  timestamp: string;
  [field: string]: unknown;
}

let system: TestSystem;
const switchIds: Record<string, string> = {};
beforeAll(async () => {
  system = await TestSystem.start();
  const chat = await system.key(['switch', 'act-as'], 'chat');
  const mine = { conversationId: 'conv-123', userId: 'user-456' };
  const requests: [string, object, string?][] = [
    ['byHand', { action: 'switch', modelId: NOVA_LITE, ...mine, reason: 'Cost' }, chat],
    ['auto', { action: 'auto-switch', useCase: 'clinical', ...mine, showNotification: false }],
    ['fallback', { action: 'fallback-switch', reason: 'Throttled', ...mine }],
    ['foreign', { action: 'switch', modelId: HAIKU, conversationId: 'conv-300', userId: 'user-458' }],
    ['useCase', { action: 'switch', modelId: HAIKU, useCase: 'clinical' }],
  ];
  for (const [name, body, token] of requests) {
    // Times have milliseconds; what `from` and `to` cut must differ in them.
    const before = Date.now();
    await vi.waitUntil(() => Date.now() > before, { interval: 1 });
    switchIds[name] = (await system.act(body, token ? { token } : {})).body.data.switchId;
  }
});
afterAll(() => system.close());

const list = async (query = '', token?: string): Promise<Listed[]> => {
  const { status, body } = await system.get(`/v1/switches${query}`, token ? { token } : {});
  expect(status).toBe(200);
  return body.items;
};
const namesOf = (items: Listed[]) =>
  items.map(({ id }) => Object.keys(switchIds).find((name) => switchIds[name] === id));

it('is pending, without a cost, until the worker has written the audit row', async () => {
  const items = await list();
  expect(namesOf(items)).toEqual(['useCase', 'foreign', 'fallback', 'auto', 'byHand']);
  for (const item of items)
    expect(item).toMatchObject({ status: 'pending', costImpact: null, costImpactHorizon: null });
  expect(items.at(-1)).toEqual({
    id: switchIds.byHand,
    seq: 1,
    scope: 'conversation',
    conversationId: 'conv-123',
    useCase: 'clinical',
    userId: 'user-456',
    actor: 'service:chat',
    onBehalfOf: 'user-456',
    action: 'manual_switch',
    type: 'manual',
    previousModelId: SONNET,
    newModelId: NOVA_LITE,
    reason: 'Cost',
    costImpact: null,
    costImpactHorizon: null,
    savedUsd: null,
    notificationShown: true,
    requestId: expect.any(String),
    ...{ basis: null, changeId: null, approvedBy: null },
    status: 'pending',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
  expect(items[3]).toMatchObject({ notificationShown: false, reason: null, type: 'auto' });
});

describe('the list', () => {
  it.each([
    ['?conversationId=conv-123', ['fallback', 'auto', 'byHand']],
    ['?conversationId=nobody', []],
    ['?userId=user-458', ['foreign']],
    ['?userId=service:bootstrap', ['useCase']],
    ['?useCase=clinical', ['useCase', 'fallback', 'auto', 'byHand']],
    ['?useCase=operations', ['foreign']],
    ['?action=manual_switch', ['useCase', 'foreign', 'byHand']],
    ['?action=auto_switch', ['auto']],
    ['?action=fallback_switch', ['fallback']],
    ['?action=manual_switch&conversationId=conv-123', ['byHand']],
    ['?scope=use_case', ['useCase']],
    ['?scope=conversation', ['foreign', 'fallback', 'auto', 'byHand']],
    ['?scope=conversation&useCase=clinical&action=auto_switch', ['auto']],
    ['?scope=use_case&conversationId=conv-123', []],
    ['?limit=2', ['useCase', 'foreign']],
  ])('%s has what matches, newest first', async (query, names) => {
    expect(namesOf(await list(query))).toEqual(names);
  });

  it('begins at `from`, inclusive, and ends before `to`', async () => {
    const all = await list();
    const at = (name: string) => all.find(({ id }) => id === switchIds[name])!.timestamp;
    expect(namesOf(await list(`?from=${at('fallback')}`))).toEqual(['useCase', 'foreign', 'fallback']);
    expect(namesOf(await list(`?to=${at('fallback')}`))).toEqual(['auto', 'byHand']);
    expect(namesOf(await list(`?from=${at('auto')}&to=${at('foreign')}`))).toEqual(['fallback', 'auto']);
    const elsewhere = at('fallback').replace('Z', '%2B00:00');
    expect(namesOf(await list(`?from=${elsewhere}`))).toEqual(['useCase', 'foreign', 'fallback']);
  });

  it.each([1, 2, 3, 5])('comes in pages of %i without loss or doubles, with its filter', async (limit) => {
    for (const filter of ['', '&useCase=clinical', '&scope=conversation']) {
      const read: Listed[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body } = await system.get(
          `/v1/switches?limit=${limit}${filter}${cursor && `&cursor=${cursor}`}`,
        );
        read.push(...body.items);
        cursor = body.nextCursor;
      }
      expect(read).toEqual(await list(`?limit=100${filter}`));
    }
  });

  it('does not shift when a switch is added between two pages', async () => {
    const { body: first } = await system.get('/v1/switches?limit=2&conversationId=conv-123');
    const { body } = await system.act({ action: 'switch', modelId: NOVA_LITE, conversationId: 'conv-123' });
    switchIds.later = body.data.switchId;
    const second = await list(`?limit=2&conversationId=conv-123&cursor=${first.nextCursor}`);
    expect(namesOf([...first.items, ...second])).toEqual(['fallback', 'auto', 'byHand']);
  });

  it('shows a user its own switches only, whatever it filters by', async () => {
    const token = await userToken('user-458');
    expect(namesOf(await list('', token))).toEqual(['foreign']);
    expect(namesOf(await list('?userId=user-458', token))).toEqual(['foreign']);
    expect(await list('?conversationId=conv-123', token)).toEqual([]);
    expect(await list('', await userToken('user-without-any'))).toEqual([]);
  });

  it('is open to a key of the scope audit and to no other', async () => {
    expect((await list('', await system.key(['audit']))).length).toBeGreaterThan(4);
    const token = await system.key(['read', 'switch', 'act-as', 'operate', 'admin'], 'all-but-audit');
    expect(await system.get('/v1/switches', { token })).toMatchObject({ status: 403 });
  });
});

it('is recorded with its cost once a worker runs; null where a price is unknown', async () => {
  const { owner } = system.environment;
  await system.act({ action: 'switch', modelId: SONNET, conversationId: 'unpriced' });
  // With no price known at all, nothing is selectable and the conversation still runs on its pin.
  const unpriced = [SONNET, 'eu.amazon.nova-micro-v1:0', NOVA_LITE];
  const { rows: prices } = await owner.query(
    'SELECT model_id, input_price_per_1k AS price FROM bedrock_models WHERE model_id = ANY($1)',
    [unpriced],
  );
  const setPrice = (modelId: string, price: string | null) =>
    owner.query('UPDATE bedrock_models SET input_price_per_1k = $1 WHERE model_id = $2', [price, modelId]);
  for (const modelId of unpriced) await setPrice(modelId, null);
  const { body } = await system.act({ action: 'switch', modelId: HAIKU, conversationId: 'unpriced' });
  expect(body.data).toMatchObject({ switched: true, fromId: SONNET });
  for (const { model_id, price } of prices) await setPrice(model_id, price);
  switchIds.unpriced = body.data.switchId;
  const worker = await createWorker(system.environment.env);
  try {
    const items = await eventually(async () => {
      const all = await list('?limit=100');
      expect(all.filter(({ status }) => status === 'pending')).toEqual([]);
      return all;
    });
    const find = (name: string) => items.find(({ id }) => id === switchIds[name])!;
    expect(find('byHand')).toMatchObject({ costImpact: '0.186149', costImpactHorizon: '12 exchanges' });
    // 60,000 exchanges of 1,800 and 600 tokens: 60000 × ((0.0033 − 0.0011) × 1.8 + (0.0165 − 0.0055) × 0.6)
    expect(find('useCase')).toMatchObject({ costImpact: '633.6', costImpactHorizon: '30 days' });
    expect(find('unpriced')).toMatchObject({ status: 'recorded', costImpact: null });
    const { rows } = await owner.query('SELECT count(*)::int AS count FROM bedrock_model_switches');
    expect(rows[0].count).toBe(items.length);
  } finally {
    await worker.close();
  }
});
