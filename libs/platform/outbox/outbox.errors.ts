import { UnavailableError } from '../errors/errors.js';

export class BacklogError extends UnavailableError {
  override readonly retryAfter = 10;
  constructor(limit: number) {
    super(
      'audit_backlog',
      `More than ${limit} switches wait for their audit row, so the api accepts no further switches. Check that the worker runs and reaches Redis.`,
    );
  }
}
