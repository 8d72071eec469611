/** Figures of a use case. */
export interface UseCaseOverview {
  name: string;
  activeModelId: string;
  /** Calls of the last 24 hours. */
  calls: number;
  /** Shares of these calls, from 0 to 1; null: there are none. */
  errorRate: number | null;
  fallbackRate: number | null;
  /** Of calls of today and yesterday (UTC) that were answered at the first attempt; null: there are none. */
  p95Ms: number | null;
  /** Costs of days of UTC; null: no cost is known. */
  costTodayUsd: string | null;
  costYesterdayUsd: string | null;
  /** Conversations without and with a pin, counted up to `MAX_COUNTED`. */
  followers: number;
  pinned: number;
  /** Of its active model; null: it has no date to come. */
  nextEndOfLife: { modelId: string; date: string } | null;
}

/** States that an operator must change, the most urgent first. */
export const ATTENTION_KINDS = [
  'worker_away',
  'breaker_open',
  'dead_letters',
  'sweep_failed',
  'webhook_disabled',
  'channel_disabled',
  'legacy_in_use',
  'budget_reached',
  'move_running',
] as const;

/** State that needs an operator, with the number of things that are in it. */
export interface Attention {
  kind: (typeof ATTENTION_KINDS)[number];
  count: number;
  useCase: string | null;
  modelId: string | null;
  since: Date | null;
}

export interface Overview {
  useCases: UseCaseOverview[];
  attention: Attention[];
}
