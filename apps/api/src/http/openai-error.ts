import type { FastifyReply } from 'fastify';
import { UnansweredError } from '#libs/inference/inference.errors.js';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { ErrorKind } from '#libs/platform/errors/app-error.js';
import type { FieldError } from '#libs/platform/errors/errors.js';
import { causeOf, refusalOf } from './model-refusal.js';
import type { Problem, ReportedProblem } from './problem-details.js';

/** Status, type and code of an error of OpenAI. */
interface OpenAiName {
  status: number;
  type: string;
  /** Absent: the code of this service. */
  code?: string;
}

const INVALID: OpenAiName = { status: 400, type: 'invalid_request_error' };
const THROTTLED: OpenAiName = { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded' };
const UNAVAILABLE: OpenAiName = { status: 503, type: 'server_error', code: 'service_unavailable' };
const DENIED: OpenAiName = { status: 403, type: 'permission_error', code: 'permission_denied' };
const TIMED_OUT: OpenAiName = { status: 504, type: 'server_error', code: 'timeout' };
const FAILED: OpenAiName = { status: 502, type: 'server_error', code: 'model_error' };

const BY_KIND = {
  invalid: INVALID,
  unauthenticated: { ...INVALID, status: 401, code: 'invalid_api_key' },
  forbidden: { status: 403, type: 'permission_error' },
  not_found: { ...INVALID, status: 404 },
  // SDKs would repeat a 409.
  conflict: INVALID,
  precondition_failed: INVALID,
  too_slow: { ...INVALID, status: 408 },
  payload_too_large: { ...INVALID, status: 413 },
  uri_too_long: { ...INVALID, status: 414 },
  headers_too_large: { ...INVALID, status: 431 },
  unsupported_media_type: { ...INVALID, status: 415 },
  unprocessable: INVALID,
  rate_limited: THROTTLED,
  unavailable: UNAVAILABLE,
  internal: { status: 500, type: 'server_error' },
} satisfies Record<ErrorKind, OpenAiName>;

/** Maps the failure of the last model. A failure that only an operator ends is denied: no retry helps. */
const BY_FAILURE = {
  throttled: THROTTLED,
  unavailable: UNAVAILABLE,
  not_ready: TIMED_OUT,
  stream_broken: UNAVAILABLE,
  unusable_answer: FAILED,
  input_too_long: { ...INVALID, code: 'context_length_exceeded' },
  invalid_request: INVALID,
  refused: INVALID,
  model_gone: { ...INVALID, status: 404, code: 'model_not_found' },
  access_pending: DENIED,
  access_denied: DENIED,
  bad_credentials: DENIED,
  guardrail_unavailable: DENIED,
  cancelled: UNAVAILABLE,
} satisfies Record<BedrockErrorKind, OpenAiName>;

/** Failures that are not those of a deadline. */
const BY_AWS_NAME: Record<string, OpenAiName> = {
  ModelErrorException: FAILED,
  ModelNotReadyException: THROTTLED,
};

/** In seconds. SDKs wait within the call of an application: for a longer wait they must not. */
const MAX_WAIT = 20;
/** The time of the caller is spent, or all models have failed on this request. */
const NEVER_REPEATED = new Set([TIMED_OUT.status, FAILED.status]);

/** Sends an error of OpenAI's wire in OpenAI's form. */
export function sendOpenAiError(
  reply: FastifyReply,
  error: unknown,
  reported: ReportedProblem,
): FastifyReply {
  const { kind, retryAfter, problem } = reported;
  const { status, type, code = ownCodeOf(problem.code) } = nameOf(error, kind);
  const { attempts } = problem;
  const body = {
    message: (error instanceof UnansweredError && wordsOf(error)) || problem.detail,
    ...{ type, param: paramOf(problem), code },
    ...(attempts !== undefined && { attempts }),
  };
  return reply
    .headers(retryHeadersOf(status, retryAfter))
    .code(status)
    .type('application/json')
    .send(JSON.stringify({ error: body }));
}

/** Says whether SDKs may repeat the request, and when. */
function retryHeadersOf(status: number, retryAfter: number | undefined): Record<string, string> {
  if (NEVER_REPEATED.has(status)) return { 'x-should-retry': 'false' };
  if (retryAfter === undefined || (status !== 429 && status !== 503)) return {};
  const wait = { 'retry-after': String(retryAfter) };
  return retryAfter > MAX_WAIT ? { ...wait, 'x-should-retry': 'false' } : wait;
}

/** Returns the first field that is wrong; null: none is named. */
const paramOf = ({ errors }: Problem): string | null =>
  (errors as FieldError[] | undefined)?.[0]?.field ?? null;

function nameOf(error: unknown, kind: ErrorKind): OpenAiName {
  if (!(error instanceof UnansweredError)) return BY_KIND[kind];
  const own = error.failure === 'not_ready' ? BY_AWS_NAME[causeOf(error)?.awsName ?? ''] : undefined;
  return own ?? BY_FAILURE[error.failure];
}

const ownCodeOf = (code: string): string => (code === 'forbidden' ? DENIED.code! : code);

/** Returns the words of AWS for a form that it refuses. */
const wordsOf = (error: UnansweredError): string | undefined =>
  error.failure === 'invalid_request' ? refusalOf(error) : undefined;

/** Returns the event of a stream that breaks off. */
export const openAiErrorEvent = (message: string, code: string): Buffer =>
  Buffer.from(`data: ${JSON.stringify({ error: { message, type: 'server_error', param: null, code } })}\n\n`);
