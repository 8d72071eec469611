import { BY_OPERATOR, type StatedCapabilities, statedIn } from './capabilities.js';
import type { Assistant, Catalogue, Model, UseCase } from './catalogue.js';
import { editableOf, type ModelEdit, type PriceEdit, type UseCaseEdit } from './catalogue-edit.js';
import type { PriceDimensions } from './price-dimensions.js';
import type { PriceQuote } from './price-quotes.js';

/** Settings of a model. Prices are a separate section. */
export type ModelSettings = Omit<ModelEdit, keyof PriceEdit> & {
  id: string;
  /** All that operators state of it. */
  capabilities: StatedCapabilities;
};
export type UseCaseSettings = UseCaseEdit & { name: string; activeModelId: string };
/** Price that an operator set, or imported from a source. */
export interface PriceSettings extends Omit<PriceEdit, 'priceDimensions'> {
  /** Absent in a file: they stay as they are. */
  priceDimensions?: PriceDimensions | undefined;
  modelId: string;
  source: string;
  /** ISO 8601; null: an operator set the price directly. */
  validFrom: string | null;
  /** True: it is the price of the model. False: it is upcoming, or another source has precedence. */
  inEffect: boolean;
}

/** Settings of the catalogue that operators own, without facts that a sync or a sweep finds out. */
export interface CatalogueSettings {
  models: ModelSettings[];
  useCases: UseCaseSettings[];
  assistants: Assistant[];
  prices: PriceSettings[];
}

/** Setting to write. */
export interface SettingChange<Setting> {
  /** True: the catalogue does not have it yet. */
  isNew: boolean;
  /** Place in the file, for errors: `models.3`. */
  path: string;
  /** Its key, and each field that differs. */
  to: Setting;
}

type Changed<Setting, Key extends keyof Setting> = SettingChange<Partial<Setting> & Pick<Setting, Key>>;

export interface SettingChanges {
  models: Changed<ModelSettings, 'id'>[];
  /** `activeModelId` only of a new use case: only a switch changes it later. */
  useCases: Changed<UseCaseSettings, 'name'>[];
  assistants: Changed<Assistant, 'id'>[];
  prices: SettingChange<PriceSettings>[];
}

/** Setting whose last change is looked up. */
export interface SettingQuery {
  entity: 'model' | 'use_case' | 'candidate' | 'assistant';
  /** Several: the last change of any. */
  entityIds: string[];
  /** Field of the settings; null: any change. */
  field: string | null;
}

export interface SettingAuthor {
  actor: string;
  changedAt: Date;
}

/** @param quotes prices that operators imported */
export const settingsOf = (
  { models, useCases, assistants }: Catalogue,
  quotes: readonly PriceQuote[],
): CatalogueSettings => ({
  models: sorted(models.map(modelSettings), ({ id }) => id),
  useCases: sorted(useCases.map(useCaseSettings), ({ name }) => name),
  assistants: sorted(
    assistants.map(({ id, name, useCase, systemPrompt }) => ({ id, name, useCase, systemPrompt })),
    ({ id }) => id,
  ),
  prices: sorted(
    [
      ...models.filter(({ priceSource }) => priceSource === BY_OPERATOR).map(pricedByOperator),
      ...quotes.map((quote) => importedPrice(quote, models)),
    ],
    priceKey,
  ),
});

export const priceKey = ({ modelId, source }: Pick<PriceSettings, 'modelId' | 'source'>) =>
  `${modelId} ${source}`;

/** Sorts by code unit, not by a collation, so that every installation has the same order. */
function sorted<T>(items: T[], key: (item: T) => string): T[] {
  return items.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function modelSettings(model: Model): ModelSettings {
  const {
    inputPricePer1k: _input,
    outputPricePer1k: _output,
    cacheReadPricePer1k: _read,
    cacheWritePricePer1k: _write,
    priceDimensions: _dimensions,
    ...settings
  } = editableOf(model);
  return { id: model.id, ...settings, capabilities: statedIn(model.capabilities) };
}

export const useCaseSettings = (useCase: UseCase): UseCaseSettings => ({
  name: useCase.name,
  objective: useCase.objective,
  activeModelId: useCase.activeModelId,
  candidates: useCase.candidates,
  inputTokensPerExchange: useCase.configured.inputTokens,
  outputTokensPerExchange: useCase.configured.outputTokens,
  exchangesPerConversation: useCase.configured.exchangesPerConversation,
  exchangesPer30Days: useCase.configured.exchangesPer30Days,
  allowedRegions: useCase.allowedRegions,
  guardrail: useCase.guardrail,
  clients: useCase.clients,
  systemPrompt: useCase.systemPrompt,
  onModelFailure: useCase.onModelFailure,
  onModelRecovery: useCase.onModelRecovery,
});

const pricedByOperator = ({ id, price }: Model): PriceSettings => ({
  modelId: id,
  source: BY_OPERATOR,
  inputPricePer1k: price.inputPer1k,
  outputPricePer1k: price.outputPer1k,
  cacheReadPricePer1k: price.cacheReadPer1k,
  cacheWritePricePer1k: price.cacheWritePer1k,
  priceDimensions: price.dimensions,
  validFrom: null,
  inEffect: true,
});

const importedPrice = (quote: PriceQuote, models: readonly Model[]): PriceSettings => ({
  modelId: quote.modelId,
  source: quote.source,
  inputPricePer1k: quote.inputPer1k,
  outputPricePer1k: quote.outputPer1k,
  cacheReadPricePer1k: quote.cacheReadPer1k,
  cacheWritePricePer1k: quote.cacheWritePer1k,
  priceDimensions: quote.dimensions,
  validFrom: quote.validFrom,
  inEffect: models.some(({ id, priceSource }) => id === quote.modelId && priceSource === quote.source),
});
