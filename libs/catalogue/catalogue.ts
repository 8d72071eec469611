import type { Capabilities } from './capabilities.js';
import type { ConfiguredUsage, MeasuredUsage } from './expected-usage.js';
import type { Guarantee } from './model-facts.js';

export type LifecycleStatus = 'ACTIVE' | 'LEGACY' | 'EOL';
export type Objective = 'quality' | 'cost' | 'latency';

/** USD per 1,000 tokens, as decimal strings; null = not known. `version` names the row of the price history. */
export interface Price {
  version: number | null;
  inputPer1k: string | null;
  outputPer1k: string | null;
  cacheReadPer1k: string | null;
  cacheWritePer1k: string | null;
}

/** What one source says; USD per 1,000 tokens, null = not known. */
export interface SourcedPrice {
  source: string;
  inputPer1k: string | null;
  outputPer1k: string | null;
}

/** A row of `bedrock_models`. Times are ISO 8601, so that a snapshot survives JSON. */
export interface Model {
  /** What one invokes with, often an `eu.` inference profile. */
  id: string;
  foundationModelId: string;
  name: string;
  provider: string;
  useCase: string | null;
  maxTokens: number | null;
  contextWindow: number | null;
  /** Only tells an upgrade from a downgrade. */
  tier: number | null;
  lifecycle: {
    status: LifecycleStatus;
    legacyAt: string | null;
    extendedAccessAt: string | null;
    endOfLifeAt: string | null;
  };
  /** Promise about its end; null: nobody has read it. */
  guarantee: Guarantee | null;
  capabilities: Capabilities;
  /** How `id` is invoked from our region; null: not at all. */
  invokeWith: 'inference_profile' | 'foundation_model' | null;
  /** Where a prompt may go; null: not read yet. */
  destinationRegions: string[] | null;
  successorId: string | null;
  price: Price;
  /** Tokens that it counts of a text for each token that most models count. */
  tokenFactor: number;
  /** Who says so. */
  priceSource: string | null;
  /** Empty while all sources agree; else all of them, the one that counts among them. */
  priceConflicts: SourcedPrice[];
  timeToFirstTokenMs: number | null;
  available: boolean;
  validationStatus: 'unknown' | 'passed' | 'failed';
  /** Why the sweep failed it. */
  validationDetail: string | null;
  lastValidatedAt: string | null;
}

/** What people are told of a model. */
export type ModelLabel = Pick<Model, 'id' | 'name' | 'provider' | 'tier'>;

/** Model id -> until when (ISO 8601) a failure keeps it from being chosen in one scope. */
export type CoolDowns = Record<string, string>;

export interface UseCase {
  name: string;
  objective: Objective;
  activeModelId: string;
  /** Model ids in the operator's order. */
  candidates: string[];
  coolDowns: CoolDowns;
  configured: ConfiguredUsage;
  /** Null: nothing was measured yet. */
  measured: MeasuredUsage | null;
  /** Narrows where its prompts may go; null: wherever the service allows. */
  allowedRegions: string[] | null;
  /** What happens when its active model fails validation: move on, or only tell. */
  onModelFailure: 'switch' | 'alert';
  /** What happens when the model it left is healthy again. */
  onModelRecovery: 'manual' | 'auto';
  version: number;
  switchSeq: number;
}

export interface Assistant {
  id: string;
  name: string;
  useCase: string;
}

/** Everything a decision needs, as it was at one moment. */
export interface Catalogue {
  version: number;
  models: Model[];
  useCases: UseCase[];
  assistants: Assistant[];
  /** When the next price counts that was given ahead (ISO 8601); null: there is none. */
  nextPriceAt: string | null;
}

/** Finds a model by its own id or by its foundation model id; of several profiles the available one. */
export function findModel(models: readonly Model[], id: string): Model | undefined {
  let index = indexes.get(models);
  if (!index) {
    index = indexOf(models);
    indexes.set(models, index);
  }
  return index.get(id);
}

/** Of lists that were looked into: they never change, and some are asked on every message. */
const indexes = new WeakMap<readonly Model[], Map<string, Model>>();

function indexOf(models: readonly Model[]): Map<string, Model> {
  const index = new Map<string, Model>();
  for (const model of models.toReversed()) index.set(model.foundationModelId, model);
  for (const model of models.toReversed()) if (model.available) index.set(model.foundationModelId, model);
  for (const model of models.toReversed()) index.set(model.id, model);
  return index;
}
