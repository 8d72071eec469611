import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start({ overrides: { WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1' } });
});
afterAll(() => system?.close());

const list = async (query: Record<string, string> = {}) =>
  (await system.get(`/v1/access-changes?${new URLSearchParams(query)}`)).body;
/** Returns the recorded changes, oldest first. */
const changesOf = async (entityId: string) => (await list({ entityId })).items.toReversed();

it('says who made, replaced and revoked a key, and nothing that is secret', async () => {
  const keeper = await system.key(['admin'], 'keeper');
  const as = { token: keeper };
  const { body: made } = await system.call('POST', '/v1/keys', { name: 'watched', scopes: ['read'] }, as);
  const { body: next } = await system.call('POST', `/v1/keys/${made.id}/rotate`, {}, as);
  await system.call('DELETE', `/v1/keys/${next.id}`);
  await system.call('DELETE', `/v1/keys/${next.id}`);
  expect(await changesOf(made.id)).toMatchObject([
    {
      entity: 'service_key',
      actor: 'service:keeper',
      before: null,
      after: { name: 'watched', replaced_by: null },
    },
    { actor: 'service:keeper', after: { replaced_by: next.id } },
  ]);
  expect(await changesOf(next.id)).toMatchObject([
    { actor: 'service:keeper', before: null },
    { actor: 'service:bootstrap', before: { revoked_at: null }, after: { revoked_at: expect.any(String) } },
  ]);
  expect(Object.keys((await changesOf(made.id))[0].after).toSorted()).toEqual([
    'defaults',
    'expires_at',
    'limits',
    'name',
    'replaced_by',
    'revoked_at',
    'scopes',
  ]);
  await system.environment.owner.query(`UPDATE service_keys SET scopes = '{admin}' WHERE id = $1`, [made.id]);
  expect((await changesOf(made.id)).at(-1)).toMatchObject({ actor: 'sql:orchestrator_owner' });
});

it('says who edited a key, before and after, without the user that it is bound to', async () => {
  const { body: made } = await system.call('POST', '/v1/keys', { name: 'edited', scopes: ['switch'] });
  const as = { token: await system.key(['admin'], 'editor') };
  const edits = [
    { limits: { useCases: ['clinical'] } },
    { defaults: { userId: 'anna' } },
    { defaults: { userId: 'berta' } },
  ];
  for (const edit of edits)
    expect(await system.call('PATCH', `/v1/keys/${made.id}`, edit, as)).toMatchObject({ status: 200 });
  await system.call('PATCH', `/v1/keys/${made.id}`, edits.at(-1), as);
  const [, ...changes] = await changesOf(made.id);
  expect(changes).toMatchObject([
    {
      actor: 'service:editor',
      before: { limits: { useCases: null } },
      after: { limits: { useCases: ['clinical'] } },
    },
    { before: { defaults: { userId: null } }, after: { defaults: { userId: 'withheld' } } },
    { before: { defaults: { userId: 'withheld' } }, after: { defaults: { userId: 'withheld' } } },
  ]);
});

it('says who made, rotated and deleted a webhook', async () => {
  const push = await system.key(['act-as'], 'push');
  const url = 'https://push.example.com/secret-path';
  const { body } = await system.call('POST', '/v1/webhooks', { url, feed: 'users' }, { token: push });
  await system.call('POST', `/v1/webhooks/${body.id}/rotate`, {}, { token: push });
  await system.call('DELETE', `/v1/webhooks/${body.id}`);
  const changes = await changesOf(body.id);
  expect(changes).toMatchObject([
    { entity: 'webhook', actor: 'service:push', before: null, after: { owner: 'push', feed: 'users' } },
    { actor: 'service:push' },
    { actor: 'service:bootstrap', after: null },
  ]);
  expect(JSON.stringify(changes)).not.toContain('secret-path');
});

describe('the list of changes', () => {
  const KEY = '00000000-0000-4000-8000-000000000001';
  const HOOK = '00000000-0000-4000-8000-000000000002';
  const day = (n: number) => `2026-01-0${n}T00:00:00.000Z`;
  beforeAll(async () => {
    for (const [entity, id, actor, date] of [
      ['service_key', KEY, 'service:past', day(1)],
      ['webhook', HOOK, 'service:past', day(3)],
      ['webhook', HOOK, 'sql:past', day(2)],
      ['webhook', HOOK, 'service:past', day(3)],
    ])
      await system.environment.owner.query(
        'INSERT INTO access_changes (entity, entity_id, actor, changed_at) VALUES ($1, $2, $3, $4)',
        [entity, id, actor, date],
      );
  });
  const daysOf = async (query: Record<string, string>) =>
    (await list(query)).items.map(({ changedAt }: { changedAt: string }) => new Date(changedAt).getUTCDate());

  it('comes in pages that miss nothing, newest first', async () => {
    const { items: all } = await list({ limit: '100' });
    expect(all.slice(-4).map(({ changedAt }: { changedAt: string }) => changedAt)).toEqual(
      [3, 3, 2, 1].map(day),
    );
    const found = [];
    let cursor: string | null = '1';
    for (let query = {}; cursor; query = { cursor }) {
      const { items, nextCursor } = await list({ limit: '1', ...query });
      found.push(...items);
      cursor = nextCursor;
    }
    expect(found).toEqual(all);
  });

  it.each([
    [{ entityId: HOOK }, [3, 3, 2]],
    [{ entity: 'service_key', to: day(4) }, [1]],
    [{ entity: 'service_key', entityId: HOOK }, []],
    [{ actor: 'sql:past' }, [2]],
    [{ actor: 'service:past', entity: 'webhook' }, [3, 3]],
    [{ from: day(2), to: day(3) }, [2]],
    [{ actor: 'service:past', to: day(3) }, [1]],
  ])('with %j has the changes of the days %j', async (query, days) => {
    expect(await daysOf(query)).toEqual(days);
  });

  it.each([
    'entity=model',
    'entityId=a',
    'actor=',
    'from=today',
    'to=2026-01-01',
    'cursor=x',
    'limit=101',
    'no=1',
  ])('refuses %s', async (query) => {
    expect((await system.get(`/v1/access-changes?${query}`)).status).toBe(400);
  });
});
