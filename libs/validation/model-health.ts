import type { BedrockErrorDetails, BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';

export type CheckMethod = 'control_plane' | 'probe' | 'deep';
export type Outcome = 'passed' | 'failed' | 'inconclusive';

/** What one look at a model found. */
export interface Check {
  modelId: string;
  method: CheckMethod;
  outcome: Outcome;
  /** True: looking again will not change it, so that one failure is enough. */
  permanent: boolean;
  errorKind: BedrockErrorKind | null;
  /** In our own words; a message of AWS may name accounts and roles. */
  detail: string | null;
  latencyMs: number | null;
  tokens: number;
  /** USD with 9 decimals; null: a price is not known. */
  costUsd: string | null;
}

/** What the sweep remembers of a model between its runs. */
export interface Health {
  modelId: string;
  status: 'unknown' | 'passed' | 'failed';
  /** Failures and successes in a row. */
  failures: number;
  successes: number;
  /** When the model last answered a probe. */
  answeredAt: Date | null;
}

/** Failures in a row that make a model failed, and successes in a row that make it pass again. */
const FAILURES_TO_FAIL = 3;
const SUCCESSES_TO_RECOVER = 2;

/** What a failed call says about the model itself. */
const MEANING = {
  throttled: 'inconclusive',
  bad_credentials: 'inconclusive',
  cancelled: 'inconclusive',
  invalid_request: 'inconclusive',
  input_too_long: 'inconclusive',
  refused: 'passed',
  unavailable: 'failed',
  not_ready: 'failed',
  stream_broken: 'failed',
  unusable_answer: 'failed',
  model_gone: 'failed for good',
  access_pending: 'failed for good',
  access_denied: 'failed for good',
} satisfies Record<BedrockErrorKind, Outcome | 'failed for good'>;

/**
 * A throttle never demotes a model, and neither does a mistake of our own, nor a Bedrock that could not be reached at
 * all: where nobody answered there is no status.
 */
export function outcomeOf({ kind, status }: Pick<BedrockErrorDetails, 'kind' | 'status'>): {
  outcome: Outcome;
  permanent: boolean;
} {
  if (kind === 'unavailable' && status === undefined) return { outcome: 'inconclusive', permanent: false };
  const meaning = MEANING[kind];
  if (meaning === 'failed for good') return { outcome: 'failed', permanent: true };
  return { outcome: meaning, permanent: false };
}

/**
 * The new health after a check. One failure never flips the status: several in a row do, or one that is permanent;
 * recovery needs several successes. That a model is still listed is a success only for a model that never failed.
 */
export function nextHealth(health: Health, check: Check, now: Date): Health {
  if (check.outcome === 'inconclusive') return health;
  if (check.outcome === 'failed') {
    const failures = health.failures + 1;
    const failed = check.permanent || failures >= FAILURES_TO_FAIL;
    return { ...health, failures, successes: 0, status: failed ? 'failed' : health.status };
  }
  if (check.method === 'control_plane') return health;
  const successes = health.successes + 1;
  const recovered = health.status !== 'failed' || successes >= SUCCESSES_TO_RECOVER;
  return { ...health, failures: 0, successes, status: recovered ? 'passed' : 'failed', answeredAt: now };
}
