import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessChangesService } from '#libs/platform/auth/access-changes.service.js';
import { ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import { AccessChangePage, AccessChangesQuery, toAccessChangeView } from './access-changes.schemas.js';

@ApiTags('keys')
@Controller('v1/access-changes')
export class AccessChangesController {
  constructor(private readonly changes: AccessChangesService) {}

  @Get()
  @RequireScope('admin', 'audit')
  @ApiOperation({
    summary: 'List changes of service keys, webhooks and channels',
    description:
      'Newest first. Each change has its actor and the row before and after it. An auditor reads it without the right to change keys.',
  })
  @ApiResult(200, AccessChangePage, 'A page of changes, without secrets')
  async listAccessChanges(
    @Query({ schema: AccessChangesQuery }) { limit, cursor, ...filter }: AccessChangesQuery,
  ) {
    const { items, nextCursor } = await this.changes.list(filter, limit, cursor);
    return { items: items.map(toAccessChangeView), nextCursor };
  }
}
