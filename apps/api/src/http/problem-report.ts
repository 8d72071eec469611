import { Logger } from '@nestjs/common';
import type { Problem } from './problem-details.js';

const logger = new Logger('Http');
/** Refusals under load are logged together: a line with a stack for each costs more than the refusal. */
const OVERLOAD_LINE_MS = 1_000;
let refused = 0;
let loggedAt = Number.NEGATIVE_INFINITY;

/** Logs failures of the service: where they happened, but no message, since that of the database may quote a user. */
export function reportProblem({ status, code, requestId }: Problem, error: unknown): void {
  if (status < 500) return;
  if (code === 'overloaded') {
    reportRefusal();
    return;
  }
  const cause = error instanceof Error ? error : new Error('not an error');
  const frames = cause.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  const sqlState = (cause as { code?: string }).code;
  logger.error({ requestId, code, name: cause.name, sqlState, frames });
}

function reportRefusal(): void {
  refused += 1;
  const now = performance.now();
  if (now - loggedAt < OVERLOAD_LINE_MS) return;
  logger.warn({ code: 'overloaded', refused });
  [refused, loggedAt] = [0, now];
}
