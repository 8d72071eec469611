import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { hasScope, type Principal, type Scope } from '#libs/platform/auth/principal.js';
import { ForbiddenError, UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { Credentials } from './credentials.js';
import { demandOwnPage } from './same-origin.js';
import { SessionCookie } from './session-cookie.js';

export interface Session {
  principal: Principal;
  token: string;
  /** When it ends by itself; null: a key, which may be revoked at any time. */
  expiresAt: Date | null;
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
  const { principal, token, expiresAt } = context.switchToHttp().getRequest<Authenticated>();
  return { principal, token, expiresAt };
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
    private readonly credentials: Credentials,
    private readonly cookie: SessionCookie,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic) return true;
    await this.admit(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }

  /** Whoever asks, also for what is not Nest's. @throws UnauthenticatedError, ForbiddenError, TooManyRequestsError */
  async admit(request: FastifyRequest): Promise<Session> {
    const session = await this.sessionOf(request);
    Object.assign(request, session);
    return session;
  }

  private async sessionOf(request: FastifyRequest): Promise<Session> {
    const { token, until } = await this.credentials.counted(request.ip, () => this.shownBy(request));
    const principal = await this.credentials.principalOf(token, request.ip);
    return { token, principal, expiresAt: until ?? this.credentials.expiryOf(token, principal) };
  }

  /** A token that is sent counts before a cookie, which comes along by itself. */
  private async shownBy(request: FastifyRequest): Promise<{ token: string; until?: Date }> {
    const { authorization, cookie } = request.headers;
    const token = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(authorization ?? '')?.[1];
    if (token) return { token };
    const session = authorization === undefined ? await this.cookie.open(cookie) : undefined;
    if (!session)
      throw new UnauthenticatedError('Send a service key or an access token as "Authorization: Bearer …"');
    demandOwnPage(request);
    return { token: session.token, until: session.expiresAt };
  }
}
