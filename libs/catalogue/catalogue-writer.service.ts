import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { CatalogueCache } from './catalogue.cache.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueRepository } from './catalogue.repository.js';
import type { Editor } from './catalogue-edit.js';
import { CatalogueEditsRepository } from './catalogue-edits.repository.js';

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
    guard: (tx: Transaction) => Promise<void> = async () => {},
  ): Promise<T> {
    const { result, version } = await this.transactions.run(async (tx) => {
      await guard(tx);
      const result = await this.work(editor, work, tx);
      return { result, version: await this.catalogue.version(tx) };
    });
    await this.cache.changed(version);
    return result;
  }

  /** Runs the work of a change and rolls it back. @returns the result of the change */
  async preview<T>(editor: Editor, work: (tx: Transaction, present: Catalogue) => Promise<T>): Promise<T> {
    return this.transactions.dryRun((tx) => this.work(editor, work, tx));
  }

  /** Returns the catalogue as it is within a transaction of `change` or `preview`. */
  async reload(tx: Transaction): Promise<Catalogue> {
    return this.catalogue.load(tx);
  }

  private async work<T>(
    editor: Editor,
    work: (tx: Transaction, present: Catalogue) => Promise<T>,
    tx: Transaction,
  ): Promise<T> {
    await this.edits.awaitTurn(tx);
    await this.edits.actAs(editor, tx);
    return work(tx, await this.catalogue.load(tx));
  }
}
