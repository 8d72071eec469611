import type { Assistant, Model, Objective, UseCase } from './catalogue.js';

/** Editable fields of a model. Prices are USD per 1,000 tokens as decimal strings; null: unknown. */
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
  onModelFailure: UseCase['onModelFailure'];
  onModelRecovery: UseCase['onModelRecovery'];
}

export type AssistantEdit = Omit<Assistant, 'id'>;

/** Author of a change of the catalogue; recorded with it. */
export interface Editor {
  actor: string;
  requestId: string;
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
