import { Injectable, Optional } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import {
  AssistantNotFoundError,
  type CatalogueUse,
  EntryInUseError,
  ModelNotFoundError,
  UseCaseNotFoundError,
} from './catalogue.errors.js';
import type { Catalogue } from './catalogue.js';
import type { Editor } from './catalogue-edit.js';
import { CatalogueEditsRepository } from './catalogue-edits.repository.js';
import { CatalogueUsesRepository } from './catalogue-uses.repository.js';
import { CatalogueWriter } from './catalogue-writer.service.js';
import { UseCaseEditGate } from './use-case-edit-gate.js';

/** Something refers to the row since it was looked at. */
const REFERRED_TO = '23503';

interface Removal {
  isKnown: (catalogue: Catalogue) => boolean;
  notFound: () => Error;
  usesOf: (tx: Transaction) => Promise<CatalogueUse[]>;
  allow?: (tx: Transaction, present: Catalogue) => Promise<void>;
  remove: (tx: Transaction) => Promise<void>;
}

/** Deletes entries of the catalogue that nothing uses. Like edits, deletions are recorded with their editor. */
@Injectable()
export class CatalogueRemoval {
  constructor(
    private readonly writer: CatalogueWriter,
    private readonly edits: CatalogueEditsRepository,
    private readonly uses: CatalogueUsesRepository,
    private readonly clock: Clock,
    @Optional() private readonly gate?: UseCaseEditGate,
  ) {}

  /** @throws ModelNotFoundError, EntryInUseError */
  async deleteModel(id: string, editor: Editor): Promise<void> {
    await this.remove(`Model ${id}`, editor, {
      isKnown: ({ models }) => models.some((model) => model.id === id),
      notFound: () => new ModelNotFoundError(id),
      usesOf: (tx) => this.uses.ofModel(id, tx),
      remove: (tx) => this.edits.deleteModel(id, tx),
    });
  }

  /** @throws UseCaseNotFoundError, EntryInUseError; the errors of the gate, because a deletion ends the review, too */
  async deleteUseCase(name: string, editor: Editor): Promise<void> {
    await this.remove(`Use case ${name}`, editor, {
      isKnown: ({ useCases }) => useCases.some((useCase) => useCase.name === name),
      notFound: () => new UseCaseNotFoundError(name),
      usesOf: (tx) => this.uses.ofUseCase(name, tx),
      allow: async (tx, { useCases }) => {
        const useCase = useCases.find((each) => each.name === name)!;
        await this.gate?.allowEdit({ useCase, fields: ['candidates'], editor, now: this.clock.now(), tx });
      },
      remove: (tx) => this.edits.deleteUseCase(name, tx),
    });
  }

  /** @throws AssistantNotFoundError, EntryInUseError */
  async deleteAssistant(id: string, editor: Editor): Promise<void> {
    await this.remove(`Assistant ${id}`, editor, {
      isKnown: ({ assistants }) => assistants.some((assistant) => assistant.id === id),
      notFound: () => new AssistantNotFoundError(id),
      usesOf: (tx) => this.uses.ofAssistant(id, tx),
      remove: (tx) => this.edits.deleteAssistant(id, tx),
    });
  }

  private async remove(what: string, editor: Editor, removal: Removal): Promise<void> {
    try {
      await this.writer.change(editor, async (tx, present) => {
        if (!removal.isKnown(present)) throw removal.notFound();
        const uses = await removal.usesOf(tx);
        if (uses.length > 0) throw new EntryInUseError(what, uses);
        await removal.allow?.(tx, present);
        await removal.remove(tx);
      });
    } catch (error) {
      throw isReferredTo(error) ? new EntryInUseError(what, []) : error;
    }
  }
}

const isReferredTo = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === REFERRED_TO;
