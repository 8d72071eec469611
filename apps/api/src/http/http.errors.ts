import { AppError } from '#libs/platform/errors/app-error.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';

export class TooManyRequestsError extends AppError {
  readonly kind = 'rate_limited';
  readonly code = 'rate_limited';
  constructor(
    override readonly retryAfter: number,
    message = 'Too many requests: slow down and try again',
  ) {
    super(message);
  }
}

export class OverloadedError extends UnavailableError {
  constructor() {
    super('overloaded', 'This instance has more to do than it can: try again shortly');
  }
}

export class UrlTooLongError extends AppError {
  readonly kind = 'uri_too_long';
  readonly code = 'uri_too_long';
  constructor(limit: number) {
    super(`The address may have ${limit} characters at most`);
  }
}

export class StoppingError extends UnavailableError {
  constructor() {
    super(
      'instance_stopping',
      'This instance stops and cannot finish the answer: ask again, another instance answers',
    );
  }
}
