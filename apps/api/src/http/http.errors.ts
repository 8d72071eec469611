import { AppError } from '#libs/platform/errors/app-error.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';

export class TooManyRequestsError extends AppError {
  readonly kind = 'rate_limited';
  readonly code = 'rate_limited';
  constructor(
    override readonly retryAfter: number,
    message = 'Too many requests: wait for the time in Retry-After, then try again',
  ) {
    super(message);
  }
}

export class OverloadedError extends UnavailableError {
  constructor() {
    super('overloaded', 'This instance is overloaded: wait for the time in Retry-After, then try again');
  }
}

export class BodyTooLargeError extends AppError {
  readonly kind = 'payload_too_large';
  readonly code = 'payload_too_large';
  constructor(limit: number) {
    super(`The body is too large: send at most ${limit} bytes`);
  }
}

export class UrlTooLongError extends AppError {
  readonly kind = 'uri_too_long';
  readonly code = 'uri_too_long';
  constructor(limit: number) {
    super(`The URL is too long: use at most ${limit} characters`);
  }
}

export class StoppingError extends UnavailableError {
  constructor() {
    super(
      'instance_stopping',
      'This instance stops and cannot finish the answer: send the request again, and another instance answers',
    );
  }
}
