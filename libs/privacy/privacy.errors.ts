import { AppError } from '#libs/platform/errors/app-error.js';

export class UserUnknownError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'user_unknown';
  constructor() {
    super('Nothing is stored under this user id');
  }
}
