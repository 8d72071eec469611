import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { Catalogue, Model } from './catalogue.js';
import { CatalogueRepository } from './catalogue.repository.js';
import type { Editor } from './catalogue-edit.js';
import { CatalogueWriter } from './catalogue-writer.service.js';
import { type FactModel, type ModelFacts, shippedFacts } from './model-facts.js';
import { ModelFactsRepository } from './model-facts.repository.js';
import { samePrices } from './price-quotes.js';

/** The fields of a model that facts may set. */
export const FACT_FIELDS = [
  'price',
  'priceSource',
  'priceConflicts',
  'guarantee',
  'capabilities',
  'contextWindow',
  'successorId',
] as const;

interface FieldChange {
  modelId: string;
  field: (typeof FACT_FIELDS)[number];
  before: unknown;
  after: unknown;
}

export interface FactsImport {
  /** Ids of models that are not approved. */
  added: string[];
  changed: FieldChange[];
  /** Prices that differ from the facts and stay, because another source has set them. */
  kept: { modelId: string; priceSource: string | null }[];
  dryRun: boolean;
}

/** Brings facts from public sources into a catalogue that is in use. What an operator has set stays. */
@Injectable()
export class FactsImportService {
  constructor(
    private readonly writer: CatalogueWriter,
    private readonly catalogue: CatalogueRepository,
    private readonly repository: ModelFactsRepository,
  ) {}

  /** @param facts those of this release by default */
  async import(facts: ModelFacts | undefined, dryRun: boolean, editor: Editor): Promise<FactsImport> {
    const known = facts ?? shippedFacts();
    const apply = async (tx: Transaction, { models: before }: Catalogue) => {
      const { added, written } = await this.repository.apply(known, tx);
      const { models: after } = await this.catalogue.load(tx);
      const [changed, kept] = [changesOf(before, after), keptOf(known.models, after)];
      return { written, result: { added, changed, kept, dryRun } };
    };
    const { written, result } = await this.writer.preview(editor, apply);
    // A statement that changes no row counts as a change of the catalogue, too.
    if (dryRun || written === 0) return result;
    return (await this.writer.change(editor, apply)).result;
  }
}

function changesOf(before: readonly Model[], after: readonly Model[]): FieldChange[] {
  const old = new Map(before.map((model) => [model.id, model]));
  return after.flatMap((model) => {
    const was = old.get(model.id);
    if (!was) return [];
    return FACT_FIELDS.map((field) => ({
      modelId: model.id,
      field,
      before: shown(was, field),
      after: shown(model, field),
    })).filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
  });
}

/** A price without the number of its version, which is the history's. */
function shown(model: Model, field: FieldChange['field']): unknown {
  if (field !== 'price') return model[field];
  const { version: _, ...price } = model.price;
  return price;
}

const keptOf = (facts: readonly FactModel[], models: readonly Model[]): FactsImport['kept'] =>
  facts.flatMap(({ id, price }) => {
    const model = models.find((each) => each.id === id);
    if (!price || !model || samePrices(model.price, price)) return [];
    return [{ modelId: id, priceSource: model.priceSource }];
  });
