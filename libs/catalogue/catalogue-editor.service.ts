import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { BY_OPERATOR, withStated } from './capabilities.js';
import { ModelExistsError, ModelNotFoundError } from './catalogue.errors.js';
import {
  type AssistantEdit,
  assertUseCaseVersion,
  type CatalogueChange,
  type ChangeFilter,
  checkModel,
  checkModelIds,
  checkUnused,
  checkUseCaseName,
  completeUseCase,
  type Editor,
  editableOf,
  type ModelEdit,
  type UseCaseEdit,
  withPrices,
} from './catalogue-edit.js';
import { CatalogueEditsRepository } from './catalogue-edits.repository.js';
import { CatalogueWriter } from './catalogue-writer.service.js';

/** Edits the catalogue on behalf of an operator: validates, records before and after, and notifies every instance. */
@Injectable()
export class CatalogueEditor {
  constructor(
    private readonly writer: CatalogueWriter,
    private readonly edits: CatalogueEditsRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws ModelExistsError, InvalidInputError */
  async addModel(id: string, edit: ModelEdit, editor: Editor): Promise<void> {
    await this.writer.change(editor, async (tx, present) => {
      checkModel(id, edit, present);
      const priceSource = edit.inputPricePer1k === null ? null : BY_OPERATOR;
      const capabilities = withStated({}, edit.capabilities ?? {}, this.clock.now());
      if (!(await this.edits.insertModel(id, { ...edit, priceSource, capabilities }, tx)))
        throw new ModelExistsError(id);
    });
  }

  /** @throws ModelNotFoundError, InvalidInputError, ModelInUseError */
  async editModel(id: string, edit: Partial<ModelEdit>, editor: Editor): Promise<void> {
    await this.writer.change(editor, async (tx, present) => {
      const model = present.models.find((candidate) => candidate.id === id);
      if (!model) throw new ModelNotFoundError(id);
      checkModel(id, { ...editableOf(model), ...edit }, present);
      if (edit.available === false) checkUnused(id, present);
      const { capabilities: stated, ...fields } = edit;
      const capabilities = stated && withStated(model.capabilities, stated, this.clock.now());
      const changed = { ...withPrices(fields, model), ...(capabilities && { capabilities }) };
      await this.edits.updateModel(id, changed, tx);
    });
  }

  /**
   * Creates or edits a use case. A new one needs all fields, and its first candidate becomes active.
   * @throws StaleUseCaseError if the use case has another version than `ifMatch`
   */
  async saveUseCase(
    name: string,
    edit: Partial<UseCaseEdit>,
    editor: Editor,
    ifMatch?: string,
  ): Promise<void> {
    await this.writer.change(editor, async (tx, present) => {
      const known = present.useCases.find((useCase) => useCase.name === name);
      assertUseCaseVersion(ifMatch, name, known);
      checkModelIds('candidates', edit.candidates ?? [], present);
      const { candidates, ...rest } = edit;
      if (known) {
        await this.edits.updateUseCase(name, rest, tx);
      } else {
        const { candidates: ordered, ...created } = completeUseCase(edit);
        await this.edits.insertUseCase(name, { ...created, activeModelId: ordered[0]! }, tx);
      }
      if (candidates) await this.edits.setCandidates(name, candidates, tx);
    });
  }

  /** Creates an assistant, or moves it to another use case. @throws InvalidInputError */
  async saveAssistant(id: string, edit: AssistantEdit, editor: Editor): Promise<void> {
    await this.writer.change(editor, async (tx, present) => {
      checkUseCaseName(edit.useCase, present);
      await this.edits.saveAssistant(id, edit, tx);
    });
  }

  /** Lists every recorded change, newest first, a page at a time. */
  async changes(filter: ChangeFilter, limit: number, after?: number): Promise<CatalogueChange[]> {
    return this.edits.changes(filter, limit, after);
  }
}
