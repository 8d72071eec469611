import type { FastifyReply } from 'fastify';
import { UnansweredError } from '#libs/inference/inference.errors.js';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { ErrorKind } from '#libs/platform/errors/app-error.js';
import { causeOf, refusalOf } from './model-refusal.js';
import type { Problem, ReportedProblem } from './problem-details.js';

/** Status and type of an error of Anthropic. */
interface AnthropicName {
  status: number;
  type: string;
}

const INVALID: AnthropicName = { status: 400, type: 'invalid_request_error' };
const DENIED: AnthropicName = { status: 403, type: 'permission_error' };
const NOT_FOUND: AnthropicName = { status: 404, type: 'not_found_error' };
const THROTTLED: AnthropicName = { status: 429, type: 'rate_limit_error' };
const FAILED: AnthropicName = { status: 500, type: 'api_error' };
const TIMED_OUT: AnthropicName = { status: 504, type: 'timeout_error' };
const OVERLOADED: AnthropicName = { status: 529, type: 'overloaded_error' };

/** Maps each kind of error. SDKs repeat 408, 409, 429 and all from 500 on. */
const BY_KIND = {
  invalid: INVALID,
  unauthenticated: { status: 401, type: 'authentication_error' },
  forbidden: DENIED,
  not_found: NOT_FOUND,
  conflict: INVALID,
  precondition_failed: INVALID,
  too_slow: { status: 408, type: 'timeout_error' },
  payload_too_large: { status: 413, type: 'request_too_large' },
  uri_too_long: { ...INVALID, status: 414 },
  headers_too_large: { ...INVALID, status: 431 },
  unsupported_media_type: { ...INVALID, status: 415 },
  unprocessable: INVALID,
  rate_limited: THROTTLED,
  unavailable: OVERLOADED,
  internal: FAILED,
} satisfies Record<ErrorKind, AnthropicName>;

/** Maps the failure of the last model. A failure that only an operator ends is denied: no retry helps. */
const BY_FAILURE = {
  throttled: THROTTLED,
  unavailable: OVERLOADED,
  not_ready: TIMED_OUT,
  stream_broken: OVERLOADED,
  unusable_answer: FAILED,
  input_too_long: INVALID,
  invalid_request: INVALID,
  refused: INVALID,
  model_gone: NOT_FOUND,
  access_pending: DENIED,
  access_denied: DENIED,
  bad_credentials: DENIED,
  guardrail_unavailable: DENIED,
  cancelled: OVERLOADED,
} satisfies Record<BedrockErrorKind, AnthropicName>;

/** Failures that are not those of a deadline. */
const BY_AWS_NAME: Record<string, AnthropicName> = {
  ModelErrorException: FAILED,
  ModelNotReadyException: OVERLOADED,
};

/** Clients recognise these words. */
const TOO_LONG = 'prompt is too long: no model that could answer has a window for it';
/** In seconds. SDKs wait within the call of an application: for a longer wait they must not. */
const MAX_WAIT = 20;

/** Sends an error of Anthropic's wire in Anthropic's form. */
export function sendAnthropicError(
  reply: FastifyReply,
  error: unknown,
  { kind, retryAfter, problem }: ReportedProblem,
): FastifyReply {
  const { status, type } = nameOf(error, kind);
  const wait = status === THROTTLED.status || status === OVERLOADED.status ? retryAfter : undefined;
  if (wait !== undefined) reply.header('retry-after', String(wait));
  if (isFinal(error, status) || (wait ?? 0) > MAX_WAIT) reply.header('x-should-retry', 'false');
  if (!reply.hasHeader('request-id')) reply.header('request-id', problem.requestId);
  const { code, attempts } = problem;
  const details = { error_code: code, ...(attempts !== undefined && { attempts }) };
  const body = {
    type: 'error',
    error: { type, message: messageOf(error) ?? problem.detail, details },
    request_id: String(reply.getHeader('request-id')),
  };
  return reply.code(status).type('application/json').send(JSON.stringify(body));
}

function nameOf(error: unknown, kind: ErrorKind): AnthropicName {
  if (!(error instanceof UnansweredError)) return BY_KIND[kind];
  const own = error.failure === 'not_ready' ? BY_AWS_NAME[causeOf(error)?.awsName ?? ''] : undefined;
  return own ?? BY_FAILURE[error.failure];
}

/** The time of the caller is spent, or the models have failed on this request. */
const isFinal = (error: unknown, status: number): boolean =>
  error instanceof UnansweredError && (status === TIMED_OUT.status || status === FAILED.status);

/** Returns the words that replace ours; undefined: ours are shown. */
function messageOf(error: unknown): string | undefined {
  if (!(error instanceof UnansweredError)) return undefined;
  if (error.failure === 'input_too_long') return TOO_LONG;
  return error.failure === 'invalid_request' ? refusalOf(error) : undefined;
}

/** Types of the failures after which another request may be answered; all others are `api_error`. */
const BREAKS: Record<string, string> = {
  throttled: THROTTLED.type,
  unavailable: OVERLOADED.type,
};

/** Returns the event of a stream that breaks off. */
export function anthropicErrorEvent(message: string, { attempts = [], requestId }: Problem): Buffer {
  const last = (attempts as { errorKind: string | null }[]).at(-1)?.errorKind;
  const type = BREAKS[last ?? ''] ?? FAILED.type;
  const event = { type: 'error', error: { type, message }, request_id: requestId };
  return Buffer.from(`event: error\ndata: ${JSON.stringify(event)}\n\n`);
}
