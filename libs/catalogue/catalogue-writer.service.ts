import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { CatalogueCache } from './catalogue.cache.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueRepository } from './catalogue.repository.js';
import type { Editor } from './catalogue-edit.js';
import { CatalogueEditsRepository } from './catalogue-edits.repository.js';

/** Use cases with their models, and further models. */
export interface CataloguePart {
  useCases: string[];
  modelIds: string[];
}

/**
 * Changes the catalogue in one transaction, records the change under its editor's name, then notifies every instance.
 */
@Injectable()
export class CatalogueWriter {
  constructor(
    private readonly transactions: Transactions,
    private readonly edits: CatalogueEditsRepository,
    private readonly catalogue: CatalogueRepository,
    private readonly cache: CatalogueCache,
  ) {}

  /** @param guard runs before the catalogue is read, e.g. takes a lock; its errors end the change */
  async change<T>(
    editor: Editor,
    work: (tx: Transaction, present: Catalogue) => Promise<T>,
    guard?: (tx: Transaction) => Promise<void>,
  ): Promise<T> {
    return this.changeUnread(editor, (tx) => this.withAll(work, tx), guard);
  }

  /** As `change`, for work that reads what it needs of the catalogue. */
  async changeUnread<T>(
    editor: Editor,
    work: (tx: Transaction) => Promise<T>,
    guard: (tx: Transaction) => Promise<void> = async () => {},
  ): Promise<T> {
    const { result, version } = await this.transactions.run(async (tx) => {
      await guard(tx);
      await this.begin(editor, tx);
      const result = await work(tx);
      return { result, version: await this.catalogue.version(tx) };
    });
    await this.cache.changed(version);
    return result;
  }

  /** Runs the work of a change and rolls it back. @returns the result of the change */
  async preview<T>(editor: Editor, work: (tx: Transaction, present: Catalogue) => Promise<T>): Promise<T> {
    return this.previewUnread(editor, (tx) => this.withAll(work, tx));
  }

  /** As `preview`, for work that reads what it needs of the catalogue. */
  async previewUnread<T>(editor: Editor, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.transactions.dryRun(async (tx) => {
      await this.begin(editor, tx);
      return work(tx);
    });
  }

  /**
   * Returns the catalogue as it is within a transaction of a change or preview.
   * @param part default: all of it; a part takes a time that does not grow with the catalogue
   */
  async read(tx: Transaction, part?: CataloguePart): Promise<Catalogue> {
    return part ? this.catalogue.loadPart(part.useCases, part.modelIds, tx) : this.catalogue.load(tx);
  }

  private async withAll<T>(
    work: (tx: Transaction, present: Catalogue) => Promise<T>,
    tx: Transaction,
  ): Promise<T> {
    return work(tx, await this.catalogue.load(tx));
  }

  private async begin(editor: Editor, tx: Transaction): Promise<void> {
    await this.edits.awaitTurn(tx);
    await this.edits.actAs(editor, tx);
  }
}
