import { AppError } from './app-error.js';

export interface FieldError {
  field: string;
  message: string;
  /** Position in a file that was sent, from 1; null: the error has none. */
  line?: number | null;
  column?: number | null;
}

/** Bad input: names each field. */
export class InvalidInputError extends AppError {
  readonly kind = 'invalid';
  readonly code = 'invalid_request';
  override readonly extensions: { errors: FieldError[] };
  constructor(errors: FieldError[]) {
    super(
      `The request is not valid: ${errors.map(({ field, message }) => `${field}: ${message}`).join('; ')}`,
    );
    this.extensions = { errors };
  }
}

export class UnauthenticatedError extends AppError {
  readonly kind = 'unauthenticated';
  readonly code = 'unauthenticated';
}

export class ForbiddenError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'forbidden';
}

/** Thrown while a dependency is unavailable. */
export class UnavailableError extends AppError {
  readonly kind = 'unavailable';
  override readonly retryAfter: number = 1;
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Thrown if the response to a commit was lost, so that its outcome is unknown. `extensions` contain what a later query
 * needs.
 */
export class OutcomeUnknownError extends UnavailableError {
  override readonly extensions: Readonly<Record<string, unknown>>;
  constructor(
    cause: unknown,
    { message = OUTCOME_UNKNOWN, ...extensions }: { message?: string } & Record<string, unknown> = {},
  ) {
    super('outcome_unknown', message, { cause });
    this.extensions = extensions;
  }
}

const OUTCOME_UNKNOWN =
  'The response of the database was lost, so the outcome is unknown. Check the outcome before you repeat the request.';
