import { Injectable, Optional } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { BY_OPERATOR, withStated } from './capabilities.js';
import { ModelExistsError, ModelNotFoundError } from './catalogue.errors.js';
import type { Catalogue, UseCase } from './catalogue.js';
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
import { reviewedFieldsOf, UseCaseEditGate } from './use-case-edit-gate.js';

/** Transaction of `CatalogueWriter`, with the catalogue in it. */
export interface Editing {
  tx: Transaction;
  present: Catalogue;
  editor: Editor;
}

/** Edits the catalogue on behalf of an operator: validates, records before and after, and notifies every instance. */
@Injectable()
export class CatalogueEditor {
  constructor(
    private readonly writer: CatalogueWriter,
    private readonly edits: CatalogueEditsRepository,
    private readonly clock: Clock,
    @Optional() private readonly gate?: UseCaseEditGate,
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
    await this.writer.change(editor, (tx, present) =>
      this.editModelWithin({ tx, present, editor }, id, edit),
    );
  }

  /** Edits a model within a transaction. @throws as `editModel` */
  async editModelWithin({ tx, present }: Editing, id: string, edit: Partial<ModelEdit>): Promise<void> {
    const model = present.models.find((candidate) => candidate.id === id);
    if (!model) throw new ModelNotFoundError(id);
    checkModel(id, { ...editableOf(model), ...edit }, present);
    if (edit.available === false) checkUnused(id, present);
    const { capabilities: stated, ...fields } = edit;
    const capabilities = stated && withStated(model.capabilities, stated, this.clock.now());
    const changed = { ...withPrices(fields, model), ...(capabilities && { capabilities }) };
    await this.edits.updateModel(id, changed, tx);
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
      await this.saveUseCaseWithin({ tx, present, editor }, name, edit);
    });
  }

  /** Creates or edits a use case within a transaction. @throws as `saveUseCase`; the errors of the gate */
  async saveUseCaseWithin(editing: Editing, name: string, edit: Partial<UseCaseEdit>): Promise<void> {
    const { tx, present } = editing;
    const known = present.useCases.find((useCase) => useCase.name === name);
    checkModelIds('candidates', edit.candidates ?? [], present);
    const { candidates, ...rest } = edit;
    if (known) {
      await this.assertAllowed(editing, known, edit);
      await this.edits.updateUseCase(name, rest, tx);
    } else {
      const { candidates: ordered, ...created } = completeUseCase(edit);
      await this.edits.insertUseCase(name, { ...created, activeModelId: ordered[0]! }, tx);
    }
    if (candidates) await this.edits.setCandidates(name, candidates, tx);
  }

  /** Asks the gate for an edit that decides which model answers. */
  private async assertAllowed(
    { tx, editor }: Editing,
    useCase: UseCase,
    edit: Partial<UseCaseEdit>,
  ): Promise<void> {
    const fields = reviewedFieldsOf(edit, useCase);
    if (fields.length > 0) await this.gate?.allowEdit({ useCase, fields, editor, now: this.clock.now(), tx });
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
