import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AssistantNotFoundError,
  ModelNotFoundError,
  UseCaseNotFoundError,
} from '#libs/catalogue/catalogue.errors.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { LifecycleService } from '#libs/validation/lifecycle.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RequireCatalogueReader } from '../http/authorization.js';
import { ApiConditionalGet, ENTITY_TAG } from '../http/conditional-get.js';
import { Id, ModelId } from '../http/string.schemas.js';
import {
  AssistantPage,
  AssistantView,
  JudgedModelView,
  ModelPage,
  ModelUseView,
  NoQuery,
  UseCasePage,
  UseCaseView,
} from './catalogue.schemas.js';
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
  @ApiResult(200, ModelPage, 'The models', ENTITY_TAG)
  @ApiConditionalGet()
  listModels(@Query({ schema: NoQuery }) _: object) {
    return { items: this.catalogue.snapshot().models.map((model) => this.judged(model)), nextCursor: null };
  }

  @Get('models/:id')
  @RequireCatalogueReader()
  @ApiOperation({
    summary: 'Get a model',
    description: 'The model with the reasons why it is not selectable. A foundation model id finds it, too.',
  })
  @ApiResult(200, JudgedModelView, 'The model', ENTITY_TAG)
  @ApiConditionalGet()
  @ApiProblems(404)
  getModel(@Param('id', { schema: ModelId }) id: string) {
    const { model } = this.catalogue.selectabilityOf(id);
    if (!model) throw new ModelNotFoundError(id);
    return this.judged(model);
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
  @ApiResult(200, UseCasePage, 'The use cases', ENTITY_TAG)
  @ApiConditionalGet()
  listUseCases(@Query({ schema: NoQuery }) _: object) {
    return { items: this.catalogue.snapshot().useCases.map(toUseCaseView), nextCursor: null };
  }

  @Get('use-cases/:name')
  @RequireCatalogueReader()
  @ApiOperation({
    summary: 'Get a use case',
    description: 'The use case with its active model and its candidates.',
  })
  @ApiResult(200, UseCaseView, 'The use case', ENTITY_TAG)
  @ApiConditionalGet()
  @ApiProblems(404)
  getUseCase(@Param('name', { schema: Id }) asked: string) {
    const useCase = this.catalogue.snapshot().useCases.find(({ name }) => name === asked);
    if (!useCase) throw new UseCaseNotFoundError(asked);
    return toUseCaseView(useCase);
  }

  @Get('assistants')
  @RequireCatalogueReader()
  @ApiOperation({ summary: 'List assistants', description: 'Each assistant has its use case.' })
  @ApiResult(200, AssistantPage, 'The assistants', ENTITY_TAG)
  @ApiConditionalGet()
  listAssistants(@Query({ schema: NoQuery }) _: object) {
    return { items: this.catalogue.snapshot().assistants.map(toAssistantView), nextCursor: null };
  }

  @Get('assistants/:id')
  @RequireCatalogueReader()
  @ApiOperation({ summary: 'Get an assistant', description: 'The assistant with its use case.' })
  @ApiResult(200, AssistantView, 'The assistant', ENTITY_TAG)
  @ApiConditionalGet()
  @ApiProblems(404)
  getAssistant(@Param('id', { schema: Id }) asked: string) {
    const assistant = this.catalogue.snapshot().assistants.find(({ id }) => id === asked);
    if (!assistant) throw new AssistantNotFoundError(asked);
    return toAssistantView(assistant);
  }

  private judged(model: Model) {
    const { reasons } = this.catalogue.selectabilityOf(model.id);
    return { ...toModelView(model), selectable: reasons.length === 0, reasons };
  }
}
