import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ConversationsService } from '#libs/switching/conversations.service.js';
import { SwitchHistoryService } from '#libs/switching/switch-history.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import { Id } from '../http/string.schemas.js';
import { decodeCursor, PageQuery, SwitchPageView, toSwitchPageView } from '../switches/switches.schemas.js';
import { ResolutionQuery, ResolutionView, toResolutionView } from './conversations.schemas.js';

@ApiTags('conversations')
@Controller('v1/conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly switches: SwitchHistoryService,
  ) {}

  @Get(':id/model')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Which model answers in this conversation now',
    description: 'From memory. Never creates.',
  })
  @ApiResult(200, ResolutionView, 'The effective model', { ETag: 'For If-Match of a switch' })
  @ApiProblems(404, 409)
  async getConversationModel(
    @Param('id', { schema: Id }) conversationId: string,
    @Query({ schema: ResolutionQuery }) query: ResolutionQuery,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const resolution = await this.conversations.resolve({ ...query, conversationId }, principal);
    reply.header('etag', resolution.etag);
    return toResolutionView(resolution);
  }

  @Get(':id/history')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Every switch that reached this conversation',
    description: 'Its own, and those of its use case while it followed. Newest first.',
  })
  @ApiResult(200, SwitchPageView, 'A page of switches')
  @ApiProblems(404)
  async getConversationHistory(
    @Param('id', { schema: Id }) conversationId: string,
    @Query({ schema: PageQuery }) { limit, cursor }: PageQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    const page = { limit, before: decodeCursor(cursor) };
    return toSwitchPageView(await this.switches.historyOf(conversationId, principal, page));
  }
}
