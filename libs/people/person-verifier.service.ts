import { Inject, Injectable } from '@nestjs/common';
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import {
  authenticatedAt,
  claimAt,
  namesIn,
  personId,
  scopesOfRoles,
  sessionOf,
  type TokenOwner,
} from '#libs/platform/auth/person.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { CLOCK_TOLERANCE_SECONDS, type DiscoveredIssuer, OidcIssuers } from './oidc-issuers.service.js';

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** Time for which a verified token is cached; a withdrawn key takes effect after it. */
const REMEMBERED_MS = 60_000;
const MAX_CACHED_TOKENS = 5_000;

/** Verifies ID tokens of OpenID Connect. Roles are the groups of the token. */
@Injectable()
export class PersonVerifier {
  private readonly verified = new LRUCache<string, { owner: TokenOwner; until: number }>({
    max: MAX_CACHED_TOKENS,
  });

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'OIDC_ROLES'>,
    private readonly issuers: OidcIssuers,
    private readonly clock: Clock,
  ) {}

  /** Returns the owner of a token that is cached and has not expired. */
  remembered(token: string): TokenOwner | undefined {
    const known = this.verified.get(token);
    return known && this.clock.millis() < known.until ? known.owner : undefined;
  }

  /**
   * @returns undefined: the token is of no configured issuer
   * @throws UnauthenticatedError for a token that is forged, expired or for another client; UnavailableError
   */
  async ownerOf(token: string): Promise<TokenOwner | undefined> {
    const known = this.remembered(token);
    if (known) return known;
    const issuer = issuerOf(token);
    const found = issuer === undefined ? undefined : await this.issuers.find(issuer);
    if (!found) return undefined;
    const payload = await this.payloadOf(token, found);
    const expiresAt = new Date(payload.exp! * 1000);
    const owner = { principal: this.personIn(payload, found), expiresAt, ...sessionOf(payload) };
    const until = Math.min(expiresAt.getTime(), this.clock.millis() + REMEMBERED_MS);
    this.verified.set(token, { owner, until });
    return owner;
  }

  private personIn(payload: JWTPayload, { settings }: DiscoveredIssuer): TokenOwner['principal'] {
    const groups = namesIn(claimAt(payload, settings.groupsClaim));
    return {
      kind: 'person',
      id: personId(settings.issuer, payload.sub!),
      scopes: scopesOfRoles(groups, this.env.OIDC_ROLES),
      groups,
      authenticatedAt: authenticatedAt(payload),
    };
  }

  private async payloadOf(token: string, { settings, keys }: DiscoveredIssuer): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, keys.find, {
        issuer: settings.issuer,
        audience: settings.clientId,
        algorithms: ALGORITHMS,
        requiredClaims: ['sub', 'exp', 'iat'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: this.clock.now(),
      });
      return payload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new UnauthenticatedError('Your sign-in is not valid any more: sign in again', { cause: error });
    }
  }
}

/** Returns the issuer that a token claims, which is not verified; undefined: it is no token. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
