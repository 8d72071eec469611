import { Logger } from '@nestjs/common';
import type { Problem } from './problem-details.js';

const logger = new Logger('Http');

/** Logs what is our fault: where it happened, but no message: the database's own words may quote what a user wrote. */
export function reportProblem({ status, code, requestId }: Problem, error: unknown): void {
  if (status < 500) return;
  const cause = error instanceof Error ? error : new Error('not an error');
  const frames = cause.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  const sqlState = (cause as { code?: string }).code;
  logger.error({ requestId, code, name: cause.name, sqlState, frames });
}
