import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { SourcedPrice } from './catalogue.js';
import { CatalogueRepository } from './catalogue.repository.js';
import type { Editor } from './catalogue-edit.js';
import { CatalogueWriter } from './catalogue-writer.service.js';
import {
  effectsOf,
  type NewQuote,
  type PriceEffect,
  type PriceQuote,
  planImport,
  type Replacing,
} from './price-quotes.js';
import { PriceQuotesRepository } from './price-quotes.repository.js';

export interface ImportResult {
  /** Quotes that are new or changed. */
  imported: number;
  unchanged: number;
  unknownModels: string[];
  /** Models of this import with conflicting prices, including the one in effect. */
  conflicts: { modelId: string; sources: SourcedPrice[] }[];
  /** Quotes that are new, changed or set a price. */
  effects: PriceEffect[];
}

/** Whose prices an import replaces, and whether it only says what it would do. */
export interface ImportOptions {
  replacing: Replacing;
  dryRun: boolean;
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

  async import(
    quotes: NewQuote[],
    { replacing, dryRun }: ImportOptions,
    editor: Editor,
  ): Promise<ImportResult> {
    const work = (tx: Transaction) => this.store(quotes, replacing, tx);
    return dryRun ? this.writer.preview(editor, work) : this.writer.change(editor, work);
  }

  /** Lists the prices that take effect later, the next first. */
  async upcoming(): Promise<PriceQuote[]> {
    return this.quotes.upcoming();
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
    const known = await this.quotes.known(ids, tx);
    const plan = planImport(incoming, known, { now, replacing });
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
      effects: effectsOf(plan, known.prices, now),
    };
  }
}
