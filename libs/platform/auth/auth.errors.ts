import { AppError } from '../errors/app-error.js';

export class ServiceKeyNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'service_key_not_found';
  constructor(id: string) {
    super(`There is no service key ${id}`);
  }
}

export class ServiceKeyEndedError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'service_key_ended';
  constructor(id: string) {
    super(`The service key ${id} is revoked or expired: make a new one instead`);
  }
}

export class ServiceKeyReplacedError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'service_key_replaced';
  constructor(id: string, successor: string) {
    super(`The service key ${id} was replaced already: rotate its successor ${successor}`);
  }
}
