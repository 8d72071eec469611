import { UnavailableError } from '../errors/errors.js';

export class BacklogError extends UnavailableError {
  override readonly retryAfter = 10;
  constructor(limit: number) {
    super(
      'audit_backlog',
      `More than ${limit} switches wait for their audit row, so no more are accepted: is the worker running, and can it reach Redis?`,
    );
  }
}
