import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../test/support/eventually.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { LOGOUT_EVENTS, OidcIssuer } from '../../test/support/oidc-issuer.js';
import { type Env, loadEnv } from '../platform/config/env.js';
import { OidcIssuers } from './oidc-issuers.service.js';
import { PersonVerifier } from './person-verifier.service.js';

const ROLES = { '/medzen/ml-ops': ['read', 'operate'], auditor: ['audit'] };
const REFUSED = { kind: 'unauthenticated' };
const clock = new FakeClock();
const seconds = (from: number) => Math.floor(clock.millis() / 1000) + from;

let keycloak: OidcIssuer;
beforeAll(async () => {
  keycloak = await OidcIssuer.start();
});
afterAll(() => keycloak.close());

function verifierOf(settings: object = {}): PersonVerifier {
  const env: Env = loadEnv({
    DATABASE_URL: 'postgres://localhost/test',
    REDIS_URL: 'redis://localhost',
    OIDC_ISSUERS: JSON.stringify([{ issuer: keycloak.issuer, clientId: 'orchestrator', ...settings }]),
    OIDC_ROLES: JSON.stringify(ROLES),
  });
  return new PersonVerifier(env, new OidcIssuers(env, clock), clock);
}

/** An ID token as Keycloak makes them, with the mappers for groups and for roles of the realm. */
const token = (claims: Record<string, unknown> = {}) =>
  keycloak.token({
    exp: seconds(300),
    iat: seconds(0),
    auth_time: seconds(-10),
    jti: '5f0c0f6e-0a0a-4a6e-9a51-7b0a4a1f3a11',
    aud: 'orchestrator',
    sub: '3c2f8c1e-5f0f-4e7c-a7b4-2b8b4f6f2a10',
    typ: 'ID',
    azp: 'orchestrator',
    sid: '0b8a7c55-4a60-4d8a-9d57-6f8f3c2f1e00',
    acr: '1',
    email_verified: true,
    preferred_username: 'ada',
    groups: ['/medzen/ml-ops', '/medzen/others'],
    realm_access: { roles: ['offline_access', 'auditor'] },
    'https://medzen.example/roles': ['auditor'],
    ...claims,
  });

const scopesOf = async (verifier: PersonVerifier, idToken: string) => {
  const owner = await verifier.ownerOf(idToken);
  return owner?.principal.kind === 'person' ? [...owner.principal.scopes] : undefined;
};

describe('a token of Keycloak', () => {
  it.each<[string | undefined, string[]]>([
    [undefined, ['read', 'operate']],
    ['realm_access.roles', ['audit']],
    ['https://medzen.example/roles', ['audit']],
    ['resource_access.orchestrator.roles', []],
  ])('has the roles that the claim %s names', async (groupsClaim, scopes) => {
    expect(await scopesOf(verifierOf({ groupsClaim }), await token())).toEqual(scopes);
  });

  it('says who it is, in which session, and when the person signed in', async () => {
    expect(await verifierOf().ownerOf(await token())).toMatchObject({
      principal: {
        id: expect.stringMatching(/^[\da-f]{8}:3c2f8c1e-/),
        authenticatedAt: new Date(seconds(-10) * 1000),
      },
      sessionId: '0b8a7c55-4a60-4d8a-9d57-6f8f3c2f1e00',
    });
  });

  it('is good after the issuer has changed its keys, and one of the old key is not', async () => {
    const verifier = verifierOf();
    const old = await token();
    await verifier.ownerOf(old);
    await keycloak.rotate();
    const current = await token({ jti: 'after' });
    // The key set is read again at most once a second.
    await eventually(async () => expect(await scopesOf(verifier, current)).toEqual(['read', 'operate']));
    await expect(verifierOf().ownerOf(old)).rejects.toMatchObject(REFUSED);
  });
});

describe('the clock of an issuer', () => {
  it.each([
    ['expired', { exp: -59 }, { exp: -61 }],
    ['begins', { nbf: 59 }, { nbf: 61 }],
  ])('may differ by 60 s from ours where a token %s', async (_, good, bad) => {
    const at = (claims: Record<string, number>) =>
      token(Object.fromEntries(Object.entries(claims).map(([name, from]) => [name, seconds(from)])));
    expect(await scopesOf(verifierOf(), await at(good as never))).toEqual(['read', 'operate']);
    await expect(verifierOf().ownerOf(await at(bad as never))).rejects.toMatchObject(REFUSED);
  });
});

describe('the client of a token', () => {
  it.each<[string, object, string | string[], boolean]>([
    ['is ours', {}, 'orchestrator', true],
    ['is ours and another', {}, ['account', 'orchestrator'], true],
    ['is another', {}, 'account', false],
    ['is the command line', { cliClientId: 'cli' }, 'cli', true],
    ['is no command line of ours', {}, 'cli', false],
    ['is missing', {}, [], false],
  ])('%s', async (_, settings, aud, accepted) => {
    const owner = verifierOf(settings).ownerOf(await token({ aud }));
    if (accepted) expect(await owner).toBeDefined();
    else await expect(owner).rejects.toMatchObject(REFUSED);
  });

  it('is named to the command line unless it has a secret', () => {
    const listed = (settings: object) => {
      const env = {
        OIDC_ISSUERS: [
          {
            issuer: 'https://i',
            name: 'I',
            clientId: 'web',
            groupsClaim: 'g',
            scope: 'profile',
            ...settings,
          },
        ],
      };
      return new OidcIssuers(env, clock).list()[0];
    };
    expect(listed({})).toMatchObject({ cliClientId: 'web', issuer: 'https://i', scope: 'openid profile' });
    expect(listed({ clientSecret: 's' })).toMatchObject({ cliClientId: null });
    expect(listed({ clientSecret: 's', cliClientId: 'cli' })).toMatchObject({ cliClientId: 'cli' });
  });
});

it('is no logout token, though the issuer signs both for the same client', async () => {
  await expect(verifierOf().ownerOf(await token({ events: LOGOUT_EVENTS }))).rejects.toMatchObject(REFUSED);
});

it('is of a configured issuer', async () => {
  expect(await verifierOf().ownerOf(await token({ iss: 'https://elsewhere.example' }))).toBeUndefined();
});
