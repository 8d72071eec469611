import { AppError } from '#libs/platform/errors/app-error.js';

export class UserUnknownError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'user_unknown';
  constructor() {
    super('No data is stored for this user id: check the id');
  }
}
