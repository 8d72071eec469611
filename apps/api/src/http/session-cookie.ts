import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { stringifySetCookie } from 'cookie';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { PendingSignIn } from '#libs/people/sign-in.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { UnauthenticatedError, UnavailableError } from '#libs/platform/errors/errors.js';

/** Covers a night shift. */
const MAX_AGE_MS = 12 * 3_600_000;
/** Characters of a credential; sealed it is a third longer, and browsers drop a cookie of more than 4,096. */
export const MAX_CREDENTIAL = 2_800;
/** With `__Host-` no other host of the domain can set it; browsers accept that name over https only. */
const NAMES = { secure: '__Host-session', plain: 'session' };
/** Finds every cookie with our name. A parser that returns one value per name would miss ours behind a foreign one. */
const COOKIE = /(?:^|;\s*)(__Host-session|session)=([\w.-]{1,4096})/g;
const PENDING_COOKIE = /(?:^|;\s*)sign_in=([\w.-]{1,4096})/;
const SIGN_IN_SECONDS = 600;
const SEALED_WITH = { alg: 'dir', enc: 'A256GCM' } as const;

/** A credential that a cookie cannot hold, such as an ID token with a hundred groups. */
export class CredentialTooLargeError extends UnauthenticatedError {
  constructor() {
    super(`The credential has more than ${MAX_CREDENTIAL} characters: have its issuer leave claims out`);
  }
}

/** A sign-in that has begun, and the page it returns to. */
export interface PendingSession extends PendingSignIn {
  returnTo: string;
}

/** Cookie that holds a person's credential, encrypted so that it is of no use anywhere else. */
@Injectable()
export class SessionCookie {
  private readonly key: Uint8Array | undefined;

  constructor(
    @Inject(ENV) env: Pick<Env, 'SESSION_SECRET' | 'SUPABASE_SERVICE_KEY'>,
    private readonly clock: Clock,
  ) {
    const secret = env.SESSION_SECRET ?? env.SUPABASE_SERVICE_KEY;
    this.key = secret ? new Uint8Array(hkdfSync('sha256', secret, '', 'console session', 32)) : undefined;
  }

  /**
   * Encrypts the credential.
   * @param until end of the credential; null: unknown
   * @returns the header that sets the cookie, and when the session ends
   * @throws CredentialTooLargeError, UnavailableError
   */
  async seal(
    token: string,
    until: Date | null,
    secure: boolean,
  ): Promise<{ header: string; expiresAt: Date }> {
    const key = this.requireKey();
    if (token.length > MAX_CREDENTIAL) throw new CredentialTooLargeError();
    const now = this.clock.millis();
    const end = Math.min(now + MAX_AGE_MS, until?.getTime() ?? Number.POSITIVE_INFINITY);
    const expiresAt = new Date(Math.floor(end / 1000) * 1000);
    const sealed = await new EncryptJWT({ token })
      .setProtectedHeader(SEALED_WITH)
      .setExpirationTime(expiresAt)
      .encrypt(key);
    const seconds = Math.max(1, Math.floor((expiresAt.getTime() - now) / 1000));
    return { header: setCookie(sealed, seconds, secure), expiresAt };
  }

  /** Encrypts a sign-in that has begun. @returns the header that sets its cookie. @throws UnavailableError */
  async sealPending(pending: PendingSession, secure: boolean): Promise<string> {
    const sealed = await new EncryptJWT({ pending })
      .setProtectedHeader(SEALED_WITH)
      .setExpirationTime(new Date(this.clock.millis() + SIGN_IN_SECONDS * 1000))
      .encrypt(this.requireKey());
    return setPendingCookie(sealed, SIGN_IN_SECONDS, secure);
  }

  /** @returns the sign-in that this browser has begun; undefined: none, or too long ago */
  async openPending(header: string | undefined): Promise<PendingSession | undefined> {
    const sealed = PENDING_COOKIE.exec(header ?? '')?.[1];
    if (sealed === undefined || !this.key) return undefined;
    const payload = await this.decrypt<{ pending?: PendingSession }>(sealed, this.key, ['pending', 'exp']);
    return payload?.pending;
  }

  /** Returns the header that removes the cookie of a sign-in. */
  forgetPending(secure: boolean): string {
    return setPendingCookie('', 0, secure);
  }

  private requireKey(): Uint8Array {
    if (this.key) return this.key;
    throw new UnavailableError(
      'sessions_not_configured',
      'Sign-in is not configured: set SESSION_SECRET or SUPABASE_SERVICE_KEY to the same value on every instance',
    );
  }

  /** Returns the headers that remove either cookie. */
  forget(): string[] {
    return [setCookie('', 0, true), setCookie('', 0, false)];
  }

  /**
   * @param secure true: the browser came over TLS, where another host of the domain may have set any cookie but `__Host-`
   * @returns undefined where there is no such cookie. @throws UnauthenticatedError for one that is not good any more
   */
  async open(
    header: string | undefined,
    secure: boolean,
  ): Promise<{ token: string; expiresAt: Date } | undefined> {
    const found = [...(header ?? '').matchAll(COOKIE)];
    const named = (wanted: string) => found.flatMap(([, name, value]) => (name === wanted ? [value!] : []));
    const own = named(NAMES.secure);
    const sealed = own.length > 0 || secure ? own : named(NAMES.plain);
    if (sealed.length === 0) return undefined;
    const payload = await this.firstGood(sealed);
    if (!payload) throw new UnauthenticatedError('Your session has ended: sign in again');
    return payload;
  }

  /** Returns the first valid payload: another host of the domain can put a cookie of the same name before ours. */
  private async firstGood(sealed: string[]) {
    for (const one of sealed) {
      const payload = this.key && (await this.unseal(one, this.key));
      if (payload) return payload;
    }
    return undefined;
  }

  private async unseal(sealed: string, key: Uint8Array) {
    const payload = await this.decrypt<{ token: string }>(sealed, key, ['token', 'exp']);
    return payload && { token: payload.token, expiresAt: new Date(payload.exp! * 1000) };
  }

  /** Returns undefined for a cookie that was changed, has ended or has none of the claims. */
  private async decrypt<Claims>(sealed: string, key: Uint8Array, requiredClaims: string[]) {
    try {
      const { payload } = await jwtDecrypt<Claims>(sealed, key, {
        keyManagementAlgorithms: [SEALED_WITH.alg],
        contentEncryptionAlgorithms: [SEALED_WITH.enc],
        requiredClaims,
        currentDate: this.clock.now(),
      });
      return payload;
    } catch {
      return undefined;
    }
  }
}

/** `lax`: the issuer sends the browser back from its own site. */
const setPendingCookie = (value: string, maxAge: number, secure: boolean): string =>
  stringifySetCookie({
    name: 'sign_in',
    value,
    maxAge,
    secure,
    path: '/v1/session',
    httpOnly: true,
    sameSite: 'lax',
  });

const setCookie = (value: string, maxAge: number, secure: boolean): string =>
  stringifySetCookie({
    name: secure ? NAMES.secure : NAMES.plain,
    value,
    maxAge,
    secure,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
  });
