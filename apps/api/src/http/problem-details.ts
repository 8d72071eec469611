import { HttpException } from '@nestjs/common';
import type { FastifyError } from 'fastify';
import { asUnavailable } from '#libs/platform/database/database-trouble.js';
import { AppError, type ErrorKind } from '#libs/platform/errors/app-error.js';
import type { FieldError } from '#libs/platform/errors/errors.js';

/** Maps each kind of error to its status; nothing else does. */
const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  too_slow: 408,
  payload_too_large: 413,
  uri_too_long: 414,
  headers_too_large: 431,
  unsupported_media_type: 415,
  unprocessable: 422,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
} satisfies Record<ErrorKind, number>;

const TITLES: Record<ErrorKind, string> = {
  invalid: 'Bad request',
  unauthenticated: 'Not authenticated',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'Conflict',
  precondition_failed: 'Precondition failed',
  too_slow: 'Request timeout',
  payload_too_large: 'Body too large',
  uri_too_long: 'URL too long',
  headers_too_large: 'Headers too large',
  unsupported_media_type: 'Content type not supported',
  unprocessable: 'Not processable',
  rate_limited: 'Too many requests',
  unavailable: 'Unavailable',
  internal: 'Internal error',
};

/** An RFC 9457 problem document. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  [extension: string]: unknown;
}

/** Problem with what a wire needs to write it in its own form. */
export interface ReportedProblem {
  kind: ErrorKind;
  problem: Problem;
  /** Seconds. */
  retryAfter: number | undefined;
}

interface ProblemSource {
  kind: ErrorKind;
  code: string;
  detail: string;
  extensions?: Readonly<Record<string, unknown>>;
  retryAfter?: number;
}

/** Errors that Node and Fastify raise before a handler runs. */
const REFUSALS: Record<string, ProblemSource> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    kind: 'payload_too_large',
    code: 'payload_too_large',
    detail:
      'The body is too large: send at most 32 KiB, or 1 MiB at /v1/chat, /v1/catalogue/facts and /v1/config',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    kind: 'unsupported_media_type',
    code: 'unsupported_media_type',
    detail: 'Send the body as application/json, or as application/yaml at /v1/config',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    kind: 'too_slow',
    code: 'request_timeout',
    detail: 'The request did not arrive in time: send it again',
  },
  HPE_HEADER_OVERFLOW: {
    kind: 'headers_too_large',
    code: 'headers_too_large',
    detail: 'The URL and the headers are too large: send at most 16 KiB',
  },
  FST_ERR_BAD_URL: invalidField('path', 'must be percent-encoded correctly'),
  FST_ERR_CTP_EMPTY_JSON_BODY: invalidField('body', 'is empty: send a JSON object'),
};

/** Finds the failure behind a thrown value. An unknown one becomes an internal error without details. */
export function toProblemSource(thrown: unknown): ProblemSource {
  const error = asUnavailable(thrown);
  if (error instanceof AppError)
    return {
      ...error,
      kind: error.kind,
      code: error.code,
      detail: error.message,
      extensions: error.extensions,
    };
  return refusalOf(error) ?? INTERNAL;
}

/** May follow a commit: the client must not conclude that nothing was done. */
const INTERNAL: ProblemSource = {
  kind: 'internal',
  code: 'internal_error',
  detail:
    'The service failed, and the outcome of the request is unknown. Check the outcome before you repeat the request, or repeat it with the same Idempotency-Key',
};

/** Converts an error of Nest or Fastify; Nest wraps those of Fastify. */
function refusalOf(error: unknown): ProblemSource | undefined {
  const wrapped = error instanceof HttpException;
  const { code, statusCode, message } = ((wrapped ? error.cause : undefined) ?? error ?? {}) as FastifyError;
  if (code && REFUSALS[code]) return REFUSALS[code];
  if (code?.startsWith('HPE_')) return invalidField('request', 'must be valid HTTP/1.1');
  const status = wrapped ? error.getStatus() : statusCode;
  if (status === 404)
    return {
      kind: 'not_found',
      code: 'route_not_found',
      detail: `${message}; see /docs for the description of the api`,
    };
  return status !== undefined && status >= 400 && status < 500 ? malformed(message) : undefined;
}

export function toProblem(failure: ProblemSource, requestId: string): Problem {
  return {
    type: `urn:bedrock-model-orchestrator:problem:${failure.code}`,
    title: TITLES[failure.kind],
    status: STATUS[failure.kind],
    detail: failure.detail,
    code: failure.code,
    requestId,
    ...failure.extensions,
  };
}

function malformed(message: string): ProblemSource {
  const poisoned = /prototype property/.test(message);
  return poisoned
    ? invalidField('__proto__', 'is not allowed as a name: remove it')
    : invalidField('body', 'must be a valid JSON object in UTF-8');
}

function invalidField(field: string, message: string): ProblemSource {
  const errors: FieldError[] = [{ field, message }];
  return {
    kind: 'invalid',
    code: 'invalid_request',
    detail: `The request is not valid: ${field}: ${message}`,
    extensions: { errors },
  };
}
