import { AppError } from '../errors/app-error.js';

export class ServiceKeyNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'service_key_not_found';
  constructor(id: string) {
    super(`Service key ${id} does not exist: list the keys for their ids`);
  }
}

export class ServiceKeyEndedError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'service_key_ended';
  constructor(id: string) {
    super(`Service key ${id} is revoked or expired: create a new key instead`);
  }
}

export class ServiceKeyReplacedError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'service_key_replaced';
  constructor(id: string, successor: string) {
    super(`Service key ${id} was already replaced: rotate its successor ${successor}`);
  }
}
