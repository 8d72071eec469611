import { Inject, Injectable } from '@nestjs/common';
import {
  claimAt,
  isUsable,
  namesIn,
  personOf,
  type TokenOwner,
  tokenOwner,
} from '#libs/platform/auth/person.js';
import { VerifiedTokens } from '#libs/platform/auth/verified-tokens.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { OidcIssuers } from './oidc-issuers.service.js';

const REFUSED = 'Your sign-in is not valid any more: sign in again';

/** Verifies ID tokens of OpenID Connect. Roles are the groups of the token. */
@Injectable()
export class PersonVerifier {
  private readonly verified: VerifiedTokens;

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'OIDC_ROLES'>,
    private readonly issuers: OidcIssuers,
    clock: Clock,
  ) {
    this.verified = new VerifiedTokens(clock);
  }

  /** Returns the owner of a token that is cached and has not expired. */
  remembered(token: string): TokenOwner | undefined {
    return this.verified.find(token);
  }

  /**
   * @returns undefined: the token is of no configured issuer
   * @throws UnauthenticatedError for a token that is forged, expired, for another client or of a subject that is no id;
   * UnavailableError
   */
  async ownerOf(token: string): Promise<TokenOwner | undefined> {
    const known = this.remembered(token);
    if (known) return known;
    const found = await this.issuers.verify(token, REFUSED, { requiredClaims: ['sub', 'exp', 'iat'] });
    if (!found) return undefined;
    const { claims, settings } = found;
    // A logout token is signed for the same client, and opens nothing.
    if (!isUsable(claims) || claims.events !== undefined) throw new UnauthenticatedError(REFUSED);
    const groups = namesIn(claimAt(claims, settings.groupsClaim));
    return this.verified.add(token, tokenOwner(claims, personOf(claims, groups, this.env.OIDC_ROLES)));
  }
}
