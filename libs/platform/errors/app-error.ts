/** Kind of an error. The api maps each kind to one HTTP status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'too_slow'
  | 'payload_too_large'
  | 'uri_too_long'
  | 'headers_too_large'
  | 'unsupported_media_type'
  | 'unprocessable'
  | 'rate_limited'
  | 'unavailable'
  | 'internal';

/** Error whose message may be shown to the caller. All others become an internal error. */
export abstract class AppError extends Error {
  abstract readonly kind: ErrorKind;
  /** Stable, machine-readable name, e.g. `model_not_found`. */
  abstract readonly code: string;
  /** Further members of the problem document, e.g. `reasons`. */
  readonly extensions: Readonly<Record<string, unknown>> = {};
  /** Seconds after which a retry makes sense. */
  readonly retryAfter?: number;
}
