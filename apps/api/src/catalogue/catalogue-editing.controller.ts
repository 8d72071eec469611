import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { CatalogueEditor } from '#libs/catalogue/catalogue-editor.service.js';
import { CatalogueRemoval } from '#libs/catalogue/catalogue-removal.service.js';
import { actorOf } from '#libs/platform/auth/principal.js';
import { pageOf } from '#libs/platform/paging/page.js';
import { ModelRetirementService } from '#libs/switching/model-retirement.service.js';
import type { Caller } from '#libs/switching/switch.js';
import { ApiDeleted, ApiProblems, ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { Id, ModelId } from '../http/string.schemas.js';
import { AssistantView, ModelView, UseCaseView } from './catalogue.schemas.js';
import {
  AddModel,
  ChangePage,
  ChangesQuery,
  EditAssistant,
  EditModel,
  EditUseCase,
  RetiredModelView,
  RetireModel,
} from './catalogue-editing.schemas.js';
import { toModelView } from './model.view.js';
import { toAssistantView, toUseCaseView } from './use-case.view.js';

const IN_USE = 'The response is 409 `in_use` if something uses it: `uses` says what.';

/**
 * Routes by which an operator changes the catalogue. Every change is recorded with before and after, and every instance
 * reloads the catalogue.
 */
@ApiTags('catalogue')
@Controller('v1')
export class CatalogueEditingController {
  constructor(
    private readonly editor: CatalogueEditor,
    private readonly removal: CatalogueRemoval,
    private readonly catalogue: CatalogueService,
    private readonly retirement: ModelRetirementService,
  ) {}

  @Post('models')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Add a model',
    description: 'The model is selectable only if it is available, is invokable and has a price.',
  })
  @ApiResult(201, ModelView, 'The model')
  @ApiProblems(409)
  async addModel(@Body({ schema: AddModel }) { id, ...model }: AddModel, @CurrentCaller() caller: Caller) {
    await this.editor.addModel(id, model, editorOf(caller));
    return this.modelView(id);
  }

  @Patch('models/:id')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Edit a model',
    description: 'The request changes only the fields that it contains.',
  })
  @ApiResult(200, ModelView, 'The model after the change')
  @ApiProblems(404, 409)
  async editModel(
    @Param('id', { schema: ModelId }) id: string,
    @Body({ schema: EditModel }) edit: EditModel,
    @CurrentCaller() caller: Caller,
  ) {
    await this.editor.editModel(id, edit, editorOf(caller));
    return this.modelView(id);
  }

  @Post('models/:id/retire')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Retire a model',
    description:
      'Use cases that run on the model switch to their best other candidate first, and a move takes the conversations that are pinned to it. Each switch has an audit row and a notification.',
  })
  @ApiResult(200, RetiredModelView, 'The model after the change, and the move')
  @ApiProblems(404)
  async retireModel(
    @Param('id', { schema: ModelId }) id: string,
    @Body({ schema: RetireModel }) retirement: RetireModel,
    @CurrentCaller() caller: Caller,
  ) {
    const moveId = await this.retirement.retire(id, retirement, caller);
    return { ...this.modelView(id), moveId };
  }

  @Put('use-cases/:name')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Create or edit a use case',
    description:
      'The request changes only the fields that it contains. A new use case needs candidates. Only a switch changes the active model.',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The change happens only if the use case still has this `version`, in quotes: "7"',
    schema: { type: 'string', maxLength: 600 },
  })
  @ApiResult(200, UseCaseView, 'The use case after the change')
  @ApiProblems(409, 412)
  async saveUseCase(
    @Param('name', { schema: Id }) name: string,
    @Body({ schema: EditUseCase }) edit: EditUseCase,
    @CurrentCaller() caller: Caller,
  ) {
    await this.editor.saveUseCase(name, edit, editorOf(caller), caller.ifMatch);
    return toUseCaseView(this.catalogue.useCase(name));
  }

  @Put('assistants/:id')
  @RequireScope('operate')
  @ApiOperation({ summary: 'Create or edit an assistant', description: 'An assistant maps to one use case.' })
  @ApiResult(200, AssistantView, 'The assistant after the change')
  async saveAssistant(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: EditAssistant }) edit: EditAssistant,
    @CurrentCaller() caller: Caller,
  ) {
    await this.editor.saveAssistant(id, edit, editorOf(caller));
    return toAssistantView(this.catalogue.assistant(id));
  }

  @Delete('models/:id')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Delete a model',
    description: `The model goes with its prices and validations. Switches and calls keep its id. ${IN_USE}`,
  })
  @ApiDeleted()
  async deleteModel(@Param('id', { schema: ModelId }) id: string, @CurrentCaller() caller: Caller) {
    await this.removal.deleteModel(id, editorOf(caller));
  }

  @Delete('use-cases/:name')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Delete a use case',
    description: `The use case goes with its candidates. ${IN_USE}`,
  })
  @ApiDeleted()
  async deleteUseCase(@Param('name', { schema: Id }) name: string, @CurrentCaller() caller: Caller) {
    await this.removal.deleteUseCase(name, editorOf(caller));
  }

  @Delete('assistants/:id')
  @RequireScope('operate')
  @ApiOperation({ summary: 'Delete an assistant', description: IN_USE })
  @ApiDeleted()
  async deleteAssistant(@Param('id', { schema: Id }) id: string, @CurrentCaller() caller: Caller) {
    await this.removal.deleteAssistant(id, editorOf(caller));
  }

  @Get('catalogue/changes')
  @RequireScope('audit', 'operate')
  @ApiOperation({
    summary: 'List changes of the catalogue',
    description:
      'Newest first. Each change has its actor and the row before and after it. The verdicts of sweeps are left out, unless `includeSystem` or `actor` asks for them.',
  })
  @ApiResult(200, ChangePage, 'A page of changes')
  async listCatalogueChanges(@Query({ schema: ChangesQuery }) { limit, cursor, ...filter }: ChangesQuery) {
    const found = await this.editor.changes(filter, limit + 1, cursor);
    const { items, next } = pageOf(found, limit);
    return {
      items: items.map((change) => ({ ...change, changedAt: change.changedAt.toISOString() })),
      nextCursor: next ? String(next.id) : null,
    };
  }

  private modelView(id: string) {
    return toModelView(this.catalogue.selectabilityOf(id).model!);
  }
}

/** @throws ForbiddenError unless the caller may operate */
function editorOf({ principal, requestId }: Caller) {
  return { actor: actorOf(principal), requestId };
}
