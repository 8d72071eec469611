import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnalyticsService } from '#libs/analytics/analytics.service.js';
import { ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import {
  AnalyticsQuery,
  CostsPage,
  PreferencesPage,
  PreferencesQuery,
  SwitchFiguresPage,
  toCostsPage,
  toPreferencesPage,
  toSwitchFiguresPage,
  toUsagePage,
  UsagePage,
} from './analytics.schemas.js';
import { Groups, Preferences, positionOf } from './analytics-cursor.js';

const NEEDS_READ = 'Needs a service key with the scope read.';

@ApiTags('analytics')
@Controller('v1/analytics')
export class AnalyticsController {
  constructor(private readonly analytics: AnalyticsService) {}

  @Get('usage')
  @RequireScope('read')
  @ApiOperation({
    summary: 'Calls, tokens and times',
    description: `Groups with most calls first; days and hours in their order. At most 366 days, 31 by user. ${NEEDS_READ}`,
  })
  @ApiResult(200, UsagePage, 'A page of groups, and their totals')
  async getUsage(@Query({ schema: AnalyticsQuery }) { limit, cursor, ...query }: AnalyticsQuery) {
    return toUsagePage(await this.analytics.usage(query, { limit, after: positionOf(cursor, Groups) }));
  }

  @Get('costs')
  @RequireScope('read')
  @ApiOperation({
    summary: 'What calls cost, and what switches saved',
    description: `The dearest groups first; days and hours in their order. At most 92 days, 31 by user. ${NEEDS_READ}`,
  })
  @ApiResult(200, CostsPage, 'A page of groups, their totals, and what switches were to save and saved')
  async getCosts(@Query({ schema: AnalyticsQuery }) { limit, cursor, ...query }: AnalyticsQuery) {
    return toCostsPage(await this.analytics.costs(query, { limit, after: positionOf(cursor, Groups) }));
  }

  @Get('switches')
  @RequireScope('read')
  @ApiOperation({
    summary: 'Switches, by the model they went to',
    description: `Groups with most switches first; days and hours in their order. At most 92 days. ${NEEDS_READ}`,
  })
  @ApiResult(200, SwitchFiguresPage, 'A page of groups, and their totals')
  async getSwitchFigures(@Query({ schema: AnalyticsQuery }) { limit, cursor, ...query }: AnalyticsQuery) {
    const after = positionOf(cursor, Groups);
    return toSwitchFiguresPage(await this.analytics.switches(query, { limit, after }));
  }

  @Get('preferences')
  @RequireScope('read')
  @ApiOperation({
    summary: 'Which models users ended up with in the last 30 days',
    description: `Most selections first. ${NEEDS_READ}`,
  })
  @ApiResult(200, PreferencesPage, 'A page of users and models')
  async getPreferences(@Query({ schema: PreferencesQuery }) { limit, cursor, ...filter }: PreferencesQuery) {
    const after = positionOf(cursor, Preferences);
    return toPreferencesPage(await this.analytics.preferences(filter, limit, after));
  }
}
