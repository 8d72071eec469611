import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnalyticsService } from '#libs/analytics/analytics.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ForbiddenError } from '#libs/platform/errors/errors.js';
import { ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import { OwnUsageQuery, toUsagePage, UsagePage } from './analytics.schemas.js';
import { Groups, positionOf } from './analytics-cursor.js';

@ApiTags('analytics')
@Controller('v1/usage')
export class OwnUsageController {
  constructor(private readonly analytics: AnalyticsService) {}

  @Get('me')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Get your own usage',
    description:
      'Calls, tokens and costs of the user whose token the request has. The period is at most 366 days. Service keys use `GET /v1/analytics/usage`.',
  })
  @ApiResult(200, UsagePage, 'A page of groups, and the totals of all groups')
  async getOwnUsage(
    @Query({ schema: OwnUsageQuery }) { limit, cursor, ...query }: OwnUsageQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    if (principal.kind !== 'user')
      throw new ForbiddenError(
        'This needs the token of a user. Service keys use GET /v1/analytics/usage?userId=…',
      );
    const page = { limit, after: positionOf(cursor, Groups) };
    return toUsagePage(await this.analytics.usage({ ...query, userId: principal.subject }, page));
  }
}
