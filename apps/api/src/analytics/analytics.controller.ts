import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnalyticsService } from '#libs/analytics/analytics.service.js';
import { ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import {
  AnalyticsQuery,
  CallFormsList,
  CallFormsQuery,
  CostsPage,
  PreferencesPage,
  PreferencesQuery,
  SwitchFiguresPage,
  toCallFormsList,
  toCostsPage,
  toPreferencesPage,
  toSwitchFiguresPage,
  toUsagePage,
  UsagePage,
} from './analytics.schemas.js';
import { Groups, Preferences, positionOf } from './analytics-cursor.js';

const NEEDS_READ = 'The request needs a service key with the scope read.';

@ApiTags('analytics')
@Controller('v1/analytics')
export class AnalyticsController {
  constructor(private readonly analytics: AnalyticsService) {}

  @Get('usage')
  @RequireScope('read')
  @ApiOperation({
    summary: 'Get calls, tokens and times',
    description: `Groups with the most calls come first, but days and hours are in the order of time. The period is at most 366 days, or 31 days by user. ${NEEDS_READ}`,
  })
  @ApiResult(200, UsagePage, 'A page of groups, and the totals of all groups')
  async getUsage(@Query({ schema: AnalyticsQuery }) { limit, cursor, ...query }: AnalyticsQuery) {
    return toUsagePage(await this.analytics.usage(query, { limit, after: positionOf(cursor, Groups) }));
  }

  @Get('costs')
  @RequireScope('read')
  @ApiOperation({
    summary: 'Get costs and savings',
    description: `Groups with the highest cost come first, but days and hours are in the order of time. The period is at most 92 days, or 31 days by user. ${NEEDS_READ}`,
  })
  @ApiResult(
    200,
    CostsPage,
    'A page of groups, the totals of all groups, and the cost impacts and savings of switches',
  )
  async getCosts(@Query({ schema: AnalyticsQuery }) { limit, cursor, ...query }: AnalyticsQuery) {
    return toCostsPage(await this.analytics.costs(query, { limit, after: positionOf(cursor, Groups) }));
  }

  @Get('switches')
  @RequireScope('read')
  @ApiOperation({
    summary: 'Get numbers of switches',
    description: `A switch counts for its new model. Groups with the most switches come first, but days and hours are in the order of time. The period is at most 92 days. ${NEEDS_READ}`,
  })
  @ApiResult(200, SwitchFiguresPage, 'A page of groups, and the totals of all groups')
  async getSwitchFigures(@Query({ schema: AnalyticsQuery }) { limit, cursor, ...query }: AnalyticsQuery) {
    const after = positionOf(cursor, Groups);
    return toSwitchFiguresPage(await this.analytics.switches(query, { limit, after }));
  }

  @Get('forms')
  @RequireScope('read')
  @ApiOperation({
    summary: 'Count calls by wire, family of the body and form',
    description: `Most calls first. The period is at most 92 days. Calls that a release without wires recorded are not in it. ${NEEDS_READ}`,
  })
  @ApiResult(200, CallFormsList, 'All wires and families of bodies, each with its forms')
  async getCallForms(@Query({ schema: CallFormsQuery }) query: CallFormsQuery) {
    return toCallFormsList(await this.analytics.callForms(query));
  }

  @Get('preferences')
  @RequireScope('read')
  @ApiOperation({
    summary: 'List the models that users switched to',
    description: `The counts cover the last 30 days, highest first. ${NEEDS_READ}`,
  })
  @ApiResult(200, PreferencesPage, 'A page of users and models')
  async getPreferences(@Query({ schema: PreferencesQuery }) { limit, cursor, ...filter }: PreferencesQuery) {
    const after = positionOf(cursor, Preferences);
    return toPreferencesPage(await this.analytics.preferences(filter, limit, after));
  }
}
