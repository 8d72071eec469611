import type { Health } from './model-health.js';

/** What a day of probes may cost. It stops probes, never sweeps. */
export interface Budget {
  tokens: number;
  usd: number;
}

/** A model whose last answer is younger than this is not asked again, unless it failed since. */
const ANSWER_GOOD_FOR_MS = 6 * 3_600_000;

/** Whether a sweep should ask the model itself: its answer is old, or it must prove or disprove a failure. */
export function needsProbe({ status, failures, answeredAt }: Health, now: Date): boolean {
  if (status === 'failed' || failures > 0 || answeredAt === null) return true;
  return now.getTime() - answeredAt.getTime() >= ANSWER_GOOD_FOR_MS;
}

export const isSpent = (spent: Budget, budget: Budget): boolean =>
  spent.tokens >= budget.tokens || spent.usd >= budget.usd;
