import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OidcIssuers } from '#libs/people/oidc-issuers.service.js';
import { RevokedSessions } from '#libs/people/revoked-sessions.service.js';
import { SignInService } from '#libs/people/sign-in.service.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { InvalidInputError, UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { Authenticator } from '../http/authenticator.service.js';
import { Public, RequireScope } from '../http/authorization.js';
import { CredentialTooLargeError, type PendingSession, SessionCookie } from '../http/session-cookie.js';
import { BeginSignIn, RevokeSessions, SignInIssuerList } from './session.schemas.js';

/** The sign-in page says why. */
const failed = (reason: 'failed' | 'too-large'): string => `/console/?sign-in=${reason}`;

/** Signs people in by OpenID Connect, and ends their sessions. */
@ApiTags('session')
@Controller('v1')
export class SignInController {
  constructor(
    private readonly issuers: OidcIssuers,
    private readonly signIn: SignInService,
    private readonly revoked: RevokedSessions,
    private readonly credentials: Authenticator,
    private readonly cookie: SessionCookie,
    @Inject(ENV) private readonly env: Pick<Env, 'PUBLIC_URL'>,
  ) {}

  @Get('session/issuers')
  @Public()
  @ApiOperation({ summary: 'List issuers', description: 'Where people sign in.', security: [] })
  @ApiResult(200, SignInIssuerList, 'The configured issuers of OpenID Connect')
  listIssuers() {
    return { items: this.issuers.list() };
  }

  @Get('session/sign-in/:issuer')
  @Public()
  @HttpCode(302)
  @ApiOperation({
    summary: 'Begin a sign-in',
    description: 'Sends the browser to the issuer, which sends it back to the console.',
    security: [],
  })
  @ApiResponse({ status: 302, description: 'To the issuer' })
  @ApiProblems(404, 429, 503)
  async beginSignIn(
    @Param('issuer') issuer: string,
    @Query({ schema: BeginSignIn }) { returnTo }: BeginSignIn,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const base = this.baseOf(request);
    const { url, pending } = await this.signIn.begin(issuer, `${base}/v1/session/callback`);
    const cookie = await this.cookie.sealPending({ ...pending, returnTo }, base.startsWith('https:'));
    await reply.header('set-cookie', cookie).redirect(url.href, 302);
  }

  @Get('session/callback')
  @Public()
  @HttpCode(302)
  @ApiOperation({
    summary: 'Complete a sign-in',
    description: 'The issuer sends the browser here. The response sets the cookie of the session.',
    security: [],
  })
  @ApiResponse({ status: 302, description: 'To the console, signed in or with the reason why not' })
  @ApiProblems(429, 503)
  async completeSignIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const base = this.baseOf(request);
    const isSecure = base.startsWith('https:');
    const pending = await this.cookie.openPending(request.headers.cookie);
    try {
      const session = await this.sessionOf(pending, new URL(request.url, base), request);
      // A sign-in is used once.
      reply.header('set-cookie', [session.header, this.cookie.forgetPending(isSecure)]);
      await reply.redirect(pending!.returnTo, 302);
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
      const page = failed(error instanceof CredentialTooLargeError ? 'too-large' : 'failed');
      await reply.header('set-cookie', this.cookie.forgetPending(isSecure)).redirect(page, 302);
    }
  }

  /** @throws UnauthenticatedError where the answer is not of a sign-in that this browser has begun */
  private async sessionOf(pending: PendingSession | undefined, answer: URL, request: FastifyRequest) {
    const token = await this.credentials.counted(request.ip, async () => {
      if (!pending) throw new UnauthenticatedError('This browser has begun no sign-in');
      return this.signIn.complete(pending, answer);
    });
    const principal = await this.credentials.principalOf(token, request);
    const until = this.credentials.expiryOf(token, principal);
    return this.cookie.seal(token, until, answer.protocol === 'https:');
  }

  @Post('session/backchannel-logout')
  @Public()
  @HttpCode(200)
  @ApiOperation({
    summary: 'End sessions for an issuer',
    description: 'OpenID Connect Back-Channel Logout 1.0: the issuer sends a logout token.',
    security: [],
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({
    schema: { type: 'object', required: ['logout_token'], properties: { logout_token: { type: 'string' } } },
  })
  @ApiResponse({ status: 200, description: 'The sessions have ended' })
  @ApiProblems(400, 401, 415, 429, 503)
  async logOutByIssuer(@Body() body: unknown, @Req() request: FastifyRequest): Promise<void> {
    const token = (body as { logout_token?: unknown } | undefined)?.logout_token;
    if (typeof token !== 'string')
      throw new InvalidInputError([{ field: 'logout_token', message: 'is required' }]);
    await this.credentials.counted(request.ip, () => this.signIn.logOut(token));
  }

  @Post('sessions/revoke')
  @RequireScope('admin')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Revoke the sessions of a person',
    description: 'Every instance refuses them within a second. The person can sign in again.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/RevokeSessions' } })
  @ApiResponse({ status: 204, description: 'The sessions have ended' })
  async revokeSessions(
    @Body({ schema: RevokeSessions }) { person, sessionId }: RevokeSessions,
  ): Promise<void> {
    await this.revoked.revoke(person.replace(/^person:/, ''), sessionId ?? null);
  }

  /** Address of this service as the browser sees it. */
  private baseOf({ protocol, host }: FastifyRequest): string {
    return this.env.PUBLIC_URL?.replace(/\/$/, '') ?? `${protocol}://${host}`;
  }
}
