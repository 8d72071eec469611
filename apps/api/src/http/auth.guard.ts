import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { JwtVerifier } from '#libs/platform/auth/jwt-verifier.js';
import { actorOf, hasScope, type Principal, type Scope } from '#libs/platform/auth/principal.js';
import { ServiceKeysService } from '#libs/platform/auth/service-keys.service.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { ForbiddenError, UnauthenticatedError } from '#libs/platform/errors/errors.js';

type Authenticated = FastifyRequest & { principal: Principal };

const PUBLIC = Symbol('public');
/** Needs no token. */
export const Public = () => SetMetadata(PUBLIC, true);

export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Authenticated>().principal,
);

/** @throws ForbiddenError unless the principal has one of these scopes */
export function demandScope(principal: Principal, ...scopes: Scope[]): void {
  if (!scopes.some((scope) => hasScope(principal, scope)))
    throw new ForbiddenError(`This needs a service key with the scope ${scopes.join(' or ')}`);
}

/** The catalogue is open to every user, and to keys that may read or operate. @throws ForbiddenError */
export function demandCatalogueReader(principal: Principal): void {
  if (principal.kind !== 'user') demandScope(principal, 'read', 'operate');
}

class TooManyRequestsError extends AppError {
  readonly kind = 'rate_limited';
  readonly code = 'rate_limited';
  constructor(override readonly retryAfter: number) {
    super('Too many requests: slow down and try again');
  }
}

/** Finds out who asks, and how often. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly limiter: RateLimiterMemory;

  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ServiceKeysService,
    private readonly tokens: JwtVerifier,
    @Inject(ENV) env: Pick<Env, 'RATE_LIMIT_PER_SECOND'>,
  ) {
    this.limiter = new RateLimiterMemory({ points: env.RATE_LIMIT_PER_SECOND, duration: 1 });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Authenticated>();
    request.principal = await this.authenticate(request.headers.authorization);
    http.getResponse<FastifyReply>().header('cache-control', 'no-store');
    await this.limit(actorOf(request.principal));
    return true;
  }

  /** Keys are compared before a token is parsed: Supabase's own service key is a JWT, too. */
  private async authenticate(header: string | undefined): Promise<Principal> {
    const token = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(header ?? '')?.[1];
    if (!token)
      throw new UnauthenticatedError('Send a service key or an access token as "Authorization: Bearer …"');
    const service = await this.keys.authenticate(token);
    return service ?? { kind: 'user', subject: await this.tokens.subjectOf(token) };
  }

  private async limit(actor: string): Promise<void> {
    try {
      await this.limiter.consume(actor);
    } catch (rejected) {
      throw new TooManyRequestsError(Math.ceil((rejected as RateLimiterRes).msBeforeNext / 1000) || 1);
    }
  }
}
