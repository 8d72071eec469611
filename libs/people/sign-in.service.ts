import { Injectable } from '@nestjs/common';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { anyoneAt, isSubject, personId } from '#libs/platform/auth/person.js';
import { UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { OidcIssuers, scopeOf } from './oidc-issuers.service.js';
import { IssuerNotFoundError } from './people.errors.js';
import { RevokedSessions } from './revoked-sessions.service.js';

/** A sign-in that has begun. The browser keeps it encrypted until the issuer sends it back. */
export interface PendingSignIn {
  /** Id of the issuer. */
  issuer: string;
  state: string;
  nonce: string;
  verifier: string;
}

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const NO_LOGOUT_TOKEN = 'This is no logout token with a subject or a session';
const MAX_SESSION_ID = 255;
const REFUSED = 'The sign-in was not completed: start it again';

/** Signs people in by OpenID Connect: authorization code flow with PKCE. */
@Injectable()
export class SignInService {
  constructor(
    private readonly issuers: OidcIssuers,
    private readonly revoked: RevokedSessions,
  ) {}

  /**
   * @param callback URL that the issuer redirects to; it must know it
   * @throws IssuerNotFoundError, UnavailableError
   */
  async begin(issuerId: string, callback: string): Promise<{ url: URL; pending: PendingSignIn }> {
    const { client, settings } = await this.issuer(issuerId);
    const pending = {
      issuer: issuerId,
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
    };
    const url = buildAuthorizationUrl(client, {
      redirect_uri: callback,
      scope: scopeOf(settings.scope),
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    });
    return { url, pending };
  }

  /**
   * @param answer URL that the issuer redirected to, with its parameters
   * @returns the ID token
   * @throws UnauthenticatedError for an answer that does not belong to this sign-in, or is used a second time
   */
  async complete({ issuer, state, nonce, verifier }: PendingSignIn, answer: URL): Promise<string> {
    const { client } = await this.issuer(issuer);
    const tokens = await authorizationCodeGrant(client, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    }).catch((cause: unknown) => {
      throw new UnauthenticatedError(REFUSED, { cause });
    });
    return tokens.id_token!;
  }

  /**
   * Ends the sessions that a logout token of an issuer names (OpenID Connect Back-Channel Logout 1.0).
   * @throws UnauthenticatedError for a token that is not of a configured issuer, or no logout token
   */
  async logOut(token: string): Promise<void> {
    const found = await this.issuers.verify(token, NO_LOGOUT_TOKEN, { maxTokenAge: '5 min' });
    if (!found) throw new UnauthenticatedError('This issuer is not configured');
    const { iss, iat, sub, sid, nonce, events } = found.claims;
    const isLogout = typeof events === 'object' && events !== null && LOGOUT_EVENT in events;
    if (!isLogout || nonce !== undefined || !namesSession(sub, sid))
      throw new UnauthenticatedError(NO_LOGOUT_TOKEN);
    const person = sub === undefined ? anyoneAt(iss!) : personId(iss!, sub);
    // By the clock of the issuer: a token that is sent again ends no session that began after it.
    await this.revoked.revoke(person, (sid as string | undefined) ?? null, new Date(iat! * 1000));
  }

  private async issuer(id: string) {
    const found = await this.issuers.find(id);
    if (!found) throw new IssuerNotFoundError();
    return found;
  }
}

/** A logout token has a subject, a session or both. */
const namesSession = (subject: unknown, session: unknown): boolean =>
  (subject !== undefined || session !== undefined) &&
  (subject === undefined || isSubject(subject)) &&
  (session === undefined ||
    (typeof session === 'string' && session !== '' && session.length <= MAX_SESSION_ID));
