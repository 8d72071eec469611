import { AppError } from '../errors/app-error.js';

export class ServiceKeyNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'service_key_not_found';
  constructor(id: string) {
    super(`There is no service key ${id}`);
  }
}
