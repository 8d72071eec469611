import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { stringifySetCookie } from 'cookie';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { UnauthenticatedError, UnavailableError } from '#libs/platform/errors/errors.js';

/** Covers a night shift. */
const MAX_AGE_MS = 12 * 3_600_000;
/** With `__Host-` no other host of the domain can set it; browsers accept that name over https only. */
const NAMES = { secure: '__Host-session', plain: 'session' };
/** Finds every cookie with our name. A parser that returns one value per name would miss ours behind a foreign one. */
const COOKIE = /(?:^|;\s*)(__Host-session|session)=([\w.-]{1,4096})/g;
const SEALED_WITH = { alg: 'dir', enc: 'A256GCM' } as const;

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
   * @throws UnavailableError
   */
  async seal(
    token: string,
    until: Date | null,
    secure: boolean,
  ): Promise<{ header: string; expiresAt: Date }> {
    if (!this.key)
      throw new UnavailableError(
        'sessions_not_configured',
        'Sign-in is not configured: set SESSION_SECRET or SUPABASE_SERVICE_KEY to the same value on every instance',
      );
    const now = this.clock.millis();
    const end = Math.min(now + MAX_AGE_MS, until?.getTime() ?? Number.POSITIVE_INFINITY);
    const expiresAt = new Date(Math.floor(end / 1000) * 1000);
    const sealed = await new EncryptJWT({ token })
      .setProtectedHeader(SEALED_WITH)
      .setExpirationTime(expiresAt)
      .encrypt(this.key);
    const seconds = Math.max(1, Math.floor((expiresAt.getTime() - now) / 1000));
    return { header: setCookie(sealed, seconds, secure), expiresAt };
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
    try {
      const { payload } = await jwtDecrypt<{ token: string }>(sealed, key, {
        keyManagementAlgorithms: [SEALED_WITH.alg],
        contentEncryptionAlgorithms: [SEALED_WITH.enc],
        requiredClaims: ['token', 'exp'],
        currentDate: this.clock.now(),
      });
      return { token: payload.token, expiresAt: new Date(payload.exp! * 1000) };
    } catch {
      return undefined;
    }
  }
}

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
