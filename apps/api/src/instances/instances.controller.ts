import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { InstancesService } from '#libs/operations/instances.service.js';
import { NoQuery } from '../catalogue/catalogue.schemas.js';
import { ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import { InstancePage, toInstanceView } from './instances.schemas.js';

@ApiTags('health')
@Controller('v1/instances')
export class InstancesController {
  constructor(private readonly instances: InstancesService) {}

  @Get()
  @RequireScope('read')
  @ApiOperation({
    summary: 'List instances',
    description:
      'Processes of the api and of the worker with their last heartbeat, at most 200. A process that stops in order leaves the list; one that dies stays in it, as stale, for an hour.',
  })
  @ApiResult(200, InstancePage, 'The processes')
  async listInstances(@Query({ schema: NoQuery }) _: object) {
    return { items: (await this.instances.list()).map(toInstanceView), nextCursor: null };
  }
}
