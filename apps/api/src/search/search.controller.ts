import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '#libs/platform/auth/principal.js';
import { IdSearchService } from '#libs/search/id-search.service.js';
import { ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RequireScope } from '../http/authorization.js';
import { FoundIdsView, SearchQuery } from './search.schemas.js';

@ApiTags('conversations')
@Controller('v1/search')
export class SearchController {
  constructor(private readonly search: IdSearchService) {}

  @Get()
  @RequireScope('read', 'audit')
  @ApiOperation({
    summary: 'Find ids by a prefix',
    description:
      'Conversations, users and requests whose ids begin with it, in the order of the ids. A key that is limited to some users finds nothing, and one that is limited to some use cases only their conversations.',
  })
  @ApiResult(200, FoundIdsView, 'What was found, at most `limit` of each kind')
  async findIds(
    @Query({ schema: SearchQuery }) { prefix, limit }: SearchQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.search.find(prefix, limit, principal);
  }
}
