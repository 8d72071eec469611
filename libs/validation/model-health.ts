import type { BedrockErrorDetails, BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';

export type CheckMethod = 'control_plane' | 'probe' | 'deep';
export type Outcome = 'passed' | 'failed' | 'inconclusive';

/** Result of one check of a model. */
export interface Check {
  modelId: string;
  method: CheckMethod;
  outcome: Outcome;
  /** True: another check cannot change it, so that one failure is enough. */
  permanent: boolean;
  errorKind: BedrockErrorKind | null;
  /** Our own text: a message of AWS may name accounts and roles. */
  detail: string | null;
  latencyMs: number | null;
  tokens: number;
  /** USD with 9 decimals; null: a price is unknown. */
  costUsd: string | null;
}

/** State of a model between sweeps. */
export interface Health {
  modelId: string;
  status: 'unknown' | 'passed' | 'failed';
  /** Consecutive failures and successes. */
  failures: number;
  successes: number;
  /** Time of the last answered probe. */
  answeredAt: Date | null;
}

/** Consecutive failures until a model is failed, and successes until it passes again. */
const FAILURES_TO_FAIL = 3;
const SUCCESSES_TO_RECOVER = 2;

/** Outcome of a failed call for the model itself. */
const MEANING = {
  throttled: 'inconclusive',
  bad_credentials: 'inconclusive',
  cancelled: 'inconclusive',
  invalid_request: 'inconclusive',
  input_too_long: 'inconclusive',
  guardrail_unavailable: 'inconclusive',
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
 * Returns the outcome of a failed call. Throttling never demotes a model, nor does an error on our side, nor an
 * unreachable Bedrock: without a response there is no status.
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
 * Returns the new health after a check. One failure never flips the status, unless it is permanent; recovery needs
 * several successes. A listing counts as success only for a model that never failed.
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
