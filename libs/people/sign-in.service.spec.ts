import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.js';
import { LOGOUT_EVENTS, OidcIssuer } from '../../test/support/oidc-issuer.js';
import { personId } from '../platform/auth/person.js';
import { OidcIssuers } from './oidc-issuers.service.js';
import type { RevokedSessions } from './revoked-sessions.service.js';
import { SignInService } from './sign-in.service.js';

const clock = new FakeClock();
const now = clock.millis() / 1000;

let issuer: OidcIssuer;
let revoked: unknown[][];
let service: SignInService;
beforeAll(async () => {
  issuer = await OidcIssuer.start();
});
beforeEach(() => {
  revoked = [];
  const sessions = { revoke: async (...revocation: unknown[]) => void revoked.push(revocation) };
  const settings = {
    issuer: issuer.issuer,
    name: 'I',
    clientId: 'web',
    cliClientId: 'cli',
    groupsClaim: 'g',
    scope: '',
  };
  const issuers = new OidcIssuers({ OIDC_ISSUERS: [settings] }, clock);
  service = new SignInService(issuers, sessions as Partial<RevokedSessions> as RevokedSessions);
});
afterAll(() => issuer.close());

const logOut = async (claims: Record<string, unknown>) =>
  service.logOut(
    await issuer.token({ aud: 'web', iat: now - 5, jti: 'one', events: LOGOUT_EVENTS, ...claims }),
  );

it.each([
  ['a person', { sub: 'ada' }, 'ada', null],
  ['a session of a person', { sub: 'ada', sid: 's1' }, 'ada', 's1'],
  ['a session', { sid: 's1' }, '*', 's1'],
  ['a person at the command line', { sub: 'ada', aud: 'cli' }, 'ada', null],
])(
  'a logout token ends the sessions of %s, by the clock of the issuer',
  async (_, claims, subject, session) => {
    await logOut(claims);
    expect(revoked).toEqual([[personId(issuer.issuer, subject), session, new Date((now - 5) * 1000)]]);
  },
);

it.each([
  ['names neither subject nor session', {}],
  ['has an empty subject', { sub: '' }],
  ['has a subject that is no id', { sub: 'a\nb', sid: 's1' }],
  ['has a session that is no text', { sub: 'ada', sid: 7 }],
  ['has a session that is empty', { sid: '' }],
  ['has a session that is too long', { sid: 's'.repeat(256) }],
  ['has a nonce, as ID tokens have', { sub: 'ada', nonce: 'n' }],
  ['is for another client', { sub: 'ada', aud: 'other' }],
  ['is for no client', { sub: 'ada', aud: undefined }],
  ['is of another issuer', { sub: 'ada', iss: 'https://elsewhere.example' }],
  ['is an ID token', { sub: 'ada', events: undefined }],
  ['is of another event', { sub: 'ada', events: { 'https://example.com/other': {} } }],
  ['has events that are none', { sub: 'ada', events: 'backchannel-logout' }],
  ['is older than 5 minutes and the tolerance', { sub: 'ada', iat: now - 361 }],
  ['is from the future', { sub: 'ada', iat: now + 61 }],
  ['says no time', { sub: 'ada', iat: undefined }],
])('a logout token that %s ends nothing', async (_, claims) => {
  await expect(logOut(claims)).rejects.toMatchObject({ kind: 'unauthenticated' });
  expect(revoked).toEqual([]);
});
