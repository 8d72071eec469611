import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { LifecycleService } from '#libs/validation/lifecycle.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RequireCatalogueReader } from '../http/authorization.js';
import { ModelId } from '../http/string.schemas.js';
import { AssistantPage, ModelPage, ModelUseView, NoQuery, UseCasePage } from './catalogue.schemas.js';
import { toModelView } from './model.view.js';
import { toAssistantView, toUseCaseView } from './use-case.view.js';

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
    summary: 'List models',
    description:
      'The list includes models that are not available or have ended. Each model has the reasons why it is not selectable.',
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
    summary: 'Get the use of a model',
    description: 'The api counts conversations up to 1,000,000.',
  })
  @ApiResult(200, ModelUseView, 'Use cases and conversations that run on the model')
  @ApiProblems(404)
  async getModelUse(@Param('id', { schema: ModelId }) id: string) {
    return this.lifecycle.useOf(id);
  }

  @Get('use-cases')
  @RequireCatalogueReader()
  @ApiOperation({
    summary: 'List use cases',
    description: 'Each use case has its active model and its candidates.',
  })
  @ApiResult(200, UseCasePage, 'The use cases')
  listUseCases(@Query({ schema: NoQuery }) _: object) {
    return { items: this.catalogue.snapshot().useCases.map(toUseCaseView), nextCursor: null };
  }

  @Get('assistants')
  @RequireCatalogueReader()
  @ApiOperation({ summary: 'List assistants', description: 'Each assistant has its use case.' })
  @ApiResult(200, AssistantPage, 'The assistants')
  listAssistants(@Query({ schema: NoQuery }) _: object) {
    return { items: this.catalogue.snapshot().assistants.map(toAssistantView), nextCursor: null };
  }
}
