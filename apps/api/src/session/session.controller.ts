import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENV } from '#libs/platform/config/config.module.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentSession, type Session } from '../http/auth.guard.js';
import { Authenticator } from '../http/authenticator.service.js';
import { Public, RightsByOwner } from '../http/authorization.js';
import { refuseOtherPages } from '../http/csrf.js';
import { SessionCookie } from '../http/session-cookie.js';
import { type Environment, OpenSession, SessionView, toSessionView } from './session.schemas.js';

/** Browsers hold a session in a cookie; other clients send a token with each request. */
@ApiTags('session')
@Controller('v1/session')
export class SessionController {
  constructor(
    private readonly credentials: Authenticator,
    private readonly cookie: SessionCookie,
    @Inject(ENV) private readonly env: Environment,
  ) {}

  @Post()
  @Public()
  @ApiOperation({
    summary: 'Sign in',
    description:
      'The api exchanges a service key or an access token for a cookie. Scripts cannot read the cookie, and only this service accepts it. The session ends after 12 hours, with the access token, or when the key is revoked.',
    security: [],
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/OpenSession' } })
  @ApiResult(200, SessionView, 'The actor and its scopes', { 'Set-Cookie': 'Cookie of the session' })
  @ApiProblems(401, 403, 429, 503)
  async openSession(
    @Body({ schema: OpenSession }) { credential }: OpenSession,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    refuseOtherPages(request);
    const principal = await this.credentials.principalOf(credential, request);
    const until = this.credentials.expiryOf(credential, principal);
    const { header, expiresAt } = await this.cookie.seal(credential, until, isSecure(request));
    reply.header('set-cookie', header);
    return toSessionView(principal, expiresAt, this.env);
  }

  @Get()
  @RightsByOwner()
  @ApiOperation({
    summary: 'Get the session',
    description: 'The response has the actor, its scopes and the environment.',
  })
  @ApiResult(200, SessionView, 'The actor and its scopes')
  getSession(@CurrentSession() { principal, expiresAt }: Session) {
    return toSessionView(principal, expiresAt, this.env);
  }

  @Delete()
  @Public()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Sign out',
    description: 'The response deletes the cookie of the session.',
    security: [],
  })
  @ApiResponse({ status: 204, description: 'The browser has no session any more' })
  @ApiProblems(403, 429)
  closeSession(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    refuseOtherPages(request);
    reply.header('set-cookie', this.cookie.forget());
  }
}

/** Returns whether the browser uses TLS. The browser's Origin header covers a proxy that is not configured. */
const isSecure = ({ protocol, headers }: FastifyRequest): boolean =>
  protocol === 'https' || headers.origin?.startsWith('https://') === true;
