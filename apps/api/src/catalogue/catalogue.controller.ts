import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { LifecycleService } from '#libs/validation/lifecycle.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RequireCatalogueReader } from '../http/authorization.js';
import { ModelId } from '../http/string.schemas.js';
import { AssistantPage, ModelPage, ModelUseView, NoQuery, UseCasePage } from './catalogue.schemas.js';
import { toModelView } from './model.view.js';
import { toUseCaseView } from './use-case.view.js';

/** The whole catalogue is in memory and small, so each list is one page. */
@ApiTags('catalogue')
@Controller('v1')
export class CatalogueController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly lifecycle: LifecycleService,
  ) {}

  @Get('models')
  @RequireCatalogueReader()
  @ApiOperation({
    summary: 'All models',
    description:
      'Also those that are not available, or have ended; each with the reasons against selecting it.',
  })
  @ApiResult(200, ModelPage, 'The models')
  listModels(@Query({ schema: NoQuery }) _: object) {
    const items = this.catalogue.snapshot().models.map((model) => {
      const { reasons } = this.catalogue.selectabilityOf(model.id);
      return { ...toModelView(model), selectable: reasons.length === 0, reasons };
    });
    return { items, nextCursor: null };
  }

  @Get('models/:id/use')
  @RequireCatalogueReader()
  @ApiOperation({
    summary: 'What runs on a model',
    description: 'Conversations are counted up to a million.',
  })
  @ApiResult(200, ModelUseView, 'What runs on it now')
  @ApiProblems(404)
  async getModelUse(@Param('id', { schema: ModelId }) id: string) {
    return this.lifecycle.useOf(id);
  }

  @Get('use-cases')
  @RequireCatalogueReader()
  @ApiOperation({ summary: 'All use cases', description: 'With their active model and their candidates.' })
  @ApiResult(200, UseCasePage, 'The use cases')
  listUseCases(@Query({ schema: NoQuery }) _: object) {
    return { items: this.catalogue.snapshot().useCases.map(toUseCaseView), nextCursor: null };
  }

  @Get('assistants')
  @RequireCatalogueReader()
  @ApiOperation({ summary: 'All assistants', description: 'With the use case each belongs to.' })
  @ApiResult(200, AssistantPage, 'The assistants')
  listAssistants(@Query({ schema: NoQuery }) _: object) {
    return { items: this.catalogue.snapshot().assistants, nextCursor: null };
  }
}
