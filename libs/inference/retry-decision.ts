import type { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { POLICIES, type Policy } from '#libs/platform/bedrock/bedrock-policy.js';

/** What to do after a failure. */
export type RetryDecision =
  | { do: 'retry'; afterMs: number }
  | { do: 'fall_back'; toLargerWindow: boolean }
  | { do: 'give_up' };

/** What a reaction depends on besides the failure. */
export interface FailureContext {
  /** This model was asked a second time already. */
  retried: boolean;
  /** Its breaker is open by now. */
  breakerOpen: boolean;
  /** Other models that a policy of the account forbade in this call. */
  deniedBefore: number;
  /** The model stands in for another one. */
  isFallback: boolean;
  /** Another model could answer. */
  hasMore: boolean;
  remainingMs: number;
  /** What a model needs at least to begin its answer. */
  leastMs: number;
  /** The pause before a second attempt where Bedrock names none. */
  backoffMs: number;
}

/** A model that asks for a longer pause is left for one that can answer now. */
const MAX_PAUSE_MS = 1_000;

/** The table of `POLICIES`, applied. */
export function decideRetry(failure: BedrockError, context: FailureContext): RetryDecision {
  const policy: Policy = POLICIES[failure.kind];
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
  policy: Policy,
  failure: BedrockError,
  { deniedBefore, isFallback }: FailureContext,
): boolean {
  // The model that was asked for did not mind the form of the request: that a stand-in does is not the caller's fault.
  if (failure.kind === 'invalid_request') return isFallback;
  if (policy.fallBack === 'once') return deniedBefore === 0;
  return policy.fallBack !== 'no';
}
