import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChangeCalendar } from '#libs/change-control/change-calendar.service.js';
import { ApiResult } from '../http/api-responses.js';
import { RequirePersonOrScope } from '../http/authorization.js';
import { ChangeWindowsPage, ChangeWindowsQuery, toWindowsView } from './change-windows.schemas.js';

/** Times in which approved changes may be applied. */
@ApiTags('change control')
@Controller('v1/change-windows')
export class ChangeWindowsController {
  constructor(private readonly calendar: ChangeCalendar) {}

  @Get()
  @RequirePersonOrScope('read', 'operate', 'audit')
  @ApiOperation({
    summary: 'List when change windows are open',
    description:
      'Of each reviewed use case that has windows, by name. A use case without windows is not listed: its changes are applied at any time. Freezes are not taken off.',
  })
  @ApiResult(200, ChangeWindowsPage, 'A page of use cases with the openings of their windows')
  async listChangeWindows(@Query({ schema: ChangeWindowsQuery }) query: ChangeWindowsQuery) {
    const { limit, cursor, ...filter } = query;
    return toWindowsView(await this.calendar.list(filter, { limit, after: cursor }));
  }
}
