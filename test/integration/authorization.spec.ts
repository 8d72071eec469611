import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseContents } from '../support/database-contents.js';
import { JwksServer } from '../support/jwks-server.js';
import { JWT_ISSUER, SERVICE_KEY } from '../support/test-env.js';
import { TestSystem, userToken } from '../support/test-system.js';

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const CLAIMS = { sub: 'user-456', role: 'authenticated', aud: 'authenticated', iss: JWT_ISSUER };

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

describe('a user', () => {
  const as = (subject = 'user-456') => userToken(subject).then((token) => ({ token }));

  it.each(['list-all', 'get-for-use-case', 'validate'])('may read the catalogue with %s', async (action) => {
    const body = { action, useCase: 'clinical', modelId: NOVA_LITE };
    expect(await system.act(body, await as())).toMatchObject({ status: 200 });
  });

  it.each([
    '/v1/models',
    '/v1/use-cases',
    '/v1/assistants',
    '/v1/switches',
    '/v1/conversations/conv-123/model',
    '/v1/conversations/conv-123/history',
  ])('may read %s', async (url) => {
    expect(await system.get(url, await as())).toMatchObject({ status: 200 });
  });

  it.each<[string, object]>([
    ['pick a candidate', { action: 'switch', modelId: HAIKU }],
    ['name itself', { action: 'switch', modelId: HAIKU, userId: 'user-456' }],
    ['switch automatically', { action: 'auto-switch', useCase: 'clinical' }],
    ['report a failure', { action: 'fallback-switch', reason: 'Throttled' }],
  ])('may %s in its own conversation', async (_, body) => {
    const { status } = await system.act({ ...body, conversationId: 'conv-123', dryRun: true }, await as());
    expect(status).toBe(200);
  });

  it.each<[string, object, number, string]>([
    [
      'switch in a foreign conversation',
      { action: 'switch', modelId: HAIKU, conversationId: 'conv-124' },
      404,
      'conversation_not_found',
    ],
    [
      'move a foreign conversation',
      { action: 'auto-switch', useCase: 'health', conversationId: 'conv-124' },
      404,
      'conversation_not_found',
    ],
    [
      'let a foreign conversation fall back',
      { action: 'fallback-switch', reason: 'x', conversationId: 'conv-124' },
      404,
      'conversation_not_found',
    ],
    [
      'speak for somebody else',
      { action: 'switch', modelId: HAIKU, conversationId: 'conv-123', userId: 'user-457' },
      403,
      'forbidden',
    ],
    [
      'name the owner of a foreign conversation',
      { action: 'switch', modelId: HAIKU, conversationId: 'conv-124', userId: 'user-457' },
      403,
      'forbidden',
    ],
    [
      'pick what is no candidate',
      { action: 'switch', modelId: NOVA_LITE, conversationId: 'conv-123' },
      403,
      'model_not_a_candidate',
    ],
    [
      'pick what is no candidate by its foundation id',
      { action: 'switch', modelId: 'amazon.nova-lite-v1:0', conversationId: 'conv-123' },
      403,
      'model_not_a_candidate',
    ],
    ['switch a use case', { action: 'switch', modelId: HAIKU, useCase: 'clinical' }, 403, 'forbidden'],
    ['switch the primary use case of a model', { action: 'switch', modelId: HAIKU }, 403, 'forbidden'],
    ['switch a use case automatically', { action: 'auto-switch', useCase: 'operations' }, 403, 'forbidden'],
    ['let a use case fall back', { action: 'fallback-switch', reason: 'x' }, 403, 'forbidden'],
    ['clear the cache', { action: 'clear-cache' }, 403, 'forbidden'],
  ])('may not %s', async (_, body, status, code) => {
    const before = await databaseContents(system.environment.owner);
    expect(await system.act(body, await as())).toMatchObject({ status, body: { code, success: false } });
    expect(await databaseContents(system.environment.owner)).toEqual(before);
  });

  it.each([
    ['/v1/conversations/conv-124/model', 404],
    ['/v1/conversations/conv-124/history', 404],
    ['/v1/conversations/conv-123/model?userId=user-457', 403],
    ['/v1/switches?userId=user-457', 403],
    ['/v1/keys', 403],
  ])('may not read %s: %i', async (url, status) => {
    expect(await system.get(url, await as())).toMatchObject({ status });
  });

  it('cannot tell a foreign conversation from one that does not exist', async () => {
    const history = async (id: string) => {
      const { status, body } = await system.get(`/v1/conversations/${id}/history`, await as());
      return { status, code: body.code, detail: body.detail.replace(id, '…') };
    };
    expect(await history('conv-124')).toEqual(await history('conv-none'));
  });
});

