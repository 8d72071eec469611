import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OidcIssuers } from '#libs/people/oidc-issuers.service.js';
import { SignInService } from '#libs/people/sign-in.service.js';
import { CLIENT_ID, IdentityProvider } from '../../apps/identity-provider/src/identity-provider.js';
import { ApiInstance } from '../support/api-instance.js';
import { eventually } from '../support/eventually.js';
import { IssuerBrowser } from '../support/issuer-browser.js';
import { TestSystem, userToken } from '../support/test-system.js';

const CALLBACK = 'http://orchestrator.test/v1/session/callback';
const ROLES = { 'ml-ops': ['read', 'operate'] };
const people = [
  { id: 'ada', name: 'Ada', groups: ['ml-ops'] },
  { id: 'ben', name: 'Ben', groups: ['ml-ops'] },
];

let front: Server;
let issuer: IdentityProvider;
let system: TestSystem;
let other: ApiInstance;
/** Logout tokens that the issuer has sent, as forms. */
const sent: string[] = [];

beforeAll(async () => {
  // The issuer needs an address of the api before the api knows that of the issuer.
  front = createServer(async (request, response) => {
    const form = await text(request);
    sent.push(form);
    response.writeHead((await logOut(form)).status).end();
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const logoutUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}/`;
  issuer = await IdentityProvider.start([CALLBACK], { people, logoutUrl });
  system = await TestSystem.start({
    overrides: {
      OIDC_ISSUERS: JSON.stringify([{ issuer: issuer.issuer, name: 'MedZen', clientId: CLIENT_ID }]),
      OIDC_ROLES: JSON.stringify(ROLES),
    },
  });
  other = await ApiInstance.start(system.environment.variables);
});
afterAll(async () => {
  await other?.close();
  await system?.close();
  await issuer?.close();
  front?.close();
});

const logOut = (form: string) =>
  system.call('POST', '/v1/session/backchannel-logout', form, {
    token: null,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const service = () => system.api.get(SignInService, { strict: false });
const issuerId = () => system.api.get(OidcIssuers, { strict: false }).list()[0]!.id;

/** Begins a sign-in and lets the person do its part at the issuer. */
async function answered(browser: IssuerBrowser, person: string) {
  const { url, pending } = await service().begin(issuerId(), CALLBACK);
  const back = await browser.follow(url.href, { person, until: CALLBACK });
  return { pending, answer: new URL(back.url) };
}
async function signIn(browser: IssuerBrowser, person: string): Promise<string> {
  const { pending, answer } = await answered(browser, person);
  return service().complete(pending, answer);
}
const statuses = async (token: string) =>
  Promise.all([system, other].map(async (api) => (await sessionAt(api, token)).status));
const sessionAt = (api: TestSystem | ApiInstance, token: string) =>
  api instanceof TestSystem ? api.get('/v1/session', { token }) : api.get('/v1/session', token);

describe('a logout at the issuer', () => {
  it('ends the session on every instance, and no session of others or of later', async () => {
    const [browser, second] = [new IssuerBrowser(), new IssuerBrowser()];
    const [token, elsewhere, ben] = [
      await signIn(browser, 'ada'),
      await signIn(second, 'ada'),
      await signIn(new IssuerBrowser(), 'ben'),
    ];
    for (const each of [token, elsewhere, ben]) expect(await statuses(each)).toEqual([200, 200]);
    await browser.signOut(issuer.issuer);
    await eventually(async () => expect(await statuses(token)).toEqual([401, 401]));
    expect(sent).toHaveLength(1);
    for (const each of [elsewhere, ben]) expect(await statuses(each)).toEqual([200, 200]);
    // The same logout token once more.
    const later = await signIn(browser, 'ada');
    expect((await logOut(sent[0]!)).status).toBe(200);
    await eventually(async () => expect(await statuses(token)).toEqual([401, 401]));
    for (const each of [later, elsewhere, ben]) expect(await statuses(each)).toEqual([200, 200]);
  });

  it('is no sign-in: its token opens nothing', async () => {
    const browser = new IssuerBrowser();
    await signIn(browser, 'ada');
    await browser.signOut(issuer.issuer);
    await eventually(() => expect(sent.length).toBeGreaterThan(0));
    const token = new URLSearchParams(sent.at(-1)).get('logout_token')!;
    expect(await statuses(token)).toEqual([401, 401]);
  });
});

describe('an answer of the issuer', () => {
  it.each(['state', 'nonce', 'verifier'] as const)(
    'with another %s than was sent is refused',
    async (part) => {
      const { pending, answer } = await answered(new IssuerBrowser(), 'ada');
      const changed = { ...pending, [part]: 'another-one-that-has-at-least-43-characters-in-it' };
      await expect(service().complete(changed, answer)).rejects.toMatchObject({ kind: 'unauthenticated' });
    },
  );

  it('is used once', async () => {
    const { pending, answer } = await answered(new IssuerBrowser(), 'ada');
    await service().complete(pending, answer);
    await expect(service().complete(pending, answer)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });
});

it('a group that is removed is a right that ends with the next sign-in', async () => {
  const browser = new IssuerBrowser();
  const before = await signIn(browser, 'ben');
  expect((await system.get('/v1/session', { token: before })).body.scopes).toEqual(['read', 'operate']);
  people[1]!.groups = [];
  const after = await signIn(browser, 'ben');
  expect((await system.get('/v1/session', { token: after })).body).toMatchObject({ scopes: [], groups: [] });
  expect((await system.get('/v1/overview', { token: after })).status).toBe(403);
});

it('a session of Supabase Auth ends alone, for good, and for every token of it', async () => {
  const inSession = (id: string, claims = {}) =>
    userToken('dora', {
      app_metadata: { orchestrator_roles: ['ml-ops'] },
      session_id: id,
      aal: 'aal2',
      amr: [
        { method: 'totp', timestamp: 1_764_550_800 },
        { method: 'password', timestamp: 1_764_547_200 },
      ],
      ...claims,
    });
  const [token, elsewhere] = [await inSession('s1'), await inSession('s2')];
  const { body } = await system.get('/v1/session', { token });
  expect(body).toMatchObject({ kind: 'person', authenticatedAt: '2025-12-01T01:00:00.000Z' });
  const revoke = { person: body.actor, sessionId: 's1' };
  expect((await system.call('POST', '/v1/sessions/revoke', revoke)).status).toBe(204);
  await eventually(async () => expect(await statuses(token)).toEqual([401, 401]));
  const refreshed = await inSession('s1', { iat: Math.floor(Date.now() / 1000) + 5 });
  expect(await statuses(refreshed)).toEqual([401, 401]);
  expect(await statuses(elsewhere)).toEqual([200, 200]);
});
