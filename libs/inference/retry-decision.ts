import type { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { type FailurePolicy, POLICIES } from '#libs/platform/bedrock/failure-policy.js';

/** Next step after a failure. */
export type RetryDecision =
  | { do: 'retry'; afterMs: number }
  | { do: 'fall_back'; toLargerWindow: boolean }
  | { do: 'give_up' };

/** Inputs of a retry decision besides the failure. */
export interface FailureContext {
  /** True: this model was called a second time already. */
  retried: boolean;
  /** True: its breaker is open. */
  breakerOpen: boolean;
  /** Number of other models that a policy of the account forbade in this call. */
  deniedBefore: number;
  /** True: the model is a fallback. */
  isFallback: boolean;
  /** True: another model could answer. */
  hasMore: boolean;
  remainingMs: number;
  /** Minimum time that a model needs to begin its response. */
  leastMs: number;
  /** Pause before a retry if Bedrock names none. */
  backoffMs: number;
}

/** If a model asks for a longer pause, the next model is called instead. */
const MAX_PAUSE_MS = 1_000;

/** Applies the table of `POLICIES`. */
export function decideRetry(failure: BedrockError, context: FailureContext): RetryDecision {
  const policy: FailurePolicy = POLICIES[failure.kind];
  const pauseMs = failure.retryAfterMs ?? context.backoffMs;
  const fits = pauseMs + context.leastMs <= context.remainingMs;
  const isWorthIt = pauseMs <= MAX_PAUSE_MS || !context.hasMore;
  const mayRetry = policy.retrySameModel && !failure.textShown && !context.retried && !context.breakerOpen;
  if (mayRetry && fits && isWorthIt) return { do: 'retry', afterMs: pauseMs };
  return fallsBack(policy, failure, context)
    ? { do: 'fall_back', toLargerWindow: policy.fallBack === 'larger_window' }
    : { do: 'give_up' };
}

function fallsBack(
  policy: FailurePolicy,
  failure: BedrockError,
  { deniedBefore, isFallback }: FailureContext,
): boolean {
  // The requested model accepted the form of the request: the caller is not at fault if a fallback refuses it.
  if (failure.kind === 'invalid_request') return isFallback;
  if (policy.fallBack === 'once') return deniedBefore === 0;
  return policy.fallBack !== 'no';
}
