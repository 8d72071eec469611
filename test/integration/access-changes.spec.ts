import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start({ overrides: { WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1' } });
});
afterAll(() => system?.close());

/** Returns the recorded changes, oldest first. */
const changesOf = async (id: string) =>
  (
    await system.environment.owner.query(
      'SELECT entity, actor, before, after FROM access_changes WHERE entity_id = $1 ORDER BY id',
      [id],
    )
  ).rows;

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
  expect(Object.keys((await changesOf(made.id))[0].after).toSorted()).toEqual(
    ['expires_at', 'name', 'replaced_by', 'revoked_at', 'scopes'].toSorted(),
  );
  await system.environment.owner.query(`UPDATE service_keys SET scopes = '{admin}' WHERE id = $1`, [made.id]);
  expect((await changesOf(made.id)).at(-1)).toMatchObject({ actor: 'sql:orchestrator_owner' });
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
