import { Injectable, Optional } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { BY_OPERATOR, replaceStated } from './capabilities.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueRepository } from './catalogue.repository.js';
import { completeUseCase } from './catalogue-edit.js';
import type { Editing } from './catalogue-editor.service.js';
import { CatalogueEditsRepository } from './catalogue-edits.repository.js';
import {
  type CatalogueSettings,
  type PriceSettings,
  priceKey,
  type SettingAuthor,
  type SettingChange,
  type SettingChanges,
  type SettingQuery,
  settingsOf,
} from './catalogue-settings.js';
import { completeModel } from './check-settings.js';
import type { PriceQuote } from './price-quotes.js';
import { PriceQuotesRepository } from './price-quotes.repository.js';
import { reviewedFieldsOf, UseCaseEditGate } from './use-case-edit-gate.js';

/** Reads and writes all settings of the catalogue, within a transaction of `CatalogueWriter`. */
@Injectable()
export class CatalogueSettingsService {
  constructor(
    private readonly catalogue: CatalogueRepository,
    private readonly edits: CatalogueEditsRepository,
    private readonly quotes: PriceQuotesRepository,
    private readonly clock: Clock,
    @Optional() private readonly gate?: UseCaseEditGate,
  ) {}

  async read(tx: Transaction): Promise<{ settings: CatalogueSettings; catalogue: Catalogue }> {
    const catalogue = await this.catalogue.load(tx);
    return { catalogue, settings: settingsOf(catalogue, await this.quotes.byOperators(tx)) };
  }

  /** Locks the rows that a write may change, before it writes the first: another order could deadlock with a switch. */
  async lock(useCases: readonly string[], modelIds: readonly string[], tx: Transaction): Promise<void> {
    await this.edits.lockRows(useCases, modelIds, tx);
  }

  /** Writes changes that `checkSettings` has passed, and that the gate allows. @param editing the catalogue before */
  async write(changes: SettingChanges, editing: Editing): Promise<void> {
    const { present: catalogue, tx } = editing;
    await this.assertAllowed(changes.useCases, editing);
    // The successor may be a model that follows in the file.
    for (const { to } of changes.models.filter(({ isNew }) => isNew))
      await this.edits.insertModel(
        to.id,
        { ...completeModel(to), successorId: null, priceSource: null, capabilities: {} },
        tx,
      );
    for (const change of changes.useCases) await this.writeUseCase(change, tx);
    for (const { isNew, to } of changes.models) {
      const { id, capabilities: stated, ...edit } = to;
      const present = catalogue.models.find((model) => model.id === id)?.capabilities ?? {};
      const capabilities = stated && replaceStated(present, stated, this.clock.now());
      const rest = isNew ? { successorId: to.successorId ?? null } : edit;
      await this.edits.updateModel(id, { ...rest, ...(capabilities && { capabilities }) }, tx);
    }
    for (const { to } of changes.assistants) {
      const before = catalogue.assistants.find(({ id }) => id === to.id);
      await this.edits.saveAssistant(to.id, { ...before!, ...to }, tx);
    }
    await this.writePrices(
      changes.prices.map(({ to }) => to),
      tx,
    );
  }

  /** Returns who last changed each of these settings; absent: nobody since the installation. */
  async authorsOf(settings: readonly SettingQuery[]): Promise<Map<SettingQuery, SettingAuthor>> {
    return this.edits.authorsOf(settings);
  }

  private async assertAllowed(
    changes: SettingChanges['useCases'],
    { present, editor, tx }: Editing,
  ): Promise<void> {
    for (const { isNew, to } of changes) {
      const useCase = present.useCases.find(({ name }) => name === to.name);
      const fields = isNew || !useCase ? [] : reviewedFieldsOf(to, useCase);
      if (useCase && fields.length > 0)
        await this.gate?.allowEdit({ useCase, fields, editor, now: this.clock.now(), tx });
    }
  }

  private async writeUseCase(
    { isNew, to }: SettingChange<SettingChanges['useCases'][number]['to']>,
    tx: Transaction,
  ): Promise<void> {
    const { name, activeModelId, candidates, ...rest } = to;
    if (isNew) {
      const { candidates: ordered, ...created } = completeUseCase({
        ...rest,
        ...(candidates && { candidates }),
      });
      await this.edits.insertUseCase(name, { ...created, activeModelId: activeModelId ?? ordered[0]! }, tx);
    } else await this.edits.updateUseCase(name, rest, tx);
    if (candidates) await this.edits.setCandidates(name, candidates, tx);
  }

  private async writePrices(prices: readonly PriceSettings[], tx: Transaction): Promise<void> {
    const now = this.clock.now();
    const present = await this.quotes.byOperators(tx);
    const quotes = prices
      .filter(({ source }) => source !== BY_OPERATOR)
      .map((price) => {
        const before = present.find((quote) => priceKey(quote) === priceKey(price));
        return { ...toQuote(price, before, now), inEffect: price.inEffect };
      });
    await this.quotes.store(quotes, now, tx);
    await this.quotes.setPrices(
      quotes.filter(({ inEffect }) => inEffect),
      tx,
    );
    for (const { modelId, source, validFrom: _, inEffect: __, priceDimensions, ...price } of prices)
      if (source === BY_OPERATOR) {
        const edit = { ...price, ...(priceDimensions && { priceDimensions }), priceSource: BY_OPERATOR };
        await this.edits.updateModel(modelId, edit, tx);
      }
  }
}

const toQuote = (price: PriceSettings, before: PriceQuote | undefined, now: Date) => ({
  modelId: price.modelId,
  source: price.source,
  inputPer1k: price.inputPricePer1k!,
  outputPer1k: price.outputPricePer1k!,
  cacheReadPer1k: price.cacheReadPricePer1k,
  cacheWritePer1k: price.cacheWritePricePer1k,
  dimensions: price.priceDimensions ?? before?.dimensions ?? {},
  validFrom: price.validFrom ?? now.toISOString(),
});
