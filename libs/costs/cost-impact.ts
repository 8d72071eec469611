import { Decimal } from 'decimal.js';

/** Tokens of one exchange and how many exchanges there are, with where the figures come from. */
export interface Volume {
  inputTokensPerExchange: number;
  outputTokensPerExchange: number;
  exchanges: number;
  basis: 'conversation' | 'use_case' | 'configured';
}

/** USD per 1,000 tokens as decimal strings; null = not known. */
export interface Prices {
  inputPer1k: string | null;
  outputPer1k: string | null;
}

/** What a use case's exchanges look like. */
export interface UseCaseFigures {
  inputTokens: number;
  outputTokens: number;
  /** Exchanges in 30 days. */
  exchanges30Days: number;
  /** Expected length of a conversation. */
  exchangesPerConversation: number;
}

export interface CostBasis {
  scope: 'conversation' | 'use_case';
  previous: Prices | null;
  next: Prices | null;
  /** What the conversation has had so far, in sum; null for a use case. */
  conversation: { exchanges: number; inputTokens: number; outputTokens: number } | null;
  measured: UseCaseFigures | null;
  configured: UseCaseFigures;
}

/** What a switch saves, estimated. */
export interface CostImpact {
  /** USD with 6 decimals, positive = cheaper; null: a price is not known. */
  savedUsd: string | null;
  horizon: string;
  assumption: Volume & { unknown?: 'previous price' | 'new price' | 'both prices' | 'too large an amount' };
}

/** NUMERIC(18,6): an estimate beyond it, from absurd figures, must not keep its audit row from being written. */
const STORED_BELOW = '1e12';

/**
 * Savings over the horizon: for a conversation its expected remaining exchanges (the median length of its use case
 * less those it had, at least one), for a use case 30 days.
 */
export function estimateCostImpact(basis: CostBasis): CostImpact {
  const volume = basis.scope === 'conversation' ? remainingVolume(basis) : volumeOf30Days(basis);
  const count = volume.exchanges === 1 ? '1 exchange' : `${volume.exchanges} exchanges`;
  const horizon = basis.scope === 'conversation' ? count : '30 days';
  const before = costOf(basis.previous, volume);
  const after = costOf(basis.next, volume);
  if (before && after) {
    const saved = before.sub(after);
    if (saved.abs().lt(STORED_BELOW)) return { savedUsd: usd(saved), horizon, assumption: volume };
    return { savedUsd: null, horizon, assumption: { ...volume, unknown: 'too large an amount' } };
  }
  return {
    savedUsd: null,
    horizon,
    assumption: { ...volume, unknown: unknownOf(before, after) },
  };
}

function volumeOf30Days({ measured, configured }: CostBasis): Volume {
  const figures = measured ?? configured;
  return {
    inputTokensPerExchange: figures.inputTokens,
    outputTokensPerExchange: figures.outputTokens,
    exchanges: figures.exchanges30Days,
    basis: measured ? 'use_case' : 'configured',
  };
}

function remainingVolume(basis: CostBasis): Volume {
  const figures = basis.measured ?? basis.configured;
  const had = basis.conversation?.exchanges ?? 0;
  const exchanges = Math.max(1, new Decimal(figures.exchangesPerConversation).sub(had).toNumber());
  if (!basis.conversation || had === 0) return { ...volumeOf30Days(basis), exchanges };
  return {
    inputTokensPerExchange: perExchange(basis.conversation.inputTokens, had),
    outputTokensPerExchange: perExchange(basis.conversation.outputTokens, had),
    exchanges,
    basis: 'conversation',
  };
}

const perExchange = (tokens: number, exchanges: number): number =>
  new Decimal(tokens).div(exchanges).toDecimalPlaces(9).toNumber();

/** @returns USD, null where a price is not known: unknown is never 0 */
function costOf(prices: Prices | null, volume: Volume): Decimal | null {
  if (!prices || prices.inputPer1k === null || prices.outputPer1k === null) return null;
  return new Decimal(prices.inputPer1k)
    .mul(volume.inputTokensPerExchange)
    .add(new Decimal(prices.outputPer1k).mul(volume.outputTokensPerExchange))
    .mul(volume.exchanges)
    .div(1000);
}

/** Next to nothing is not "-0.000000". */
const usd = (amount: Decimal): string => amount.toFixed(6).replace(/^-(?=0\.0+$)/, '');

const unknownOf = (before: Decimal | null, after: Decimal | null) => {
  if (before) return 'new price';
  return after ? 'previous price' : 'both prices';
};
