import { AppError } from '#libs/platform/errors/app-error.js';

export class CheckedTooOftenError extends AppError {
  readonly kind = 'rate_limited';
  readonly code = 'checked_too_often';
  constructor(
    modelId: string,
    override readonly retryAfter: number,
  ) {
    super(`${modelId} was checked recently: see its last result, or try again in ${retryAfter} s`);
  }
}
