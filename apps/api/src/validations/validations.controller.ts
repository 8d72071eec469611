import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { pageOf } from '#libs/platform/paging/page.js';
import { LifecycleService } from '#libs/validation/lifecycle.service.js';
import { ModelHealthService } from '#libs/validation/model-health.service.js';
import { NoQuery } from '../catalogue/catalogue.schemas.js';
import { ApiResult } from '../http/api-responses.js';
import { RequireCatalogueReader } from '../http/authorization.js';
import { CheckPage, ChecksQuery, LifecyclePage, toLifecycleView } from './validations.schemas.js';

@ApiTags('validation')
@Controller('v1')
export class ValidationsController {
  constructor(
    private readonly health: ModelHealthService,
    private readonly lifecycle: LifecycleService,
  ) {}

  @Get('validations')
  @RequireCatalogueReader()
  @ApiOperation({ summary: 'List results of sweeps and deep checks', description: 'Newest first.' })
  @ApiResult(200, CheckPage, 'A page of results')
  async listValidations(@Query({ schema: ChecksQuery }) { limit, cursor, modelId }: ChecksQuery) {
    const found = await this.health.list(modelId, limit + 1, cursor);
    const { items, next } = pageOf(found, limit);
    return {
      items: items.map((check) => ({ ...check, checkedAt: check.checkedAt.toISOString() })),
      nextCursor: next ? String(next.id) : null,
    };
  }

  @Get('lifecycle')
  @RequireCatalogueReader()
  @ApiOperation({
    summary: 'List the lifecycle of models',
    description:
      'The list has models with a future date or with a guarantee. Each model has its use and its recommended successor.',
  })
  @ApiResult(200, LifecyclePage, 'The models, earliest date first')
  async getLifecycle(@Query({ schema: NoQuery }) _: object) {
    return { items: (await this.lifecycle.report()).map(toLifecycleView), nextCursor: null };
  }
}
