import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#libs/platform/auth/principal.js';
import { UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { Authenticator } from './authenticator.service.js';
import { assertAccess, assertMayWrite } from './authorization.js';
import { isOverTls, requireSameOrigin } from './csrf.js';
import { SessionCookie } from './session-cookie.js';
import { type ClientWire, wireOf } from './wire-route.js';

export interface Session {
  principal: Principal;
  token: string;
  /** End of the session; null: a key, which may be revoked at any time. */
  expiresAt: Date | null;
}
type Authenticated = FastifyRequest & Session;

/** Requests with large bodies are admitted before their body is read. */
const isAdmitted = (request: FastifyRequest & Partial<Session>): boolean => request.principal !== undefined;

const BEARER = /^Bearer ([\x21-\x7e]{1,4096})$/i;
const WIRES_NEED_KEY: Record<ClientWire, string> = {
  bedrock: 'Set AWS_BEARER_TOKEN_BEDROCK to a service key. Signatures are not accepted: see docs/wire.md',
  openai: 'Set OPENAI_API_KEY to a service key: see docs/wire.md',
  anthropic: 'Set ANTHROPIC_API_KEY to a service key: see docs/wire.md',
};
const API_KEY = /^[\x21-\x7e]{1,4096}$/;
/** Returns the token of "Authorization: Bearer …", else of `apikey`, in which Supabase's clients send service keys. */
export function tokenOf(request: FastifyRequest): string | undefined {
  if (wireOf(request)) return wireTokenOf(request);
  const { authorization, apikey } = request.headers;
  if (authorization !== undefined) return BEARER.exec(authorization)?.[1];
  return typeof apikey === 'string' && API_KEY.test(apikey) ? apikey : undefined;
}

/** Returns `x-orchestrator-key`, for clients that can send nothing else beside a signature; else `Bearer`; else `x-api-key`. */
function wireTokenOf({ headers }: FastifyRequest): string | undefined {
  const { authorization, 'x-orchestrator-key': own, 'x-api-key': key } = headers;
  const bearer = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
  const given = own ?? (authorization === undefined ? key : bearer);
  return typeof given === 'string' && API_KEY.test(given) ? given : undefined;
}

export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Authenticated>().principal,
);

/** Injects the principal and its credential, for a response that may outlast the credential. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): Session => {
  const { principal, token, expiresAt } = context.switchToHttp().getRequest<Authenticated>();
  return { principal, token, expiresAt };
});

/** Authenticates the caller, counts it, and checks the access that the route declares. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly credentials: Authenticator,
    private readonly cookie: SessionCookie,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.routeOptions.config.access?.kind === 'public' || isAdmitted(request)) return true;
    const session = this.admit(request);
    return session instanceof Promise ? session.then(() => true) : true;
  }

  /**
   * Authenticates the caller and checks the access of the route, which may be outside Nest.
   * @throws UnauthenticatedError, ForbiddenError, TooManyRequestsError
   */
  admit(request: FastifyRequest): Session | Promise<Session> {
    const token = tokenOf(request);
    if (token === undefined) return this.admitByCookie(request);
    const principal = this.credentials.principalOf(token, request);
    const admitted = (known: Principal) => this.enter(request, { token, principal: known });
    return principal instanceof Promise ? principal.then(admitted) : admitted(principal);
  }

  /** Authenticates by the cookie. A token takes precedence, because browsers send cookies by themselves. */
  private async admitByCookie(request: FastifyRequest): Promise<Session> {
    const { token, expiresAt } = await this.credentials.counted(request.ip, () => this.sealedIn(request));
    const principal = await this.credentials.principalOf(token, request);
    return this.enter(request, { token, principal, expiresAt });
  }

  private enter(request: FastifyRequest, shown: Omit<Session, 'expiresAt'> & Partial<Session>): Session {
    const { token, principal } = shown;
    const { access } = request.routeOptions.config;
    assertMayWrite(principal, request.method, access);
    assertAccess(principal, access);
    const expiresAt = shown.expiresAt ?? this.credentials.expiryOf(token, principal);
    return Object.assign(request, { token, principal, expiresAt });
  }

  private async sealedIn(request: FastifyRequest): Promise<{ token: string; expiresAt: Date }> {
    const { authorization, cookie } = request.headers;
    const wire = wireOf(request);
    if (wire) throw new UnauthenticatedError(WIRES_NEED_KEY[wire]);
    const session =
      authorization === undefined ? await this.cookie.open(cookie, isOverTls(request)) : undefined;
    if (!session)
      throw new UnauthenticatedError('Send a service key or an access token as "Authorization: Bearer …"');
    requireSameOrigin(request);
    return session;
  }
}
