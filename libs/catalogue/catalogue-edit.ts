import { type FieldError, InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Capabilities, StatedCapabilities } from './capabilities.js';
import { BY_OPERATOR } from './capabilities.js';
import { ModelInUseError, StaleUseCaseError, UnknownUseCaseError } from './catalogue.errors.js';
import type { Assistant, Guardrail, Model, Objective, UseCase } from './catalogue.js';
import { type PriceDimensions, sameDimensions, withThreshold } from './price-dimensions.js';
import { sameAmount } from './price-quotes.js';
import { permanentResidencyFault } from './residency.js';

/** USD per 1,000 tokens as decimal strings; null: unknown. */
export interface PriceEdit {
  inputPricePer1k: string | null;
  outputPricePer1k: string | null;
  cacheReadPricePer1k: string | null;
  cacheWritePricePer1k: string | null;
  /** Replaces all of them. */
  priceDimensions: PriceDimensions;
}

/** Editable fields of a model. */
export interface ModelEdit extends PriceEdit {
  /** Statements of an operator; absent: none. */
  capabilities?: StatedCapabilities;
  name: string;
  provider: string;
  foundationModelId: string;
  useCase: string | null;
  maxTokens: number | null;
  contextWindow: number | null;
  tier: number | null;
  invokeWith: Model['invokeWith'];
  destinationRegions: string[] | null;
  successorId: string | null;
  tokenFactor: number;
  available: boolean;
}

/** Editable fields of a use case. Its active model is set by a switch, so that it is audited. */
export interface UseCaseEdit {
  objective: Objective;
  /** Model ids, best first. */
  candidates: string[];
  inputTokensPerExchange: number;
  outputTokensPerExchange: number;
  exchangesPerConversation: number;
  exchangesPer30Days: number;
  allowedRegions: string[] | null;
  guardrail: Guardrail | null;
  clients: UseCase['clients'];
  systemPrompt: string | null;
  onModelFailure: UseCase['onModelFailure'];
  onModelRecovery: UseCase['onModelRecovery'];
}

export type AssistantEdit = Omit<Assistant, 'id' | 'systemPrompt'> & {
  /** Undefined: as it is. */
  systemPrompt?: string | null | undefined;
};

/** Author of a change of the catalogue; recorded with it. */
export interface Editor {
  actor: string;
  requestId: string;
  /** Change that is being applied; only the service itself sets it. */
  change?: { id: string };
}

