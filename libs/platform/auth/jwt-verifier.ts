import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { UnauthenticatedError, UnavailableError } from '../errors/errors.js';

/** Roles of Supabase's own keys. They are JWTs without a person behind them. */
const REFUSED_ROLES = new Set(['anon', 'service_role']);
const REFUSED = 'The access token is not valid: sign in again, or check the service key.';

/** Jose's codes for a key set that did not come (generic: not a 200, or not JSON), came late or is none. */
const KEY_SET_FAILED = new Set([errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code]);

/** A token that was verified is not verified again for this long: a key that was withdrawn is noticed after it. */
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 5_000;

interface Verified {
  subject: string;
  expiresAt: Date;
  /** As `Date.now` counts. */
  rememberedUntil: number;
}

/** Verifies access tokens of Supabase Auth with one pinned algorithm family, issuer and audience. */
@Injectable()
export class JwtVerifier {
  private readonly verify: ((token: string) => Promise<JWTPayload>) | undefined;
  private readonly verified = new LRUCache<string, Verified>({ max: MOST_REMEMBERED });

  constructor(@Inject(ENV) env: Env) {
    const claims = {
      issuer: env.SUPABASE_JWT_ISSUER,
      audience: env.SUPABASE_JWT_AUDIENCE,
      requiredClaims: ['sub', 'role', 'aud', 'exp'],
    };
    if (env.SUPABASE_JWT_SECRET) {
      const secret = new TextEncoder().encode(env.SUPABASE_JWT_SECRET);
      this.verify = async (token) =>
        (await jwtVerify(token, secret, { ...claims, algorithms: ['HS256'] })).payload;
    } else if (env.SUPABASE_JWKS_URL) {
      const keys = createRemoteJWKSet(new URL(env.SUPABASE_JWKS_URL), { timeoutDuration: 2_000 });
      this.verify = async (token) =>
        (await jwtVerify(token, keys, { ...claims, algorithms: ['ES256', 'RS256'] })).payload;
    }
  }

  /**
   * @returns the subject (Supabase user id) of a valid token
   * @throws UnauthenticatedError for a token that is forged, expired, for another audience or not a person's
   * @throws UnavailableError while the key set cannot be fetched
   */
  async subjectOf(token: string): Promise<string> {
    const known = this.remembered(token);
    if (known !== undefined) return known;
    const { sub, role, exp } = await this.payloadOf(token);
    if (typeof sub !== 'string' || sub.length < 1 || sub.length > 128)
      throw new UnauthenticatedError(REFUSED);
    if (typeof role !== 'string' || role === '' || REFUSED_ROLES.has(role))
      throw new UnauthenticatedError(REFUSED);
    const expiresAt = new Date(exp! * 1000);
    const rememberedUntil = Math.min(expiresAt.getTime(), Date.now() + REMEMBERED_MS);
    this.verified.set(token, { subject: sub, expiresAt, rememberedUntil });
    return sub;
  }

  /** The subject of a token that was verified a moment ago and has not expired since. */
  remembered(token: string): string | undefined {
    const known = this.verified.get(token);
    return known && Date.now() < known.rememberedUntil ? known.subject : undefined;
  }

  /** Until when a token is good that `subjectOf` has just accepted. */
  expiryOf(token: string): Date {
    return this.verified.get(token)!.expiresAt;
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    if (!this.verify) throw new UnauthenticatedError(REFUSED);
    try {
      return await this.verify(token);
    } catch (error) {
      if (!(error instanceof errors.JOSEError) || KEY_SET_FAILED.has(error.code))
        throw new UnavailableError('key_set_unavailable', 'The token cannot be checked right now.', {
          cause: error,
        });
      throw new UnauthenticatedError(REFUSED, { cause: error });
    }
  }
}
