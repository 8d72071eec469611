import { AppError } from '#libs/platform/errors/app-error.js';

export class VerificationRunningError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'verification_running';
  override readonly retryAfter = 10;
  constructor() {
    super('The audit rows are being verified already: wait for that, or ask another instance');
  }
}