/** Recorded change; `before` null: added, `after` null: removed. */
export interface CatalogueChange {
  id: number;
  entity: 'model' | 'use_case' | 'candidate' | 'assistant';
  entityId: string;
  actor: string;
  requestId: string | null;
  changedAt: Date;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** Narrows a list of changes: `from` inclusive, `to` exclusive. */
export interface ChangeFilter extends Partial<Pick<CatalogueChange, 'entity' | 'entityId' | 'actor'>> {
  from?: Date | undefined;
  to?: Date | undefined;
  /** False: without the verdicts of sweeps, unless `actor` asks for them. */
  includeSystem: boolean;
}

/** Names that an edit may refer to. */
export interface KnownNames {
  models: readonly { id: string }[];
  useCases: readonly { name: string; activeModelId: string }[];
}

/** Edit as it is stored: with the source of its prices, and all capabilities. */
export type StoredEdit = Omit<ModelEdit, 'capabilities'> & {
  priceSource: string | null;
  capabilities: Capabilities;
};

/** Defaults of a use case for which nothing has been measured or configured. */
const USE_CASE_DEFAULTS = {
  objective: 'quality',
  inputTokensPerExchange: 1_000,
  outputTokensPerExchange: 300,
  exchangesPerConversation: 8,
  exchangesPer30Days: 10_000,
  allowedRegions: null,
  guardrail: null,
  // A use case that existed before the setting is open to both.
  clients: 'keys',
  systemPrompt: null,
  onModelFailure: 'switch',
  onModelRecovery: 'manual',
} as const;

/** @throws InvalidInputError that names each field which does not fit the catalogue */
export function checkModel(id: string, model: ModelEdit, { models, useCases }: KnownNames): void {
  const missing = (['useCase', 'maxTokens', 'tier'] as const).filter((field) => model[field] === null);
  const errors: (FieldError | false)[] = [
    ...(model.available ? missing : []).map((field) => ({
      field,
      message: 'is required for an available model',
    })),
    model.useCase !== null &&
      !useCases.some(({ name }) => name === model.useCase) && {
        field: 'useCase',
        message: `unknown: ${model.useCase}`,
      },
    model.successorId !== null &&
      !models.some((other) => other.id === model.successorId && other.id !== id) && {
        field: 'successorId',
        message: `must be another model of the catalogue: ${model.successorId}`,
      },
    residencyError(id, model),
  ];
  const found = errors.filter((error) => error !== false);
  if (found.length > 0) throw new InvalidInputError(found);
}

/** No list of destinations makes such an id allowed: the edit refuses it, before a switch would. */
function residencyError(id: string, model: ModelEdit): FieldError | false {
  const fault = model.invokeWith !== null && permanentResidencyFault({ ...model, id });
  return fault ? { field: 'invokeWith', message: `must be null: ${id} ${fault}` } : false;
}

/**
 * Compares an If-Match header with the version of a use case.
 * @throws StaleUseCaseError
 */
export function assertUseCaseVersion(
  ifMatch: string | undefined,
  name: string,
  useCase: { version: number } | undefined,
): void {
  if (ifMatch === undefined || (ifMatch === '*' && useCase)) return;
  const accepted = ifMatch.split(',').map((tag) => tag.trim());
  if (!useCase || !accepted.includes(`"${useCase.version}"`))
    throw new StaleUseCaseError(name, useCase?.version);
}

/** A model that answers somewhere is retired, not switched off. @throws ModelInUseError */
export function checkUnused(id: string, { useCases }: KnownNames): void {
  const using = useCases.filter(({ activeModelId }) => activeModelId === id).map(({ name }) => name);
  if (using.length > 0) throw new ModelInUseError(id, using);
}

/** @throws InvalidInputError */
export function checkModelIds(field: string, ids: readonly string[], { models }: KnownNames): void {
  const known = new Set(models.map(({ id }) => id));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new InvalidInputError([{ field, message: `unknown: ${unknown.join(', ')}` }]);
}

/** @throws UnknownUseCaseError */
export function checkUseCaseName(name: string, { useCases }: KnownNames): void {
  const known = useCases.map((useCase) => useCase.name);
  if (!known.includes(name)) throw new UnknownUseCaseError(name, known);
}

/** A new use case needs candidates; everything else has a default. @throws InvalidInputError */
export function completeUseCase(edit: Partial<UseCaseEdit>): UseCaseEdit {
  if (!edit.candidates)
    throw new InvalidInputError([{ field: 'candidates', message: 'is required for a new use case' }]);
  return { ...USE_CASE_DEFAULTS, ...edit, candidates: edit.candidates };
}

export const editableOf = (model: Model): ModelEdit => ({
  name: model.name,
  provider: model.provider,
  foundationModelId: model.foundationModelId,
  useCase: model.useCase,
  maxTokens: model.maxTokens,
  contextWindow: model.contextWindow,
  tier: model.tier,
  invokeWith: model.invokeWith,
  destinationRegions: model.destinationRegions,
  successorId: model.successorId,
  inputPricePer1k: model.price.inputPer1k,
  outputPricePer1k: model.price.outputPer1k,
  cacheReadPricePer1k: model.price.cacheReadPer1k,
  cacheWritePricePer1k: model.price.cacheWritePer1k,
  priceDimensions: model.price.dimensions,
  tokenFactor: model.tokenFactor,
  available: model.available,
});

const PRICES = [
  'inputPricePer1k',
  'outputPricePer1k',
  'cacheReadPricePer1k',
  'cacheWritePricePer1k',
] as const;

/**
 * Completes the prices of an edit. A price comes from one source as a whole: a source that sets input or output without
 * cache prices and dimensions does not know them.
 * @returns the edit with every price that it sets; without `priceSource` it sets none
 */
export function withPrices(
  edit: Partial<Omit<ModelEdit, 'capabilities'>>,
  model: Model,
): Partial<StoredEdit> {
  const present = editableOf(model);
  const changes = (field: (typeof PRICES)[number]) => {
    const given = edit[field];
    return given !== undefined && !sameAmount(given, present[field]);
  };
  const { priceDimensions } = edit;
  const dimensions = priceDimensions && !sameDimensions(priceDimensions, present.priceDimensions);
  if (!dimensions && !PRICES.some(changes)) return edit;
  const tokens = changes('inputPricePer1k') || changes('outputPricePer1k');
  const unknown = tokens && {
    cacheReadPricePer1k: null,
    cacheWritePricePer1k: null,
    priceDimensions: withThreshold({}, present.priceDimensions),
  };
  return { ...unknown, ...edit, priceSource: BY_OPERATOR };
}
