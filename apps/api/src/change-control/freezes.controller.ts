import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { FreezesService } from '#libs/change-control/freezes.service.js';
import type { Caller } from '#libs/switching/switch.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RequirePerson, RequirePersonOrScope } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import {
  CreateFreeze,
  FreezeId,
  FreezePage,
  FreezesQuery,
  FreezeView,
  toFreezeView,
} from './freezes.schemas.js';

/** Times in which use cases do not change, but for safety. */
@ApiTags('change control')
@Controller('v1/freezes')
export class FreezesController {
  constructor(private readonly freezes: FreezesService) {}

  @Get()
  @RequirePersonOrScope('read', 'operate', 'audit')
  @ApiOperation({ summary: 'List freezes', description: 'The last to end first.' })
  @ApiResult(200, FreezePage, 'A page of freezes')
  async listFreezes(@Query({ schema: FreezesQuery }) { limit, cursor, ...filter }: FreezesQuery) {
    const { items, next } = await this.freezes.list(filter, { limit, after: cursor });
    return { items: items.map(toFreezeView), nextCursor: next?.id ?? null };
  }

  @Post()
  @RequirePerson('approve')
  @ApiOperation({
    summary: 'Freeze use cases',
    description:
      'Until its end, switches and edits of these use cases answer 409 `frozen`, also where no review is needed. Fallback, failover and recovery continue.',
  })
  @ApiResult(201, FreezeView, 'The freeze')
  @ApiProblems(404)
  async createFreeze(@Body({ schema: CreateFreeze }) body: CreateFreeze, @CurrentCaller() caller: Caller) {
    return toFreezeView(await this.freezes.create(body, caller));
  }

  @Delete(':id')
  @HttpCode(200)
  @RequirePerson('approve')
  @ApiOperation({
    summary: 'End a freeze early',
    description: 'Needs another person than who made it: 403 `own_freeze`.',
  })
  @ApiResult(200, FreezeView, 'The freeze after it')
  @ApiProblems(404, 409)
  async endFreeze(@Param('id', { schema: FreezeId }) id: string, @CurrentCaller() caller: Caller) {
    return toFreezeView(await this.freezes.end(id, caller));
  }
}
