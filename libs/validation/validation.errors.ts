import { AppError } from '#libs/platform/errors/app-error.js';

/** Allows only one sweep at a time on all instances. */
export class SweepRunningError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'sweep_running';
  override readonly retryAfter = 5;
  override readonly extensions: { sweepId: string };
  constructor(sweepId: string) {
    super(
      `Sweep ${sweepId} is running or about to: read its progress, and request another one when it has ended`,
    );
    this.extensions = { sweepId };
  }
}

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
