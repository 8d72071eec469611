import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { RetentionService } from '#libs/privacy/retention.service.js';
import { NoQuery } from '../catalogue/catalogue.schemas.js';
import { ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';

const RetentionRulePage = z
  .object({
    items: z.array(
      z
        .object({
          table: z.string(),
          days: z.number().int().meta({ description: 'Days for which rows are kept; 0: for ever' }),
          atLeast: z.number().int().meta({ description: 'Fewest days that RETENTION_DAYS may set' }),
        })
        .meta({ id: 'RetentionRule' }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'RetentionRulePage' });

@ApiTags('users')
@Controller('v1/retention')
export class RetentionController {
  constructor(private readonly retention: RetentionService) {}

  @Get()
  @RequireScope('audit', 'operate', 'admin')
  @ApiOperation({
    summary: 'List retention rules',
    description:
      'Rules of this instance: the defaults with the changes of `RETENTION_DAYS`. Rows of other tables are kept for ever.',
  })
  @ApiResult(200, RetentionRulePage, 'The rules by table')
  listRetentionRules(@Query({ schema: NoQuery }) _: object) {
    return { items: this.retention.effectiveRules(), nextCursor: null };
  }
}
