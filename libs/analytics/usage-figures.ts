import type { CostUnknown } from '#libs/costs/call-cost.js';
import type { Wire } from '#libs/costs/invocation.js';

/** Sums over the calls of a group. Times are milliseconds of answered calls, added up. */
export interface UsageFigures {
  calls: number;
  answered: number;
  refused: number;
  /** Calls in which a guardrail stopped the prompt or changed the response. */
  guardrailIntervened: number;
  failed: number;
  cancelled: number;
  /** Calls that ended on another model than the first in line. */
  fallbacks: number;
  /** Calls with our own estimate of tokens. */
  estimated: number;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  /** USD of the calls with a known cost. */
  costUsd: string;
  /** Calls with an unknown cost. */
  unknownCosts: number;
  latencyMs: number;
  firstTextMs: number;
  /** Calls with a time to the first text. */
  firstTexts: number;
}

/** Calls and attempts of a model whose cost is unknown for this reason. */
export interface UnknownCosts {
  modelId: string;
  reason: CostUnknown;
  calls: number;
}

/** Calls of one wire with bodies of one family. */
export interface CallForms {
  wire: Wire;
  /** Null: a chat. */
  bodyFamily: string | null;
  calls: number;
  /** Calls by form, most first. A call counts for each of its forms. */
  forms: { form: string; calls: number }[];
}

/** Milliseconds, within a tenth, of calls that were answered at the first attempt. */
export interface Percentiles {
  latencyMs?: { p50: number; p95: number };
  firstTextMs?: { p50: number; p95: number };
}

/** Sums over the switches of a group. */
export interface SwitchFigures {
  switches: number;
  manual: number;
  auto: number;
  fallback: number;
  /** Estimated saving in USD of the switches with a known estimate. */
  estimatedUsd: string;
  /** Switches with an unknown estimate. */
  unknownEstimates: number;
  /** Real saving in USD so far, by the calls after the switches within their horizon. */
  savedUsd: string;
  /** Those calls. */
  savingCalls: number;
  /** Those among them with an unknown saving. */
  unknownSavings: number;
}

/** A row of the view `user_model_preferences`: the last 30 days. */
export interface Preference {
  userId: string;
  modelId: string;
  selections: number;
  /** Automatic selections in percent of all. */
  autoAdoptionPercentage: number;
  lastSelectedAt: Date;
}
