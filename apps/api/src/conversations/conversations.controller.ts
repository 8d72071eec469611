import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ConversationListService } from '#libs/switching/conversation-list.service.js';
import { ConversationsService } from '#libs/switching/conversations.service.js';
import { SwitchHistoryService } from '#libs/switching/switch-history.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import { Id } from '../http/string.schemas.js';
import { decodeCursor, PageQuery, SwitchPageView, toSwitchPageView } from '../switches/switches.schemas.js';
import {
  ConversationPage,
  ConversationsQuery,
  ExplainedConversationView,
  ResolutionQuery,
  ResolutionView,
  toConversationView,
  toResolutionView,
} from './conversations.schemas.js';

@ApiTags('conversations')
@Controller('v1/conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly stored: ConversationListService,
    private readonly switches: SwitchHistoryService,
  ) {}

  @Get()
  @RightsByOwner()
  @ApiOperation({
    summary: 'List conversations',
    description:
      'In the order of their ids. A user gets its own conversations. A service key needs the scope read or audit, or gets those that it may switch.',
  })
  @ApiResult(200, ConversationPage, 'A page of conversations')
  async listConversations(
    @Query({ schema: ConversationsQuery }) { limit, cursor, ...query }: ConversationsQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    const { items, next } = await this.stored.list(query, principal, { limit, after: cursor });
    return { items: items.map(toConversationView), nextCursor: next?.id ?? null };
  }

  @Get(':id')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Get a conversation',
    description: 'The conversation with its effective model, and why this model answers.',
  })
  @ApiResult(200, ExplainedConversationView, 'The conversation')
  @ApiProblems(404)
  async getConversation(@Param('id', { schema: Id }) id: string, @CurrentPrincipal() principal: Principal) {
    const { explanation, ...conversation } = await this.stored.get(id, principal);
    return { ...toConversationView(conversation), explanation };
  }

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
