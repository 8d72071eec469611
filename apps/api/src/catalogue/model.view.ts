import type { Model, SourcedPrice } from '#libs/catalogue/catalogue.js';
import type { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import type { RankedCandidate } from '#libs/catalogue/ranking.js';
import type { ModelView } from './catalogue.schemas.js';

/** A model as the API shows it; the first five fields are those of the old function. */
export const toModelView = (model: Model): ModelView => ({
  id: model.id,
  name: model.name,
  provider: model.provider,
  useCase: model.useCase,
  maxTokens: model.maxTokens,
  foundationModelId: model.foundationModelId,
  contextWindow: model.contextWindow,
  tier: model.tier,
  lifecycle: model.lifecycle,
  guarantee: model.guarantee,
  capabilities: model.capabilities,
  refusedForms: model.refusedForms,
  invokeWith: model.invokeWith,
  destinationRegions: model.destinationRegions,
  inputPricePer1k: model.price.inputPer1k,
  outputPricePer1k: model.price.outputPer1k,
  cacheReadPricePer1k: model.price.cacheReadPer1k,
  cacheWritePricePer1k: model.price.cacheWritePer1k,
  priceDimensions: model.price.dimensions,
  tokenFactor: model.tokenFactor,
  priceSource: model.priceSource,
  priceConflicts: model.priceConflicts.map(toSourcedPriceView),
  available: model.available,
  validationStatus: model.validationStatus,
  lastValidatedAt: model.lastValidatedAt,
  successor: model.successorId,
});

export const toSourcedPriceView = ({ source, inputPer1k, outputPer1k }: SourcedPrice) => ({
  source,
  inputPricePer1k: inputPer1k,
  outputPricePer1k: outputPer1k,
});

const toCandidateView = ({ model, ...verdict }: RankedCandidate) => ({ ...toModelView(model), ...verdict });

export function toCandidatesView({ useCase, candidates }: ReturnType<CatalogueService['candidatesOf']>) {
  return {
    useCase: useCase.name,
    objective: useCase.objective,
    total: candidates.length,
    models: candidates.map(toCandidateView),
  };
}