describe('a token', () => {
  const secret = new TextEncoder().encode('another-secret-of-more-than-32-characters!!');
  const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;
  const rs256 = async () => {
    const { privateKey } = await generateKeyPair('RS256');
    return new SignJWT(CLAIMS).setProtectedHeader({ alg: 'RS256' }).setExpirationTime('1h').sign(privateKey);
  };
  const tampered = async () => {
    const [header, , signature] = (await userToken('user-456')).split('.');
    const payload = Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'user-457', exp: seconds(3600) }));
    return `${header}.${payload.toString('base64url')}.${signature}`;
  };

  it.each<[string, () => Promise<string>]>([
    ['that is expired', () => userToken('user-456', { exp: seconds(-1) })],
    ['that is not valid yet', () => userToken('user-456', { nbf: seconds(600) })],
    ['without a signature', async () => new UnsecuredJWT(CLAIMS).setExpirationTime('1h').encode()],
    ['signed with another secret', () => userToken('user-456', {}, 'x'.repeat(40))],
    [
      'signed with HS512',
      () => new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS512' }).setExpirationTime('1h').sign(secret),
    ],
    ['signed with RS256', rs256],
    ['whose subject was changed', tampered],
    ['for another audience', () => userToken('user-456', { aud: 'somebody-else' })],
    ['of another issuer', () => userToken('user-456', { iss: 'https://evil.example/auth/v1' })],
    ...['sub', 'role', 'aud', 'exp', 'iss'].map((claim): [string, () => Promise<string>] => [
      `without ${claim}`,
      () => userToken('user-456', { [claim]: undefined }),
    ]),
    ['with an empty subject', () => userToken('')],
    ['with a subject of 129 characters', () => userToken('x'.repeat(129))],
    ['with an empty role', () => userToken('user-456', { role: '' })],
    ['of the role anon', () => userToken('user-456', { role: 'anon' })],
    ['of the role service_role', () => userToken('user-456', { role: 'service_role' })],
    ['that is no token', async () => 'not-a-token'],
    ['that looks like a key of ours', async () => `bmo_${'x'.repeat(43)}`],
  ])('%s is a 401', async (_, token) => {
    const { status, headers, body } = await system.act({ action: 'list-all' }, { token: await token() });
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(body).toMatchObject({ success: false, code: 'unauthenticated' });
  });

  it.each<[string, Record<string, string>]>([
    ['none', {}],
    ['an empty one', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
  ])('that is missing (%s) is a 401, on every path', async (_, headers) => {
    const call = { token: null, headers };
    expect(await system.act({ action: 'list-all' }, call)).toMatchObject({ status: 401 });
    for (const url of ['/v1/models', '/v1/switches', '/v1/keys', '/v1/conversations/conv-123/model'])
      expect(await system.get(url, call)).toMatchObject({ status: 401 });
  });

  it.each(['/livez', '/readyz', '/docs', '/docs-json'])('is not needed for %s', async (url) => {
    expect(await system.get(url, { token: null })).toMatchObject({ status: 200 });
  });
});

describe('a key in the header apikey', () => {
  const list = async (headers: Record<string, string>) =>
    (await system.act({ action: 'list-all' }, { token: null, headers })).status;

  it('is as good as in Authorization, which counts before it', async () => {
    const key = await system.key(['read'], 'in-apikey');
    expect(await list({ apikey: key })).toBe(200);
    expect(await list({ apikey: SERVICE_KEY })).toBe(200);
    expect(await list({ apikey: 'an-anon-key', authorization: `Bearer ${key}` })).toBe(200);
    expect(await list({ apikey: key, authorization: 'Bearer nonsense' })).toBe(401);
    expect(await list({ apikey: key, authorization: 'Basic bm9uc2Vuc2U=' })).toBe(401);
    const path = '/v1/conversations/conv-123/model';
    const hot = { token: null, headers: { apikey: SERVICE_KEY } };
    expect([(await system.get(path, hot)).status, (await system.get(path, hot)).status]).toEqual([200, 200]);
  });

  it.each(['nonsense', '', 'two keys', 'x'.repeat(4_097)])('%j is refused', async (apikey) => {
    expect(await list({ apikey })).toBe(401);
  });
});

describe('with the key set of a project', () => {
  let keySet: JwksServer;
  let project: TestSystem;
  beforeAll(async () => {
    keySet = await JwksServer.start();
    project = await TestSystem.start({
      overrides: { SUPABASE_JWT_SECRET: '', SUPABASE_JWKS_URL: keySet.url },
    });
  });
  afterAll(async () => {
    await project.close();
    await keySet.close();
  });

  it('a token cannot be checked while the key set is not served, and can when it is', async () => {
    const call = { token: await keySet.token('user-456') };
    keySet.status = 503;
    const { status, headers, body } = await project.act({ action: 'list-all' }, call);
    keySet.status = 200;
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(body).toMatchObject({ success: false, code: 'key_set_unavailable' });
    expect(await project.act({ action: 'list-all' }, call)).toMatchObject({ status: 200 });
  });

  it('a token signed by the project is its user', async () => {
    const call = { token: await keySet.token('user-456') };
    expect(await project.get('/v1/conversations/conv-123/model', call)).toMatchObject({ status: 200 });
    expect(await project.get('/v1/conversations/conv-124/model', call)).toMatchObject({ status: 404 });
  });

  it('a token signed by somebody else, or with a shared secret, is a 401', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    for (const token of [await keySet.token('user-456', privateKey), await userToken('user-456')])
      expect(await project.act({ action: 'list-all' }, { token })).toMatchObject({ status: 401 });
  });
});

it('answers 503 with Retry-After while nobody listens where the key set should be', async () => {
  const keySet = await JwksServer.start();
  const token = await keySet.token('user-456');
  const { url } = keySet;
  await keySet.close();
  const project = await TestSystem.start({ overrides: { SUPABASE_JWT_SECRET: '', SUPABASE_JWKS_URL: url } });
  const { status, headers } = await project.act({ action: 'list-all' }, { token });
  const withKey = await project.act({ action: 'list-all' });
  await project.close();
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(withKey.status).toBe(200);
});
