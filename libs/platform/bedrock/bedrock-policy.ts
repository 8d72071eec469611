import type { StopReason } from '@aws-sdk/client-bedrock-runtime';
import type { ErrorKind } from '../errors/app-error.js';
import type { BedrockErrorKind } from './bedrock-error.js';

export interface Policy {
  /** Once, after a jittered pause or after `retryAfterMs`, and only while no text was shown. */
  retrySameModel: boolean;
  /** `once`: if the next model fails in the same way, the chat ends with the error. */
  fallBack: 'yes' | 'once' | 'larger_window' | 'no';
  health: 'none' | 'breaker' | 'unavailable_until_sync' | 'recheck_after_15_min' | 'unavailable_until_probe';
  /** True: an operator must act, because it does not recover by itself. */
  alert: boolean;
  /** Error for the caller when no fallback helped; null: the caller is gone. */
  answer: ErrorKind | null;
}

const busy: Policy = {
  retrySameModel: true,
  fallBack: 'yes',
  health: 'breaker',
  alert: false,
  answer: 'unavailable',
};
const toTheCaller = { retrySameModel: false, fallBack: 'no', health: 'none', alert: false } as const;

/**
 * Reaction to each kind of failure. A failure after text was shown is never hidden. Either the response restarts on
 * another model and the client drops its text, or it ends with an error.
 */
export const POLICIES = {
  throttled: busy,
  unavailable: busy,
  // The model has used its time: a retry would use up the caller's.
  not_ready: { ...busy, retrySameModel: false },
  stream_broken: { ...busy, retrySameModel: false },
  unusable_answer: { ...busy, retrySameModel: false },
  input_too_long: { ...toTheCaller, fallBack: 'larger_window', answer: 'unprocessable' },
  invalid_request: { ...toTheCaller, answer: 'invalid' },
  // Another model might comply: for that reason there is no fallback.
  refused: { ...toTheCaller, answer: 'unprocessable' },
  model_gone: { ...busy, retrySameModel: false, health: 'unavailable_until_sync' },
  access_pending: { ...busy, retrySameModel: false, health: 'recheck_after_15_min' },
  access_denied: {
    ...busy,
    retrySameModel: false,
    fallBack: 'once',
    health: 'unavailable_until_probe',
    alert: true,
  },
  bad_credentials: { ...toTheCaller, alert: true, answer: 'unavailable' },
  cancelled: { ...toTheCaller, answer: null },
} satisfies Record<BedrockErrorKind, Policy>;

/** Failures that come with HTTP 200. */
type AnswerFailure = 'refused' | 'input_too_long' | 'unusable_answer';

/** Every stop reason that the SDK knows, and whether it is a failure. */
const STOPS: Record<StopReason, AnswerFailure | null> = {
  end_turn: null,
  max_tokens: null,
  stop_sequence: null,
  tool_use: null,
  guardrail_intervened: 'refused',
  content_filtered: 'refused',
  model_context_window_exceeded: 'input_too_long',
  malformed_model_output: 'unusable_answer',
  malformed_tool_use: 'unusable_answer',
};

/** Returns the failure of a stop reason; null for a success, and for an unknown reason. */
export const failureOfStop = (stopReason: string): AnswerFailure | null =>
  STOPS[stopReason as StopReason] ?? null;
