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
import { Authenticator } from './authenticator.service.js';
import { isOverTls, requireSameOrigin } from './csrf.js';
import { SessionCookie } from './session-cookie.js';

export interface Session {
  principal: Principal;
  token: string;
  /** When it ends by itself; null: a key, which may be revoked at any time. */
  expiresAt: Date | null;
}
type Authenticated = FastifyRequest & Session;

const BEARER = /^Bearer ([\x21-\x7e]{1,4096})$/i;
const API_KEY = /^[\x21-\x7e]{1,4096}$/;
/** Returns what is sent as "Authorization: Bearer …", else in `apikey`, where Supabase's clients send service keys. */
export function tokenOf({ headers }: FastifyRequest): string | undefined {
  const { authorization, apikey } = headers;
  if (authorization !== undefined) return BEARER.exec(authorization)?.[1];
  return typeof apikey === 'string' && API_KEY.test(apikey) ? apikey : undefined;
}

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
export function requireScope(principal: Principal, ...scopes: Scope[]): void {
  if (!scopes.some((scope) => hasScope(principal, scope)))
    throw new ForbiddenError(`This needs a service key with the scope ${scopes.join(' or ')}`);
}

/** The catalogue is open to every user, and to keys that may read or operate. @throws ForbiddenError */
export function requireCatalogueReader(principal: Principal): void {
  if (principal.kind !== 'user') requireScope(principal, 'read', 'operate');
}

/** Finds out who asks, and how often. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: Authenticator,
    private readonly cookie: SessionCookie,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic) return true;
    const session = this.admit(context.switchToHttp().getRequest<FastifyRequest>());
    return session instanceof Promise ? session.then(() => true) : true;
  }

  /** Whoever asks, also for what is not Nest's. @throws UnauthenticatedError, ForbiddenError, TooManyRequestsError */
  admit(request: FastifyRequest): Session | Promise<Session> {
    const token = tokenOf(request);
    if (token === undefined) return this.admitByCookie(request);
    const principal = this.credentials.principalOf(token, request);
    const admitted = (known: Principal) => this.enter(request, { token, principal: known });
    return principal instanceof Promise ? principal.then(admitted) : admitted(principal);
  }

  /** A token that is sent counts before a cookie, which comes along by itself. */
  private async admitByCookie(request: FastifyRequest): Promise<Session> {
    const { token, expiresAt } = await this.credentials.counted(request.ip, () => this.sealedIn(request));
    const principal = await this.credentials.principalOf(token, request);
    return this.enter(request, { token, principal, expiresAt });
  }

  private enter(request: FastifyRequest, shown: Omit<Session, 'expiresAt'> & Partial<Session>): Session {
    const { token, principal } = shown;
    const expiresAt = shown.expiresAt ?? this.credentials.expiryOf(token, principal);
    return Object.assign(request, { token, principal, expiresAt });
  }

  private async sealedIn(request: FastifyRequest): Promise<{ token: string; expiresAt: Date }> {
    const { authorization, cookie } = request.headers;
    const session =
      authorization === undefined ? await this.cookie.open(cookie, isOverTls(request)) : undefined;
    if (!session)
      throw new UnauthenticatedError('Send a service key or an access token as "Authorization: Bearer …"');
    requireSameOrigin(request);
    return session;
  }
}
