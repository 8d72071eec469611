import type { Assistant, Model, Objective, UseCase } from './catalogue.js';

/** What an operator may set of a model. Prices are USD per 1,000 tokens as decimal strings; null = not known. */
export interface ModelEdit {
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
  inputPricePer1k: string | null;
  outputPricePer1k: string | null;
  cacheReadPricePer1k: string | null;
  cacheWritePricePer1k: string | null;
  tokenFactor: number;
  available: boolean;
}

/** What an operator may set of a use case. Its active model is set by switching, so that it is audited. */
export interface UseCaseEdit {
  objective: Objective;
  /** Model ids, best first. */
  candidates: string[];
  inputTokensPerExchange: number;
  outputTokensPerExchange: number;
  exchangesPerConversation: number;
  exchangesPer30Days: number;
  allowedRegions: string[] | null;
  onModelFailure: UseCase['onModelFailure'];
  onModelRecovery: UseCase['onModelRecovery'];
}

export type AssistantEdit = Omit<Assistant, 'id'>;

/** Who changes the catalogue; recorded with every change. */
export interface Editor {
  actor: string;
  requestId: string;
}

/** One recorded change; `before` null: added, `after` null: removed. */
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
