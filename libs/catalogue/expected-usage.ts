/** Mean tokens of one exchange (a question and its answer). Cached tokens are not in `inputTokens`. */
export interface TokenMix {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
}

/** Figures that an operator expects of a use case. */
export interface ConfiguredUsage extends Pick<TokenMix, 'inputTokens' | 'outputTokens'> {
  exchangesPerConversation: number;
  exchangesPer30Days: number;
}

/** Figures of the last 30 days; tokens are those of a model whose token factor is 1. */
export interface MeasuredUsage extends TokenMix {
  exchanges: number;
  /** Measured period, from 1 hour to 30 days. */
  days: number;
  medianExchanges: number;
}

/** Figures that estimates and the objective `cost` use. */
export interface ExpectedUsage extends TokenMix {
  exchangesPerConversation: number;
  exchangesPer30Days: number;
  basis: 'measured' | 'blended' | 'configured';
}

/** From so many measured days on, what was configured counts no more. */
const DAYS_TO_TRUST = 7;
const HORIZON_DAYS = 30;

/**
 * Scales the measured usage to 30 days. Until a week was measured, it is blended with the configured usage by its share
 * of that week.
 */
export function expectedUsage(configured: ConfiguredUsage, measured: MeasuredUsage | null): ExpectedUsage {
  const assumed = { ...configured, cacheReadTokens: 0, cacheWriteTokens: 0 };
  if (!measured) return { ...assumed, basis: 'configured' };
  const share = Math.min(1, measured.days / DAYS_TO_TRUST);
  const ofMeasured = share * (measured.exchanges / measured.days) * HORIZON_DAYS;
  const ofConfigured = (1 - share) * configured.exchangesPer30Days;
  const exchangesPer30Days = ofMeasured + ofConfigured;
  const mean = (kind: keyof TokenMix) =>
    (ofMeasured * measured[kind] + ofConfigured * assumed[kind]) / exchangesPer30Days;
  return {
    inputTokens: mean('inputTokens'),
    outputTokens: mean('outputTokens'),
    cacheReadTokens: mean('cacheReadTokens'),
    cacheWriteTokens: mean('cacheWriteTokens'),
    exchangesPerConversation:
      share * measured.medianExchanges + (1 - share) * configured.exchangesPerConversation,
    exchangesPer30Days,
    basis: share < 1 ? 'blended' : 'measured',
  };
}
