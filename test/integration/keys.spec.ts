import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiInstance } from '../support/api-instance.js';
import { databaseContents } from '../support/database-contents.js';
import { eventually } from '../support/eventually.js';
import { JWT_SECRET, SERVICE_KEY } from '../support/test-env.js';
import { TestSystem } from '../support/test-system.js';

const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const create = (body: object) => system.call('POST', '/v1/keys', body);

describe('what a key may do by its scopes:', () => {
  const secrets = new Map<string, string>();
  const SETS = [['read'], ['switch'], ['switch', 'act-as'], ['act-as'], ['operate'], ['audit'], ['admin']];
  beforeAll(async () => {
    for (const scopes of SETS) secrets.set(scopes.join('+'), await system.key(scopes));
  });
  const dry = { dryRun: true };
  const act: Record<string, object> = {
    'list-all': { action: 'list-all' },
    'get-for-use-case': { action: 'get-for-use-case', useCase: 'health' },
    validate: { action: 'validate', modelId: NOVA_LITE },
    'clear-cache': { action: 'clear-cache' },
    'switch a use case': { action: 'switch', modelId: NOVA_LITE, useCase: 'clinical', ...dry },
    'let a use case fall back': { action: 'fallback-switch', reason: 'x', useCase: 'clinical', ...dry },
    'switch for its owner': {
      action: 'switch',
      modelId: NOVA_LITE,
      conversationId: 'conv-123',
      userId: 'user-456',
      ...dry,
    },
    'switch for somebody else': {
      action: 'switch',
      modelId: NOVA_LITE,
      conversationId: 'conv-123',
      userId: 'user-457',
      ...dry,
    },
    'switch without a user': { action: 'switch', modelId: NOVA_LITE, conversationId: 'conv-123', ...dry },
    'switch a new conversation': { action: 'switch', modelId: NOVA_LITE, conversationId: 'conv-new', ...dry },
  };
  const read: Record<string, string> = {
    models: '/v1/models',
    'use cases': '/v1/use-cases',
    assistants: '/v1/assistants',
    switches: '/v1/switches',
    keys: '/v1/keys',
    'the model of a conversation': '/v1/conversations/conv-123/model',
    'its model for its owner': '/v1/conversations/conv-123/model?userId=user-456',
    'its model for somebody else': '/v1/conversations/conv-123/model?userId=user-457',
    'the history of a conversation': '/v1/conversations/conv-123/history',
  };
  /** Statuses by scope; a request that is not named here is a 403. */
  const ALLOWED: Record<string, Record<string, number>> = {
    read: {
      'list-all': 200,
      'get-for-use-case': 200,
      validate: 200,
      models: 200,
      'use cases': 200,
      assistants: 200,
      'the model of a conversation': 200,
      'its model for its owner': 200,
      'its model for somebody else': 404,
    },
    switch: {
      'switch without a user': 404,
      'switch a new conversation': 200,
      'the model of a conversation': 404,
      'the history of a conversation': 404,
    },
    'switch+act-as': {
      'switch for its owner': 200,
      'switch for somebody else': 404,
      'switch without a user': 200,
      'switch a new conversation': 200,
      'the model of a conversation': 200,
      'its model for its owner': 200,
      'its model for somebody else': 404,
      'the history of a conversation': 200,
    },
    'act-as': {},
    operate: {
      'list-all': 200,
      'get-for-use-case': 200,
      validate: 200,
      models: 200,
      'use cases': 200,
      assistants: 200,
      'clear-cache': 200,
      'switch a use case': 200,
      'let a use case fall back': 200,
    },
    audit: {
      switches: 200,
      'the model of a conversation': 200,
      'its model for its owner': 200,
      'its model for somebody else': 404,
      'the history of a conversation': 200,
    },
    admin: { keys: 200 },
  };

  it.each(SETS.map((scopes) => scopes.join('+')))('%s', async (scopes) => {
    const call = { token: secrets.get(scopes)! };
    const found: Record<string, number> = {};
    for (const [name, body] of Object.entries(act)) found[name] = (await system.act(body, call)).status;
    for (const [name, url] of Object.entries(read)) found[name] = (await system.get(url, call)).status;
    const refused = Object.fromEntries(Object.keys({ ...act, ...read }).map((name) => [name, 403]));
    expect(found).toEqual({ ...refused, ...ALLOWED[scopes] });
  });

  it('a key without act-as switches its own conversations, which a user never sees', async () => {
    const call = { token: secrets.get('switch')! };
    const own = { action: 'switch', modelId: NOVA_LITE, conversationId: 'own-of-key' };
    expect(await system.act(own, call)).toMatchObject({ status: 200 });
    expect(await system.get('/v1/conversations/own-of-key/model', call)).toMatchObject({ status: 200 });
    expect(await system.act({ ...own, userId: 'user-456' }, call)).toMatchObject({ status: 403 });
    const other = { token: await system.key(['switch'], 'another') };
    expect(await system.act(own, other)).toMatchObject({ status: 404 });
  });

  it('a key that may operate and act for users needs act-as to carry a name in a use-case switch', async () => {
    const body = {
      action: 'switch',
      modelId: NOVA_LITE,
      useCase: 'clinical',
      userId: 'user-456',
      dryRun: true,
    };
    expect(await system.act(body, { token: secrets.get('operate') })).toMatchObject({ status: 403 });
  });

  it('names the missing scope, and writes nothing', async () => {
    const before = await databaseContents(system.environment.owner);
    const token = secrets.get('audit')!;
    const { body } = await system.act({ action: 'clear-cache' }, { token });
    expect(body).toMatchObject({ code: 'forbidden', error: expect.stringContaining('operate') });
    expect(await databaseContents(system.environment.owner)).toEqual(before);
  });
});

