import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OverviewService } from '#libs/overview/overview.service.js';
import { NoQuery } from '../catalogue/catalogue.schemas.js';
import { ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import { OverviewView, toOverviewView } from './overview.schemas.js';

@ApiTags('analytics')
@Controller('v1/overview')
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Get()
  @RequireScope('read')
  @ApiOperation({
    summary: 'Get an overview',
    description:
      'The overview has the figures of each use case, and everything that needs an operator. The api reads it at most once in five seconds.',
  })
  @ApiResult(200, OverviewView, 'The use cases, and the states that need an operator')
  async getOverview(@Query({ schema: NoQuery }) _: object) {
    return toOverviewView(await this.overview.read());
  }
}
