import type { Health } from './model-health.js';

/** Daily budget of probes. It stops probes, never sweeps. */
export interface Budget {
  tokens: number;
  usd: number;
}

/** A model whose last answer is younger than this is not probed again, unless it failed since. */
const ANSWER_GOOD_FOR_MS = 6 * 3_600_000;

/** Returns whether a sweep should probe the model: its last answer is old, or a failure needs confirmation. */
export function needsProbe({ status, failures, answeredAt }: Health, now: Date): boolean {
  if (status === 'failed' || failures > 0 || answeredAt === null) return true;
  return now.getTime() - answeredAt.getTime() >= ANSWER_GOOD_FOR_MS;
}

export const isSpent = (spent: Budget, budget: Budget): boolean =>
  spent.tokens >= budget.tokens || spent.usd >= budget.usd;