describe('a key', () => {
  it('is shown once and stored as a hash only', async () => {
    const { status, body } = await create({ name: 'once', scopes: ['admin', 'read'] });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'once',
      scopes: ['read', 'admin'],
      createdBy: 'service:bootstrap',
      expiresAt: null,
      revokedAt: null,
    });
    expect(body.key).toMatch(/^bmo_[\w-]{43}$/);
    const { rows } = await system.environment.owner.query(
      'SELECT service_keys::text AS row FROM service_keys',
    );
    expect(rows.some(({ row }) => row.includes(body.key))).toBe(false);
    const list = await system.get('/v1/keys');
    expect(list.text).not.toContain(body.key);
    expect(list.body.items.map(({ id }: { id: string }) => id)).toContain(body.id);
    expect(list.body.items[0]).not.toHaveProperty('hash');
  });

  it('shows when it was last used', async () => {
    const { body } = await create({ name: 'used', scopes: ['read'] });
    const before = Date.now();
    await system.act({ action: 'list-all' }, { token: body.key });
    await eventually(async () => {
      const { body: page } = await system.get('/v1/keys');
      const key = page.items.find(({ id }: { id: string }) => id === body.id);
      expect(Date.parse(key.lastUsedAt)).toBeGreaterThanOrEqual(before);
    });
  });

  it('is refused as soon as it expires', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await create({ name: 'short', scopes: ['read'], expiresAt });
    const status = async () => (await system.act({ action: 'list-all' }, { token: body.key })).status;
    expect(await status()).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(expiresAt) });
    expect(await status().finally(() => vi.useRealTimers())).toBe(401);
  });

  // 1: nothing listens there.
  it.each([
    ['over Redis', {}],
    ['also without Redis', { REDIS_URL: 'redis://127.0.0.1:1' }],
  ])('is refused everywhere when it is revoked, for good, %s', async (_, settings) => {
    const other = await ApiInstance.start({ ...system.environment.variables, ...settings });
    const { body } = await create({ name: 'revoked', scopes: ['read'] });
    const here = async () => (await system.act({ action: 'list-all' }, { token: body.key })).status;
    const there = async () => (await other.act({ action: 'list-all' }, body.key)).status;
    expect([await here(), await there()]).toEqual([200, 200]);
    const revoked = await system.call('DELETE', `/v1/keys/${body.id}`);
    expect(revoked).toMatchObject({ status: 200, body: { id: body.id, revokedAt: expect.any(String) } });
    expect(await here()).toBe(401);
    await eventually(async () => expect(await there()).toBe(401));
    const again = await system.call('DELETE', `/v1/keys/${body.id}`);
    expect(again).toMatchObject({ status: 200, body: { revokedAt: revoked.body.revokedAt } });
    await other.close();
  });

  it('is replaced by a new one while its clients continue, and once only', async () => {
    const { body: old } = await create({ name: 'rotated', scopes: ['read', 'switch'] });
    const rotated = await system.call('POST', `/v1/keys/${old.id}/rotate`, { overlapSeconds: 3600 });
    expect(rotated).toMatchObject({
      status: 201,
      body: {
        ...{ name: 'rotated', scopes: ['read', 'switch'], expiresAt: null, replacedBy: null },
        replaced: { id: old.id, replacedBy: rotated.body.id, expiresAt: expect.any(String) },
      },
    });
    const left = Date.parse(rotated.body.replaced.expiresAt) - Date.now();
    expect(left).toBeGreaterThan(3_500_000);
    for (const token of [old.key, rotated.body.key])
      expect((await system.act({ action: 'list-all' }, { token })).status).toBe(200);
    const both = await Promise.all(
      [1, 2].map(() => system.call('POST', `/v1/keys/${rotated.body.id}/rotate`, {})),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const ended = await system.call('POST', `/v1/keys/${rotated.body.id}/rotate`, { overlapSeconds: 0 });
    expect(ended.body).toMatchObject({ status: 409, code: 'service_key_replaced' });
  });

  it('ends immediately when it is replaced without an overlap', async () => {
    const { body: old } = await create({ name: 'leaked', scopes: ['read'] });
    expect((await system.act({ action: 'list-all' }, { token: old.key })).status).toBe(200);
    await system.call('POST', `/v1/keys/${old.id}/rotate`, { overlapSeconds: 0 });
    expect((await system.act({ action: 'list-all' }, { token: old.key })).status).toBe(401);
  });

  it.each([{ overlapSeconds: -1 }, { overlapSeconds: 2_592_001 }, { expiresAt: '2020-01-01T00:00:00Z' }])(
    'is not replaced with %j',
    async (body) => {
      const id = '00000000-0000-4000-8000-000000000000';
      expect(await system.call('POST', `/v1/keys/${id}/rotate`, body)).toMatchObject({ status: 400 });
    },
  );

  it('that does not exist cannot be revoked', async () => {
    expect(await system.call('DELETE', '/v1/keys/00000000-0000-4000-8000-000000000000')).toMatchObject({
      status: 404,
    });
    expect(await system.call('DELETE', '/v1/keys/1')).toMatchObject({ status: 400 });
    expect(await system.call('DELETE', '/v1/keys/bootstrap')).toMatchObject({ status: 400 });
  });

  it('appears once when the keys are read page by page', async () => {
    const all = (await system.get('/v1/keys?limit=100')).body.items.map(({ id }: { id: string }) => id);
    const read: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await system.get(`/v1/keys?limit=3${cursor && `&cursor=${cursor}`}`);
      read.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    expect(all.length).toBeGreaterThan(6);
    expect(read).toEqual(all);
  });
});

it('takes a bootstrap key that is itself a JWT, and no other JWT of that role', async () => {
  const jwt = (issuer: string) =>
    new SignJWT({ role: 'service_role', iss: issuer })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setExpirationTime('10y')
      .sign(new TextEncoder().encode(JWT_SECRET));
  const bootstrap = await jwt('supabase');
  const supabase = await TestSystem.start({ overrides: { SUPABASE_SERVICE_KEY: bootstrap } });
  const status = async (token: string) => (await supabase.get('/v1/keys', { token })).status;
  expect(await status(bootstrap)).toBe(200);
  expect(await status(await jwt('supabase-demo'))).toBe(401);
  expect(await status(SERVICE_KEY)).toBe(401);
  await supabase.close();
});
