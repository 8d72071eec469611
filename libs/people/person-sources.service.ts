import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Scope } from '#libs/platform/auth/principal.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { ReviewedUseCasesRepository } from './reviewed-use-cases.repository.js';

type Settings = Pick<
  Env,
  'BOOTSTRAP_KEY' | 'OIDC_ISSUERS' | 'OIDC_ROLES' | 'SUPABASE_JWT_SECRET' | 'SUPABASE_JWKS_URL'
>;

/** Knows whether people can sign in, and says in the log, once at the start, what nobody can do without them. */
@Injectable()
export class PersonSources implements OnApplicationBootstrap {
  private readonly logger = new Logger('People');

  constructor(
    @Inject(ENV) private readonly env: Settings,
    private readonly reviewed: ReviewedUseCasesRepository,
  ) {}

  /** The start does not wait for PostgreSQL. */
  onApplicationBootstrap(): void {
    void this.warn();
  }

  /** Returns whether people can sign in, and a role of theirs has the scope. */
  give(scope: Scope): boolean {
    const { OIDC_ISSUERS, OIDC_ROLES, SUPABASE_JWT_SECRET, SUPABASE_JWKS_URL } = this.env;
    const hasSource = OIDC_ISSUERS.length > 0 || Boolean(SUPABASE_JWT_SECRET ?? SUPABASE_JWKS_URL);
    return hasSource && Object.values(OIDC_ROLES).some((scopes) => scopes.includes(scope));
  }

  private async warn(): Promise<void> {
    if (this.env.BOOTSTRAP_KEY === 'read-only' && !this.give('admin'))
      this.logger.warn(
        'BOOTSTRAP_KEY=read-only, and no role of OIDC_ROLES has the scope admin: only existing service keys with admin can make keys',
      );
    if (this.give('approve')) return;
    try {
      const names = await this.reviewed.names();
      if (names.length > 0)
        this.logger.error(
          `NOBODY CAN APPROVE CHANGES of ${names.join(', ')}: no source of persons gives the scope approve. These use cases keep their models, and safety moves continue. Set OIDC_ISSUERS (or SUPABASE_JWKS_URL) and OIDC_ROLES, and restart`,
        );
    } catch (error) {
      this.logger.warn(`reviewed use cases were not read: ${(error as Error).message}`);
    }
  }
}
