import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_ID, IdentityProvider } from '../../apps/identity-provider/src/identity-provider.js';
import { eventually } from '../support/eventually.js';
import { TestSystem, userToken } from '../support/test-system.js';

const HOST = 'orchestrator.test';
const CALLBACK = `http://${HOST}/v1/session/callback`;
const ROLES = { 'ml-ops': ['read', 'operate'], auditors: ['audit'] };

const PEOPLE = [
  { id: 'ada', name: 'Ada', groups: ['ml-ops'] },
  { id: 'ben', name: 'Ben', groups: ['clinical-leads'] },
  { id: 'cleo', name: 'Cleo', groups: ['auditors'] },
  { id: 'max', name: 'Max', groups: Array.from({ length: 100 }, (_, n) => `a-group-of-many-${n}`) },
  { id: 'x'.repeat(128), name: 'Longest', groups: ['ml-ops'] },
  { id: 'x'.repeat(129), name: 'Longer', groups: ['ml-ops'] },
];

let issuer: IdentityProvider;
let system: TestSystem;

beforeAll(async () => {
  issuer = await IdentityProvider.start([CALLBACK], { people: PEOPLE });
  const issuers = [{ issuer: issuer.issuer, name: 'MedZen', clientId: CLIENT_ID }];
  system = await TestSystem.start({
    overrides: { OIDC_ISSUERS: JSON.stringify(issuers), OIDC_ROLES: JSON.stringify(ROLES) },
  });
});
afterAll(async () => {
  await system?.close();
  await issuer?.close();
});

const cookiesOf = (headers: Record<string, unknown>): string[] =>
  [headers['set-cookie'] ?? []].flat().map((cookie) => String(cookie).split(';')[0]!);

/** A browser that keeps the cookies of each host. */
class Browser {
  private readonly jar = new Map<string, Map<string, string>>();

  /** Asks our api. */
  async ours(url: string): Promise<{ status: number; location: string; body: unknown }> {
    const answer = await system.call('GET', url, undefined, {
      token: null,
      headers: { host: HOST, cookie: this.cookies(HOST), 'sec-fetch-site': 'same-origin' },
    });
    this.keep(HOST, cookiesOf(answer.headers));
    return { status: answer.status, location: String(answer.headers.location ?? ''), body: answer.body };
  }

