import type { FastifyReply } from 'fastify';
import { UnansweredError } from '#libs/inference/inference.errors.js';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { ErrorKind } from '#libs/platform/errors/app-error.js';
import { causeOf, refusalOf } from './model-refusal.js';
import type { ReportedProblem } from './problem-details.js';

/** Status and name of an error of AWS. Clients decide by them whether they retry. */
interface AwsName {
  status: number;
  name: string;
}

const VALIDATION: AwsName = { status: 400, name: 'ValidationException' };
const THROTTLED: AwsName = { status: 429, name: 'ThrottlingException' };
const UNAVAILABLE: AwsName = { status: 503, name: 'ServiceUnavailableException' };
const DENIED: AwsName = { status: 403, name: 'AccessDeniedException' };
const NOT_FOUND: AwsName = { status: 404, name: 'ResourceNotFoundException' };
const TIMED_OUT: AwsName = { status: 408, name: 'ModelTimeoutException' };

/** Maps each kind of error. Names that clients retry are only those for which a retry helps. */
const BY_KIND = {
  invalid: VALIDATION,
  unauthenticated: { status: 403, name: 'UnrecognizedClientException' },
  forbidden: DENIED,
  not_found: NOT_FOUND,
  // Bedrock has no 409, and clients of other wires would retry one.
  conflict: VALIDATION,
  precondition_failed: VALIDATION,
  too_slow: { status: 408, name: 'RequestTimeoutException' },
  payload_too_large: { status: 413, name: 'ValidationException' },
  uri_too_long: { status: 414, name: 'ValidationException' },
  headers_too_large: { status: 431, name: 'ValidationException' },
  unsupported_media_type: { status: 415, name: 'ValidationException' },
  unprocessable: VALIDATION,
  rate_limited: THROTTLED,
  unavailable: UNAVAILABLE,
  internal: { status: 500, name: 'InternalServerException' },
} satisfies Record<ErrorKind, AwsName>;

/** Maps the failure of the last model. A failure that only an operator ends is denied: no retry helps. */
const BY_FAILURE = {
  throttled: THROTTLED,
  unavailable: UNAVAILABLE,
  not_ready: TIMED_OUT,
  stream_broken: UNAVAILABLE,
  unusable_answer: UNAVAILABLE,
  input_too_long: VALIDATION,
  invalid_request: VALIDATION,
  refused: VALIDATION,
  model_gone: NOT_FOUND,
  access_pending: DENIED,
  access_denied: DENIED,
  bad_credentials: DENIED,
  guardrail_unavailable: DENIED,
  cancelled: UNAVAILABLE,
} satisfies Record<BedrockErrorKind, AwsName>;

/** Failures of one model whose own name and status clients know. */
const PASSED_ON: Record<string, AwsName> = {
  ModelErrorException: { status: 424, name: 'ModelErrorException' },
  ModelNotReadyException: { status: 429, name: 'ModelNotReadyException' },
};

/** Clients recognise these words. */
const TOO_LONG = 'Input is too long for requested model.';
/** In seconds. SDKs wait within the call of an application: a breaker may be open for a day. */
const MAX_RETRY_AFTER = 60;

/** Sends an error of Bedrock's wire in AWS's form. */
export function sendAwsError(
  reply: FastifyReply,
  error: unknown,
  { kind, retryAfter, problem }: ReportedProblem,
): FastifyReply {
  const { status, name } = awsNameOf(error, kind, problem.code);
  if (!reply.hasHeader('x-amzn-requestid')) reply.header('x-amzn-requestid', problem.requestId);
  if (retryAfter !== undefined && (status === 429 || status === 503)) {
    const seconds = Math.min(retryAfter, MAX_RETRY_AFTER);
    reply.header('retry-after', String(seconds)).header('x-amz-retry-after', String(seconds * 1000));
  }
  const { code, attempts } = problem;
  const body = {
    message: messageOf(error) ?? problem.detail,
    code,
    ...(attempts !== undefined && { attempts }),
  };
  return reply
    .code(status)
    .header('x-amzn-errortype', name)
    .type('application/json')
    .send(JSON.stringify(body));
}

function awsNameOf(error: unknown, kind: ErrorKind, code: string): AwsName {
  if (code === 'route_not_found') return { status: 404, name: 'UnknownOperationException' };
  if (!(error instanceof UnansweredError)) return BY_KIND[kind];
  const own = error.failure === 'not_ready' ? PASSED_ON[causeOf(error)?.awsName ?? ''] : undefined;
  return own ?? BY_FAILURE[error.failure];
}

/** Returns the words that replace ours; undefined: ours are shown. */
function messageOf(error: unknown): string | undefined {
  if (!(error instanceof UnansweredError)) return undefined;
  if (error.failure === 'input_too_long') return TOO_LONG;
  return error.failure === 'invalid_request' ? refusalOf(error) : undefined;
}
