import type { AppliedGuardrail } from '#libs/platform/bedrock/converse-request.js';
import type { Capabilities, Capability } from './capabilities.js';
import type { ConfiguredUsage, MeasuredUsage } from './expected-usage.js';
import type { Guarantee } from './model-facts.js';
import type { PriceDimensions } from './price-dimensions.js';

export type LifecycleStatus = 'ACTIVE' | 'LEGACY' | 'EOL';
export type Objective = 'quality' | 'cost' | 'latency';

/** USD per 1,000 tokens, as decimal strings; null: unknown. `version` is the row of the price history. */
export interface Price {
  version: number | null;
  inputPer1k: string | null;
  outputPer1k: string | null;
  cacheReadPer1k: string | null;
  /** Of tokens that the cache keeps for five minutes. */
  cacheWritePer1k: string | null;
  dimensions: PriceDimensions;
}

/** Price by one source; USD per 1,000 tokens, null: unknown. */
export interface SourcedPrice {
  source: string;
  inputPer1k: string | null;
  outputPer1k: string | null;
}

/** A row of `bedrock_models`. Times are ISO 8601, so that a snapshot survives JSON. */
export interface Model {
  /** Id to invoke, often an `eu.` inference profile. */
  id: string;
  foundationModelId: string;
  name: string;
  provider: string;
  useCase: string | null;
  maxTokens: number | null;
  contextWindow: number | null;
  /** Only distinguishes an upgrade from a downgrade. */
  tier: number | null;
  lifecycle: {
    status: LifecycleStatus;
    legacyAt: string | null;
    extendedAccessAt: string | null;
    endOfLifeAt: string | null;
  };
  /** Guaranteed end and notice; null: not read yet. */
  guarantee: Guarantee | null;
  capabilities: Capabilities;
  /** Forms that the model has refused since the last sync, whatever `capabilities` says. */
  refusedForms: Capability[];
  /** Kind of id to invoke from our region; null: not invokable. */
  invokeWith: 'inference_profile' | 'foundation_model' | null;
  /** Regions that may process a prompt; null: not read yet. */
  destinationRegions: string[] | null;
  successorId: string | null;
  price: Price;
  /** Tokens that it counts for each token that most models count. */
  tokenFactor: number;
  /** Source of the price. */
  priceSource: string | null;
  /** Empty if all sources agree; else all of them, including the one in effect. */
  priceConflicts: SourcedPrice[];
  timeToFirstTokenMs: number | null;
  available: boolean;
  /** Absent: it is available, or nobody has approved it yet. */
  retired?: {
    by: string;
    /** Null: it was retired before retirements were recorded, and `by` is unknown. */
    at: string | null;
  } | null;
  validationStatus: 'unknown' | 'passed' | 'failed';
  /** Reason for a failed validation. */
  validationDetail: string | null;
  lastValidatedAt: string | null;
}

/** Fields of a model that notifications contain. */
export type ModelLabel = Pick<Model, 'id' | 'name' | 'provider' | 'tier'>;

/** Maps model ids to the end of the cool-down in one scope (ISO 8601). */
export type CoolDowns = Record<string, string>;

/** Bedrock guardrail of a use case. */
export interface Guardrail extends AppliedGuardrail {
  /** True: no call of the use case without it. False: a model that takes none is called without it. */
  required: boolean;
}

export interface UseCase {
  name: string;
  objective: Objective;
  activeModelId: string;
  /** Model ids in the operator's order. */
  candidates: string[];
  coolDowns: CoolDowns;
  configured: ConfiguredUsage;
  /** Null: not measured yet. */
  measured: MeasuredUsage | null;
  /** Narrows the destinations of its prompts; null: all that the service allows. */
  allowedRegions: string[] | null;
  /** Null: its calls have none. */
  guardrail: Guardrail | null;
  /** Callers that may chat in it: service keys, users with their own token, or both. */
  clients: 'keys' | 'users' | 'both';
  /** Replaces the system prompt of users; null: theirs applies. */
  systemPrompt: string | null;
  /** Reaction to a failed validation of the active model: switch, or only notify. */
  onModelFailure: 'switch' | 'alert';
  /** Reaction when the failed model is healthy again. */
  onModelRecovery: 'manual' | 'auto';
  /** `reviewed`: its active model, candidates and policy change by approved changes only. */
  control: 'direct' | 'reviewed';
  /** End of the last freeze that is present or ahead (ISO 8601); null: none. */
  frozenUntil: string | null;
  version: number;
  switchSeq: number;
}

export interface Assistant {
  id: string;
  name: string;
  useCase: string;
  /** Takes precedence over that of the use case; null: none. */
  systemPrompt: string | null;
}

/** Consistent snapshot of everything that a decision needs. */
export interface Catalogue {
  version: number;
  models: Model[];
  useCases: UseCase[];
  assistants: Assistant[];
  /** Start of the next price that was set in advance (ISO 8601); null: there is none. */
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

/** Indexes of lists that were searched: the lists never change, and some are read for every message. */
const indexes = new WeakMap<readonly Model[], Map<string, Model>>();

function indexOf(models: readonly Model[]): Map<string, Model> {
  const index = new Map<string, Model>();
  for (const model of models.toReversed()) index.set(model.foundationModelId, model);
  for (const model of models.toReversed()) if (model.available) index.set(model.foundationModelId, model);
  for (const model of models.toReversed()) index.set(model.id, model);
  return index;
}
