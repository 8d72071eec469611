/** Sums over the calls of a group. Times are milliseconds of answered calls, added up. */
export interface UsageFigures {
  calls: number;
  answered: number;
  refused: number;
  failed: number;
  cancelled: number;
  /** Calls that ended on another model than the first in line. */
  fallbacks: number;
  /** Calls whose tokens are our own estimate. */
  estimated: number;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  /** USD of the calls whose cost is known. */
  costUsd: string;
  /** Calls whose cost is not known. */
  unknownCosts: number;
  latencyMs: number;
  firstTextMs: number;
  /** Calls with a time to the first text. */
  firstTexts: number;
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
  /** USD that the switches were estimated to save, of those whose estimate is known. */
  estimatedUsd: string;
  /** Switches whose estimate is not known. */
  unknownEstimates: number;
  /** USD that they really saved so far, by the calls that came after them within their horizon. */
  savedUsd: string;
  /** Those calls. */
  savingCalls: number;
  /** Those among them whose saving is not known. */
  unknownSavings: number;
}

/** A row of the view `user_model_preferences`: the last 30 days. */
export interface Preference {
  userId: string;
  modelId: string;
  selections: number;
  /** Of the selections, in percent, those that were automatic. */
  autoAdoptionPercentage: number;
  lastSelectedAt: Date;
}
