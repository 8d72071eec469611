import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiInstance } from '../support/api-instance.js';
import { StreamReader } from '../support/stream-reader.js';
import { JWT_SECRET, SERVICE_KEY } from '../support/test-env.js';
import { type Answer, TestSystem, userToken } from '../support/test-system.js';

const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };
let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const open = (credential: string, headers: Record<string, string> = {}) =>
  system.call('POST', '/v1/session', { credential }, { token: null, headers });
const cookieOf = ({ headers }: Answer): string => String(headers['set-cookie']).split(';')[0]!;
const signedIn = async (credential: string) => cookieOf(await open(credential));
const withCookie = (cookie: string, headers: Record<string, string> = {}) => ({
  token: null,
  headers: { cookie, ...headers },
});
const SWITCH = { action: 'switch', modelId: 'eu.amazon.nova-lite-v1:0', useCase: 'health', dryRun: true };

describe('signing in', () => {
  it('exchanges a service key for a cookie that says nothing and that no script can read', async () => {
    const answer = await open(SERVICE_KEY);
    expect(answer.body).toMatchObject({ actor: 'service:bootstrap', kind: 'service' });
    expect(answer.body.scopes).toContain('operate');
    expect(answer.body.environment).toEqual({ name: 'test', colour: 'gray' });
    const header = String(answer.headers['set-cookie']);
    expect(header).toMatch(/^session=[\w.-]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    for (const part of cookieOf(answer).split('.'))
      expect(Buffer.from(part, 'base64url').toString()).not.toContain(SERVICE_KEY);
    const me = await system.get('/v1/session', withCookie(cookieOf(answer)));
    expect(me.body).toMatchObject({ actor: 'service:bootstrap', expiresAt: answer.body.expiresAt });
  });

  it('over https the cookie is sent over https only, and is that host’s alone', async () => {
    const answer = await open(SERVICE_KEY, {
      origin: 'https://localhost:80',
      'sec-fetch-site': 'same-origin',
    });
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-session=.*; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect((await system.get('/v1/session', withCookie(cookieOf(answer)))).status).toBe(200);
  });

  it('a user’s session ends with the access token, and has a user’s rights', async () => {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const answer = await open(await userToken('user-456', { exp }));
    expect(answer.body).toMatchObject({ actor: 'user:user-456', kind: 'user', scopes: [] });
    expect(Date.parse(answer.body.expiresAt)).toBe(exp * 1000);
    expect(Number(/Max-Age=(\d+)/.exec(String(answer.headers['set-cookie']))![1])).toBeLessThanOrEqual(600);
    const cookie = cookieOf(answer);
    expect((await system.get('/v1/conversations/conv-123/model', withCookie(cookie))).status).toBe(200);
    expect((await system.get('/v1/conversations/conv-300/model', withCookie(cookie))).status).toBe(404);
  });

  it.each(['nonsense', 'bmo_nobody', ''])(
    '%j is refused, and no cookie comes with that',
    async (credential) => {
      const answer = await open(credential);
      expect(answer.status).toBe(credential === '' ? 400 : 401);
      expect(answer.headers).not.toHaveProperty('set-cookie');
    },
  );

  it('signing out makes the browser forget it under either name', async () => {
    const { status, headers } = await system.call('DELETE', '/v1/session', undefined, { token: null });
    expect(status).toBe(204);
    expect(headers['set-cookie']).toEqual([
      '__Host-session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict',
      'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
    ]);
  });
});

describe('a session', () => {
  it('is good on every instance, and nowhere that has another secret', async () => {
    const cookie = await signedIn(SERVICE_KEY);
    const statusAt = async (changes: Record<string, string>) => {
      const other = await ApiInstance.start({ ...system.environment.variables, ...changes });
      const { status } = await other.getWith('/v1/session', { cookie });
      await other.close();
      return status;
    };
    expect(await statusAt({})).toBe(200);
    expect(await statusAt({ SESSION_SECRET: 'another-secret-of-more-than-32-characters' })).toBe(401);
  });

  it('ends when its key is revoked, and so does the stream that it has opened', async () => {
    await system.api.listen(0, '127.0.0.1');
    const { body } = await system.call('POST', '/v1/keys', { name: 'console', scopes: ['read'] });
    const cookie = await signedIn(body.key);
    const reader = await StreamReader.open(await system.api.getUrl(), { cookie });
    expect(reader.response.status).toBe(200);
    await system.call('DELETE', `/v1/keys/${body.id}`);
    const { status, body: problem } = await system.get('/v1/session', withCookie(cookie));
    expect([status, problem.code]).toEqual([401, 'unauthenticated']);
    await reader.until(() => expect(reader.hasEnded).toBe(true));
  });

  it('that was changed anywhere, or made with another key, is none', async () => {
    const cookie = await signedIn(SERVICE_KEY);
    const middle = Math.floor(cookie.length / 2);
    const changed = cookie.slice(0, middle) + (cookie[middle] === 'A' ? 'B' : 'A') + cookie.slice(middle + 1);
    const forged = `session=${await userToken('user-456', {}, JWT_SECRET)}`;
    for (const bad of [changed, forged, 'session=x', `session=${SERVICE_KEY}`]) {
      const { status, body } = await system.get('/v1/session', withCookie(bad));
      expect([bad, status]).toEqual([bad, 401]);
      expect(body.detail).toBe('Your session has ended: sign in again');
    }
  });

  it('counts for nothing beside a token that is sent, good or bad', async () => {
    const cookie = await signedIn(SERVICE_KEY);
    const headers = { cookie };
    expect((await system.get('/v1/session', { token: 'nonsense', headers })).status).toBe(401);
    const token = await userToken('user-456');
    expect((await system.get('/v1/session', { token, headers })).body.actor).toBe('user:user-456');
  });
});

it('over https a plain cookie, which another host of the domain may have set, signs nobody in', async () => {
  const plain = await signedIn(SERVICE_KEY);
  const headers = { host: 'localhost:80', origin: 'https://localhost:80' };
  expect((await system.get('/v1/session', withCookie(plain, headers))).status).toBe(401);
  expect((await system.get('/v1/session', withCookie(`__Host-${plain}`, headers))).status).toBe(200);
});

describe('what pages of others make a browser send', () => {
  it.each([
    ['a page of ours', OWN_PAGE, 200],
    ['a page of ours, by its origin alone', { origin: 'http://localhost:80' }, 200],
    ['a page of another host', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['a page of a neighbouring host', { 'sec-fetch-site': 'same-site' }, 403],
    ['a page of another host, in an old browser', { origin: 'https://evil.example' }, 403],
    ['nobody says who', {}, 403],
  ])('%s: a write with the cookie is answered %j %i', async (_, headers, status) => {
    const cookie = await signedIn(SERVICE_KEY);
    const host = { host: 'localhost:80' };
    const answer = await system.act(
      SWITCH,
      withCookie(cookie, { ...host, ...headers } as Record<string, string>),
    );
    expect(answer.status).toBe(status);
  });

  it('nobody is signed in or out by another page', async () => {
    const elsewhere = { 'sec-fetch-site': 'cross-site' };
    expect((await open(SERVICE_KEY, elsewhere)).status).toBe(403);
    const out = await system.call('DELETE', '/v1/session', undefined, { token: null, headers: elsewhere });
    expect(out.status).toBe(403);
  });

  it('reading needs no such proof: other pages cannot see the answer', async () => {
    const cookie = await signedIn(SERVICE_KEY);
    const { status, headers } = await system.get(
      '/v1/models',
      withCookie(cookie, { origin: 'https://evil.example' }),
    );
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('the console', () => {
  it('is one page at every address, under a policy that names each style element by a number used once', async () => {
    const page = await system.get('/console', { token: null });
    const deep = await system.get('/console/use-cases/clinical', { token: null });
    const policies = [page, deep].map(({ headers }) => String(headers['content-security-policy']));
    const nonces = policies.map((policy) => /style-src 'self' 'nonce-([^']+)'/.exec(policy)![1]!);
    expect(nonces[0]).not.toBe(nonces[1]);
    for (const [n, { text }] of [page, deep].entries()) expect(text).toContain(`nonce="${nonces[n]}"`);
    for (const policy of policies) expect(policy).not.toMatch(/unsafe|\*|data:.*script|https?:/);
    expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page.headers['cache-control']).toBe('no-store');
  });

  it('its files are kept for good, come compressed, and are not there under a wrong name', async () => {
    const { text } = await system.get('/console', { token: null });
    const script = /src="([^"]+\.js)"/.exec(text)![1]!;
    const { status, headers } = await system.get(script, {
      token: null,
      headers: { 'accept-encoding': 'gzip' },
    });
    expect([status, headers['content-encoding']]).toEqual([200, 'gzip']);
    expect(headers['cache-control']).toContain('immutable');
    expect((await system.get('/console/assets/nothing.js', { token: null })).status).toBe(404);
    const escaped = await system.get('/console/assets/..%2f..%2f..%2fpackage.json', { token: null });
    expect(escaped.text).not.toContain('bedrock-model-orchestrator"');
  });
});
