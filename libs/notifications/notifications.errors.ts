import { AppError } from '#libs/platform/errors/app-error.js';

export class TooManyStreamsError extends AppError {
  readonly kind = 'rate_limited';
  readonly code = 'too_many_streams';
  override readonly retryAfter = 10;
  constructor(most: number) {
    super(`${most} streams are already open: close a stream first`);
  }
}

/** Thrown also for another recipient's notification, to hide whether it exists. */
export class NotificationNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'notification_not_found';
  constructor(id: string) {
    super(`Notification ${id} does not exist, or is not yours`);
  }
}
