import { AppError } from './app-error.js';

export interface FieldError {
  field: string;
  message: string;
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

/** A dependency is away for now; nothing was written. */
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
