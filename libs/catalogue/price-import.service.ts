import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { SourcedPrice } from './catalogue.js';
import { CatalogueRepository } from './catalogue.repository.js';
import type { Editor } from './catalogue-edit.js';
import { CatalogueWriter } from './catalogue-writer.service.js';
import { type NewQuote, planImport, type Replacing } from './price-quotes.js';
import { PriceQuotesRepository } from './price-quotes.repository.js';

export interface ImportResult {
  /** Quotes that are new or changed. */
  imported: number;
  unchanged: number;
  unknownModels: string[];
  /** Models of this import with conflicting prices, including the one in effect. */
  conflicts: { modelId: string; sources: SourcedPrice[] }[];
}

/** Imports prices from outside: stores their source, and shows conflicts. */
@Injectable()
export class PriceImportService {
  constructor(
    private readonly writer: CatalogueWriter,
    private readonly quotes: PriceQuotesRepository,
    private readonly catalogue: CatalogueRepository,
    private readonly clock: Clock,
  ) {}

  /** @param replacing which prices of others are set, too */
  async import(quotes: NewQuote[], replacing: Replacing, editor: Editor): Promise<ImportResult> {
    return this.writer.change(editor, (tx) => this.store(quotes, replacing, tx));
  }

  /** Sets the prices that were given in advance and are valid now. Idempotent. */
  async settleDue(): Promise<void> {
    const editor = { actor: 'system:prices', requestId: randomUUID() };
    await this.writer.change(editor, async (tx) =>
      this.quotes.setUpcoming(await this.quotes.due(this.clock.now(), tx), tx),
    );
  }

  private async store(incoming: NewQuote[], replacing: Replacing, tx: Transaction): Promise<ImportResult> {
    const now = this.clock.now();
    const ids = incoming.map(({ modelId }) => modelId);
    const plan = planImport(incoming, await this.quotes.known(ids, tx), { now, replacing });
    await this.quotes.store(plan.store, now, tx);
    await this.quotes.setPrices(plan.set, tx);
    const { models } = await this.catalogue.loadPart([], ids, tx);
    return {
      imported: plan.store.length,
      unchanged: plan.unchanged,
      unknownModels: plan.unknownModels,
      conflicts: models
        .filter(({ id, priceConflicts }) => ids.includes(id) && priceConflicts.length > 0)
        .map(({ id, priceConflicts }) => ({ modelId: id, sources: priceConflicts })),
    };
  }
}
