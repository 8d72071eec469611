import type { StopReason } from '@aws-sdk/client-bedrock-runtime';
import type { ErrorKind } from '../errors/app-error.js';
import { UnavailableError } from '../errors/errors.js';
import { BedrockError, type BedrockErrorKind } from './bedrock-error.js';

export interface FailurePolicy {
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

const busy: FailurePolicy = {
  retrySameModel: true,
  fallBack: 'yes',
  health: 'breaker',
  alert: false,
  answer: 'unavailable',
};
const returnToCaller = { retrySameModel: false, fallBack: 'no', health: 'none', alert: false } as const;

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
  input_too_long: { ...returnToCaller, fallBack: 'larger_window', answer: 'unprocessable' },
  invalid_request: { ...returnToCaller, answer: 'invalid' },
  // Another model might comply: for that reason there is no fallback.
  refused: { ...returnToCaller, answer: 'unprocessable' },
  model_gone: { ...busy, retrySameModel: false, health: 'unavailable_until_sync' },
  access_pending: { ...busy, retrySameModel: false, health: 'recheck_after_15_min' },
  access_denied: {
    ...busy,
    retrySameModel: false,
    fallBack: 'once',
    health: 'unavailable_until_probe',
    alert: true,
  },
  bad_credentials: { ...returnToCaller, alert: true, answer: 'unavailable' },
  // A model may not take a guardrail, which nobody knew.
  guardrail_unavailable: { ...returnToCaller, fallBack: 'yes', alert: true, answer: 'unavailable' },
  cancelled: { ...returnToCaller, answer: null },
} satisfies Record<BedrockErrorKind, FailurePolicy>;

/** Refusals that come with HTTP 200: the response is for the caller, and says nothing against its model. */
type Refusal = 'refused' | 'guardrail_intervened';
/** Failures that come with HTTP 200. */
type AnswerFailure = 'input_too_long' | 'unusable_answer';

/** Every stop reason that the SDK knows, and whether it is a refusal or a failure. */
const STOPS: Record<StopReason, Refusal | AnswerFailure | null> = {
  end_turn: null,
  max_tokens: null,
  stop_sequence: null,
  tool_use: null,
  guardrail_intervened: 'guardrail_intervened',
  content_filtered: 'refused',
  model_context_window_exceeded: 'input_too_long',
  malformed_model_output: 'unusable_answer',
  malformed_tool_use: 'unusable_answer',
};

/** Returns the failure of a stop reason; null for a success, a refusal and an unknown reason. */
export function failureOfStop(stopReason: string): AnswerFailure | null {
  const end = STOPS[stopReason as StopReason] ?? null;
  return isRefusal(end) ? null : end;
}

/** Returns the refusal of a stop reason; null for every other reason. */
export function refusalOfStop(stopReason: string): Refusal | null {
  const end = STOPS[stopReason as StopReason] ?? null;
  return isRefusal(end) ? end : null;
}

const isRefusal = (end: Refusal | AnswerFailure | null): end is Refusal =>
  end === 'refused' || end === 'guardrail_intervened';

const AWAY = 'Bedrock does not answer right now. Try again shortly.';
const REFUSED =
  'Bedrock does not accept the request of this service. See the log of the service for the reason.';
const NOT_ALLOWED =
  'The AWS role of this service lacks a right. See the log for the right, and iam/ for the policies.';

/** Our own text: that of AWS may name accounts and roles. */
const SENTENCES: Record<BedrockErrorKind, string> = {
  throttled: 'Bedrock gets too many requests from this AWS account right now. Try again shortly.',
  unavailable: AWAY,
  not_ready: AWAY,
  stream_broken: AWAY,
  unusable_answer: AWAY,
  cancelled: AWAY,
  input_too_long: REFUSED,
  invalid_request: REFUSED,
  refused: REFUSED,
  model_gone: REFUSED,
  access_pending: NOT_ALLOWED,
  access_denied: NOT_ALLOWED,
  guardrail_unavailable: NOT_ALLOWED,
  bad_credentials:
    'Bedrock does not accept the AWS credentials of this service. They are missing, wrong or expired: replace them.',
};

/** Failures that may recover by themselves, so that a retry soon makes sense; the others need an operator. */
const PASSES = new Set<BedrockErrorKind>([
  'throttled',
  'unavailable',
  'not_ready',
  'stream_broken',
  'unusable_answer',
]);

/** Bedrock is unavailable, or unavailable to us. The cause is for the log. */
class BedrockUnavailableError extends UnavailableError {
  override readonly retryAfter: number;
  constructor(cause: BedrockError) {
    super('bedrock_unavailable', SENTENCES[cause.kind], { cause });
    const usual = PASSES.has(cause.kind) ? 5 : 60;
    this.retryAfter =
      cause.retryAfterMs === undefined ? usual : Math.max(1, Math.ceil(cause.retryAfterMs / 1000));
  }
}

/** Converts a failed call to an error that a caller may see; returns every other error unchanged. */
export const asBedrockUnavailable = (error: unknown): unknown =>
  error instanceof BedrockError ? new BedrockUnavailableError(error) : error;
