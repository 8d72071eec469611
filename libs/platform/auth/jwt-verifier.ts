import { Inject, Injectable } from '@nestjs/common';
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { Clock } from '../clock/clock.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { UnauthenticatedError } from '../errors/errors.js';
import { KeySet } from './key-set.js';
import {
  claimAt,
  isUsable,
  namesIn,
  personOf,
  supabaseAssurance,
  type TokenOwner,
  tokenOwner,
  type UsableClaims,
} from './person.js';
import { VerifiedTokens } from './verified-tokens.js';

/** Roles of Supabase's own keys. They are JWTs without a person. */
const REFUSED_ROLES = new Set(['anon', 'service_role']);
const REFUSED = 'The access token is not valid: sign in again, or check the service key.';

type Verify = (token: string) => Promise<JWTPayload>;

/**
 * Verifies access tokens of Supabase Auth. The algorithm of a token selects the key: the secret for HS256, the key set
 * for ES256 and RS256. Both work while a project migrates from one to the other. A public key is never used as a
 * secret.
 */
@Injectable()
export class JwtVerifier {
  /** Verifiers by algorithm. */
  private readonly verifiers = new Map<string, Verify>();
  private readonly verified: VerifiedTokens;

  constructor(
    @Inject(ENV) private readonly env: Env,
    clock: Clock,
  ) {
    this.verified = new VerifiedTokens(clock);
    const claims = {
      issuer: env.SUPABASE_JWT_ISSUER,
      audience: env.SUPABASE_JWT_AUDIENCE,
      requiredClaims: ['sub', 'role', 'aud', 'exp', 'iss'],
    };
    if (env.SUPABASE_JWT_SECRET) {
      const secret = new TextEncoder().encode(env.SUPABASE_JWT_SECRET);
      const options = () => ({ ...claims, algorithms: ['HS256'], currentDate: clock.now() });
      this.verifiers.set('HS256', async (token) => (await jwtVerify(token, secret, options())).payload);
    }
    if (env.SUPABASE_JWKS_URL) {
      const { find } = new KeySet(env.SUPABASE_JWKS_URL);
      for (const algorithm of ['ES256', 'RS256']) {
        const options = () => ({ ...claims, algorithms: [algorithm], currentDate: clock.now() });
        this.verifiers.set(algorithm, async (token) => (await jwtVerify(token, find, options())).payload);
      }
    }
  }

  /**
   * @returns the owner of a valid token: a user, or a person where `PERSON_ROLES_CLAIM` names its roles
   * @throws UnauthenticatedError for a token that is forged, expired, for another audience or not a person's
   * @throws UnavailableError while the key set cannot be fetched
   */
  async ownerOf(token: string): Promise<TokenOwner> {
    const known = this.remembered(token);
    if (known !== undefined) return known;
    const payload = await this.payloadOf(token);
    if (!this.isPerson(payload)) throw new UnauthenticatedError(REFUSED);
    return this.verified.add(token, tokenOwner(payload, this.principalOf(payload)));
  }

  private principalOf(payload: UsableClaims): TokenOwner['principal'] {
    const groups = namesIn(claimAt(payload, this.env.PERSON_ROLES_CLAIM));
    if (groups.length === 0) return { kind: 'user', subject: payload.sub };
    return personOf(payload, groups, this.env.OIDC_ROLES, supabaseAssurance(payload));
  }

  private isPerson(payload: JWTPayload): payload is UsableClaims {
    const { role, is_anonymous: anonymous = false } = payload;
    if (typeof role !== 'string' || REFUSED_ROLES.has(role)) return false;
    if (!this.env.SUPABASE_JWT_ROLES.includes(role)) return false;
    if (anonymous !== false && this.env.ANONYMOUS_USERS === 'refuse') return false;
    return isUsable(payload);
  }

  /** Returns the owner of a token that is cached and has not expired. */
  remembered(token: string): TokenOwner | undefined {
    return this.verified.find(token);
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    const verify = this.verifiers.get(algorithmOf(token));
    if (!verify) throw new UnauthenticatedError(REFUSED);
    try {
      return await verify(token);
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new UnauthenticatedError(REFUSED, { cause: error });
    }
  }
}

/** Returns the algorithm that a token claims, which is not verified; empty: it is no token. */
function algorithmOf(token: string): string {
  try {
    return decodeProtectedHeader(token).alg ?? '';
  } catch {
    return '';
  }
}
