import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { anInvocation } from '../support/invocation-fixture.js';
import { TestSystem, userToken } from '../support/test-system.js';

const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const DAY = 86_400_000;
const NOW = Date.now();

const failed = anInvocation({
  requestId: 'request-failed',
  conversationId: 'conv-of-calls',
  useCase: 'clinical',
  modelId: NOVA_LITE,
  outcome: 'failed',
  errorKind: 'throttled',
  wire: 'bedrock',
  bodyFamily: 'converse',
  attempts: [
    { modelId: NOVA_LITE, outcome: 'failed', errorKind: 'throttled', ms: 12 },
    { modelId: 'another', outcome: 'skipped', errorKind: null, ms: 0, lacks: ['tools'] },
  ],
  startedAt: new Date(NOW - 1_000),
});
const newest = anInvocation({ userId: 'anna', startedAt: new Date(NOW - 500) });
const ofBerta = anInvocation({ userId: 'berta', actor: 'user:berta', startedAt: new Date(NOW - 2_000) });
const old = anInvocation({ startedAt: new Date(NOW - 20 * DAY) });

let system: TestSystem;
let reader: string;
beforeAll(async () => {
  system = await TestSystem.start();
  reader = await system.key(['read']);
  const invocations = system.api.get(InvocationsService, { strict: false });
  for (const call of [failed, newest, ofBerta, old]) await invocations.record(call);
});
afterAll(() => system.close());

const list = async (query = '', token = reader) => (await system.get(`/v1/calls${query}`, { token })).body;
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

describe('a list of calls', () => {
  it('has the newest of the last week first, a page at a time', async () => {
    const first = await list('?limit=2');
    expect(idsOf(first)).toEqual([newest.id, failed.id]);
    expect(idsOf(await list(`?limit=2&cursor=${first.nextCursor}`))).toEqual([ofBerta.id]);
  });

  it('says of each what was tried, without what only the service needs', async () => {
    const { items } = await list('?requestId=request-failed');
    expect(items).toEqual([
      expect.objectContaining({
        id: failed.id,
        modelId: NOVA_LITE,
        outcome: 'failed',
        errorKind: 'throttled',
        wire: 'bedrock',
        latencyMs: 812,
        costUsd: '0.000092',
        startedAt: failed.startedAt.toISOString(),
        attempts: failed.attempts,
      }),
    ]);
    expect(items[0]).not.toHaveProperty('keyOwner');
  });

  it.each([
    ['conversationId=conv-of-calls', [failed.id]],
    ['userId=berta', [ofBerta.id]],
    ['useCase=clinical', [failed.id]],
    [`modelId=${NOVA_LITE}`, [failed.id]],
    ['outcome=failed', [failed.id]],
    ['outcome=refused', []],
    [`from=${new Date(NOW - 25 * DAY).toISOString()}&to=${new Date(NOW - 5 * DAY).toISOString()}`, [old.id]],
  ])('has only those with %s', async (query, ids) => {
    expect(idsOf(await list(`?${query}`))).toEqual(ids);
  });

  it('refuses a period that would read too much', async () => {
    const from = new Date(NOW - 40 * DAY).toISOString();
    const { status, body } = await system.get(`/v1/calls?from=${from}`, { token: reader });
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ field: 'from', message: 'must be at most 31 days before `to`' }]);
  });

  it('has for a user its own, and for a key what its limits allow', async () => {
    const token = await userToken('berta');
    expect(idsOf(await list('', token))).toEqual([ofBerta.id]);
    expect((await system.get('/v1/calls?userId=anna', { token })).status).toBe(403);
    const limited = await system.call('POST', '/v1/keys', {
      name: 'limited',
      scopes: ['read'],
      limits: { useCases: ['clinical'] },
    });
    expect(idsOf(await list('', limited.body.key))).toEqual([failed.id]);
    expect((await system.get('/v1/calls', { token: await system.key(['operate']) })).status).toBe(403);
  });
});
