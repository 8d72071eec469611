import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { actorOf } from '#libs/platform/auth/principal.js';
import type { Caller } from '#libs/switching/switch.js';
import { SweepRequestsService } from '#libs/validation/sweep-requests.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { RequestedSweepView, RequestSweep, SweepPage, SweepsQuery, toSweepView } from './sweeps.schemas.js';

@ApiTags('validation')
@Controller('v1/sweeps')
export class SweepsController {
  constructor(private readonly sweeps: SweepRequestsService) {}

  @Post()
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Request a sweep',
    description:
      'A worker checks the models in Bedrock’s lists, and probes those whose last answer is old. Use cases leave models that fail. The response is 409 `sweep_running` while another sweep is in progress: `sweepId` is its id.',
  })
  @ApiResult(202, RequestedSweepView, 'Id of the sweep, which a worker runs within seconds')
  @ApiProblems(409)
  async requestSweep(
    @Body({ schema: RequestSweep }) { deep, modelIds }: RequestSweep,
    @CurrentCaller() { principal }: Caller,
  ) {
    const request = { deep, modelIds: modelIds ? [...new Set(modelIds)] : null };
    return { id: await this.sweeps.request(request, actorOf(principal)) };
  }

  @Get()
  @RequireScope('read', 'operate')
  @ApiOperation({
    summary: 'List sweeps',
    description: 'Sweeps of the schedule and requested ones with their progress, newest first.',
  })
  @ApiResult(200, SweepPage, 'The newest sweeps')
  async listSweeps(@Query({ schema: SweepsQuery }) { limit }: SweepsQuery) {
    return { items: (await this.sweeps.list(limit)).map(toSweepView), nextCursor: null };
  }
}
