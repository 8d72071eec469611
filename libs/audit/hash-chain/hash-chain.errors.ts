import { AppError } from '#libs/platform/errors/app-error.js';

export class VerificationRunningError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'verification_running';
  override readonly retryAfter = 10;
  constructor() {
    super('A verification of the audit rows is already running: wait until it ends, or use another instance');
  }
}
