import { Injectable } from '@nestjs/common';
import { PersonGroups } from '#libs/people/person-groups.service.js';
import { PersonVerifier } from '#libs/people/person-verifier.service.js';
import { RevokedSessions } from '#libs/people/revoked-sessions.service.js';
import { JwtVerifier } from '#libs/platform/auth/jwt-verifier.js';
import type { TokenOwner } from '#libs/platform/auth/person.js';
import { ownerOf, type Principal } from '#libs/platform/auth/principal.js';
import { ServiceKeysService } from '#libs/platform/auth/service-keys.service.js';
import { UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { RateLimits } from './rate-limits.js';

/** Identifies the caller by a service key, an access token of a user or a token of a person, and counts its requests. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly keys: ServiceKeysService,
    private readonly tokens: JwtVerifier,
    private readonly people: PersonVerifier,
    private readonly groups: PersonGroups,
    private readonly revoked: RevokedSessions,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Returns the principal without a promise if key or token are in memory: most requests wait for nothing.
   * @throws UnauthenticatedError, TooManyRequestsError, UnavailableError
   */
  principalOf(token: string, from: { readonly ip: string }): Principal | Promise<Principal> {
    return this.principalNow(token) ?? this.lookUp(token, from.ip);
  }

  /** Identifies and counts the caller synchronously; undefined: nothing was counted, use `principalOf`. */
  principalNow(token: string): Principal | undefined {
    const known = this.keys.recognize(token) ?? this.rememberedOwner(token);
    return known && this.limits.spend(ownerOf(known)) ? known : undefined;
  }

  private rememberedOwner(token: string): Principal | undefined {
    const owner = this.remembered(token);
    return owner && this.revoked.isValid(owner) === true ? owner.principal : undefined;
  }

  private remembered(token: string): TokenOwner | undefined {
    return this.tokens.remembered(token) ?? this.people.remembered(token);
  }

  /** Compares service keys before it parses a token: Supabase's own service key is a JWT, too. */
  private async lookUp(token: string, address: string): Promise<Principal> {
    const lookUp = !(await this.limits.isFlooding(address));
    const principal = await this.counted(address, async (): Promise<Principal> => {
      const service = await this.keys.authenticate(token, { lookUp });
      return service ?? (await this.tokenOwner(token)).principal;
    });
    await this.limits.count(ownerOf(principal));
    return principal;
  }

  private async tokenOwner(token: string): Promise<TokenOwner> {
    const owner = (await this.people.ownerOf(token)) ?? (await this.tokens.ownerOf(token));
    await this.revoked.assertValid(owner);
    await this.groups.saw(owner);
    return owner;
  }

  /** Returns until when an accepted credential is valid; null: a key, which may be revoked at any time. */
  expiryOf(token: string, principal: Principal): Date | null {
    if (principal.kind !== 'user' && principal.kind !== 'person') return null;
    return this.remembered(token)?.expiresAt ?? null;
  }

  /** Counts failures by address, and refuses after too many. @throws what `attempt` throws, TooManyRequestsError */
  async counted<T>(address: string, attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof UnauthenticatedError) await this.limits.countFailure(address);
      throw error;
    }
  }
}
