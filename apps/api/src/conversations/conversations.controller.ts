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
    summary: 'Get the effective model of a conversation',
    description: 'The api answers from its cache where possible, and never creates a conversation.',
  })
  @ApiResult(200, ResolutionView, 'The effective model', {
    ETag: 'Value for the header If-Match of a switch',
  })
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
    summary: 'List the switches of a conversation',
    description:
      'Newest first. The list includes switches of its use case while the conversation followed it.',
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