  /** Signs in at the issuer as a person. @returns the address of ours that it sends back to */
  async signInAt(url: string, person: string): Promise<string> {
    let next = url;
    while (!next.startsWith(CALLBACK)) {
      const { host, pathname } = new URL(next);
      const target = /^\/interaction\/[\w-]+$/.test(pathname) ? `${next}/${person}` : next;
      const answer = await fetch(target, { redirect: 'manual', headers: { cookie: this.cookies(host) } });
      this.keep(
        host,
        answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!),
      );
      const location = answer.headers.get('location');
      if (!location) throw new Error(`${target} answered ${answer.status}: ${await answer.text()}`);
      next = new URL(location, target).href;
    }
    return next.slice(`http://${HOST}`.length);
  }

  async signIn(person: string): Promise<string> {
    const begun = await this.ours(`${await begin(this)}?returnTo=%2Fconsole%2Fmodels`);
    const back = await this.signInAt(begun.location, person);
    const { location } = await this.ours(back);
    expect(location).toBe('/console/models');
    return back;
  }

  cookies(host: string): string {
    return [...(this.jar.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keep(host: string, cookies: string[]): void {
    const known = this.jar.get(host) ?? new Map<string, string>();
    for (const cookie of cookies) {
      const at = cookie.indexOf('=');
      known.set(cookie.slice(0, at), cookie.slice(at + 1));
    }
    this.jar.set(host, known);
  }
}

/** Address at which a sign-in begins. */
async function begin(browser: Browser): Promise<string> {
  const { body } = await browser.ours('/v1/session/issuers');
  return `/v1/session/sign-in/${(body as { items: { id: string }[] }).items[0]!.id}`;
}
const sessionIn = async (browser: Browser) => (await browser.ours('/v1/session')).body;

describe('a sign-in by OpenID Connect', () => {
  it('opens a session with the scopes of the groups, under the name of audit rows', async () => {
    const browser = new Browser();
    await browser.signIn('ada');
    expect(await sessionIn(browser)).toMatchObject({
      actor: expect.stringMatching(/^person:[\da-f]{8}:ada$/),
      kind: 'person',
      scopes: ['read', 'operate'],
    });
  });

  it('gives nobody a right whose groups have none', async () => {
    const browser = new Browser();
    await browser.signIn('ben');
    expect(await sessionIn(browser)).toMatchObject({ kind: 'person', scopes: [] });
    expect((await browser.ours('/v1/switches')).status).toBe(403);
  });

  it('is of the browser that has begun it, and works once', async () => {
    const browser = new Browser();
    const back = await browser.signIn('ada');
    const thief = new Browser();
    for (const each of [browser, thief])
      expect((await each.ours(back)).location).toBe('/console/?sign-in=failed');
    expect(await sessionIn(thief)).toMatchObject({ status: 401 });
  });

  it('fails where the issuer answers another sign-in', async () => {
    const [one, other] = [new Browser(), new Browser()];
    const address = await begin(one);
    await one.ours(address);
    const back = await other.signInAt((await other.ours(address)).location, 'ada');
    expect((await one.ours(back)).location).toBe('/console/?sign-in=failed');
    expect((await other.ours(back)).location).toBe('/console');
  });

  it.each([
    ['whose token a cookie cannot hold', 'max', 'too-large'],
    ['whose id is longer than audit rows take', 'x'.repeat(129), 'failed'],
  ])('says that it failed to a person %s', async (_, person, reason) => {
    const browser = new Browser();
    const back = await browser.signInAt((await browser.ours(await begin(browser))).location, person);
    expect((await browser.ours(back)).location).toBe(`/console/?sign-in=${reason}`);
    expect(await sessionIn(browser)).toMatchObject({ status: 401 });
  });

  it('returns to pages of the console only', async () => {
    const browser = new Browser();
    const address = await begin(browser);
    for (const elsewhere of ['https://evil.example/', '//evil.example', '/console.evil', '/docs'])
      expect((await browser.ours(`${address}?returnTo=${encodeURIComponent(elsewhere)}`)).status).toBe(400);
  });
});

describe('a session of a person', () => {
  it('ends on every instance when it is revoked, and a new one opens', async () => {
    const browser = new Browser();
    await browser.signIn('cleo');
    const { actor } = (await sessionIn(browser)) as { actor: string };
    expect((await system.call('POST', '/v1/sessions/revoke', { person: actor })).status).toBe(204);
    await eventually(async () => expect(await sessionIn(browser)).toMatchObject({ status: 401 }));
    expect((await system.call('POST', '/v1/sessions/revoke', { person: 'service:x' })).status).toBe(400);
  });

  it('ends for the longest id there is', async () => {
    const browser = new Browser();
    await browser.signIn('x'.repeat(128));
    const { actor } = (await sessionIn(browser)) as { actor: string };
    expect((await system.call('POST', '/v1/sessions/revoke', { person: actor })).status).toBe(204);
    await eventually(async () => expect(await sessionIn(browser)).toMatchObject({ status: 401 }));
  });

  it('refuses a logout token that is none', async () => {
    const forged = await new SignJWT({ events: {} })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer.issuer)
      .setSubject('ada')
      .sign(new TextEncoder().encode('a-secret-that-is-not-the-issuers-at-all'));
    for (const token of [forged, 'nonsense']) {
      const { status } = await system.call(
        'POST',
        '/v1/session/backchannel-logout',
        `logout_token=${token}`,
        {
          token: null,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        },
      );
      expect(status).toBe(401);
    }
  });
});

describe('a token of Supabase with roles', () => {
  const roles = (...names: string[]) => ({ app_metadata: { orchestrator_roles: names } });

  it('is that of a person, who switches use cases', async () => {
    const token = await userToken('dora', roles('ml-ops'));
    const { body, status } = await system.call(
      'POST',
      '/orchestrate',
      { action: 'switch', useCase: 'platform', modelId: 'eu.amazon.nova-pro-v1:0', reason: 'A person' },
      { token },
    );
    expect([status, body.success]).toEqual([200, true]);
    const { body: list } = await system.get('/v1/switches?limit=1');
    expect(list.items[0]).toMatchObject({ actor: expect.stringMatching(/^person:[\da-f]{8}:dora$/) });
  });

  it('has no webhooks, because they belong to keys, and says so', async () => {
    const token = await userToken('dora', roles('ml-ops'));
    const { status, body } = await system.get('/v1/webhooks', { token });
    expect([status, body.detail]).toEqual([403, expect.stringContaining('Webhooks belong to service keys')]);
  });

  it('is that of a user without them', async () => {
    const { body } = await system.get('/v1/session', { token: await userToken('dora', roles()) });
    expect(body).toMatchObject({ actor: 'user:dora', kind: 'user' });
  });
});
