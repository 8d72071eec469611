import { UnavailableError } from '../errors/errors.js';
import { BedrockError, type BedrockErrorKind } from './bedrock-error.js';

const AWAY = 'Bedrock does not answer right now.';
const REFUSED = 'Bedrock does not accept what this service asks; its log says why.';
const NOT_ALLOWED =
  'The AWS role of this service lacks a right that this needs; iam/ has the policies, and the log says which right.';

/** Our own text: that of AWS may name accounts and roles. */
const SENTENCES: Record<BedrockErrorKind, string> = {
  throttled: 'Bedrock gets too many requests from this account right now.',
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
  bad_credentials:
    'Bedrock does not accept the AWS credentials of this service: they are missing, wrong or expired.',
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
