import { Injectable } from '@nestjs/common';
import { JwtVerifier } from '#libs/platform/auth/jwt-verifier.js';
import { ownerOf, type Principal } from '#libs/platform/auth/principal.js';
import { ServiceKeysService } from '#libs/platform/auth/service-keys.service.js';
import { UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { RateLimits } from './rate-limits.js';

/** Identifies the caller by a service key or an access token, and counts its requests. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly keys: ServiceKeysService,
    private readonly tokens: JwtVerifier,
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
    const known = this.keys.recognize(token) ?? this.rememberedUser(token);
    return known && this.limits.spend(ownerOf(known)) ? known : undefined;
  }

  private rememberedUser(token: string): Principal | undefined {
    const subject = this.tokens.remembered(token);
    return subject === undefined ? undefined : { kind: 'user', subject };
  }

  /** Compares service keys before it parses a token: Supabase's own service key is a JWT, too. */
  private async lookUp(token: string, address: string): Promise<Principal> {
    const lookUp = !(await this.limits.isFlooding(address));
    const principal = await this.counted(address, async (): Promise<Principal> => {
      const service = await this.keys.authenticate(token, { lookUp });
      return service ?? { kind: 'user', subject: await this.tokens.subjectOf(token) };
    });
    await this.limits.count(ownerOf(principal));
    return principal;
  }

  /** Returns until when an accepted credential is valid; null: a key, which may be revoked at any time. */
  expiryOf(token: string, principal: Principal): Date | null {
    return principal.kind === 'user' ? this.tokens.expiryOf(token) : null;
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
