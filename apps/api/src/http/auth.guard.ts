import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { JwtVerifier } from '#libs/platform/auth/jwt-verifier.js';
import { actorOf, hasScope, type Principal, type Scope } from '#libs/platform/auth/principal.js';
import { ServiceKeysService } from '#libs/platform/auth/service-keys.service.js';
import { ForbiddenError, UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { RateLimits } from './rate-limits.js';

export interface Session {
  principal: Principal;
  token: string;
}
type Authenticated = FastifyRequest & Session;

const PUBLIC = Symbol('public');
/** Needs no token. */
export const Public = () => SetMetadata(PUBLIC, true);

export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Authenticated>().principal,
);

/** With what the caller has shown: for an answer that may last longer than that is good for. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): Session => {
  const { principal, token } = context.switchToHttp().getRequest<Authenticated>();
  return { principal, token };
});

/** @throws ForbiddenError unless the principal has one of these scopes */
export function demandScope(principal: Principal, ...scopes: Scope[]): void {
  if (!scopes.some((scope) => hasScope(principal, scope)))
    throw new ForbiddenError(`This needs a service key with the scope ${scopes.join(' or ')}`);
}

/** The catalogue is open to every user, and to keys that may read or operate. @throws ForbiddenError */
export function demandCatalogueReader(principal: Principal): void {
  if (principal.kind !== 'user') demandScope(principal, 'read', 'operate');
}

/** Finds out who asks, and how often. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ServiceKeysService,
    private readonly tokens: JwtVerifier,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic) return true;
    const request = context.switchToHttp().getRequest<Authenticated>();
    Object.assign(request, await this.authenticate(request));
    await this.limits.count(actorOf(request.principal));
    return true;
  }

  private async authenticate({ headers, ip }: FastifyRequest): Promise<Session> {
    try {
      return await this.sessionOf(headers.authorization, ip);
    } catch (error) {
      if (error instanceof UnauthenticatedError) await this.limits.countFailure(ip);
      throw error;
    }
  }

  /** Keys are compared before a token is parsed: Supabase's own service key is a JWT, too. */
  private async sessionOf(header: string | undefined, address: string): Promise<Session> {
    const token = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(header ?? '')?.[1];
    if (!token)
      throw new UnauthenticatedError('Send a service key or an access token as "Authorization: Bearer …"');
    const service = await this.keys.authenticate(token, { lookUp: !(await this.limits.isFlooding(address)) });
    return { token, principal: service ?? { kind: 'user', subject: await this.tokens.subjectOf(token) } };
  }
}
