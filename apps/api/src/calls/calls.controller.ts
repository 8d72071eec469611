import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallListService } from '#libs/costs/call-list.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import { decodeCursor, encodeCursor } from '../switches/switches.schemas.js';
import { CallPage, CallsQuery, toCallView } from './calls.schemas.js';

@ApiTags('calls')
@Controller('v1/calls')
export class CallsController {
  constructor(private readonly calls: CallListService) {}

  @Get()
  @RightsByOwner()
  @ApiOperation({
    summary: 'List calls of models',
    description:
      'Newest first, with the attempts of each call, and never with a text. A user gets its own calls. A service key needs the scope read or audit.',
  })
  @ApiResult(200, CallPage, 'A page of calls')
  async listCalls(
    @Query({ schema: CallsQuery }) { limit, cursor, ...query }: CallsQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    const position = decodeCursor(cursor);
    const before = position && { startedAt: position.occurredAt, id: position.id };
    const { items, next } = await this.calls.list(query, principal, { limit, before });
    return {
      items: items.map(toCallView),
      nextCursor: next ? encodeCursor({ occurredAt: next.startedAt, id: next.id }) : null,
    };
  }
}
