import { Decimal } from 'decimal.js';
import type { Price } from '#libs/catalogue/catalogue.js';
import { costOfMix } from '#libs/catalogue/cost-of-mix.js';
import {
  type ConfiguredUsage,
  expectedUsage,
  type MeasuredUsage,
  type TokenMix,
} from '#libs/catalogue/expected-usage.js';

/** Base prices of a model, and its token factor. */
export interface ModelPrices extends Omit<Price, 'version' | 'dimensions'> {
  tokenFactor: number;
}

export interface CostBasis {
  scope: 'conversation' | 'use_case';
  previous: ModelPrices | null;
  next: ModelPrices | null;
  /** Sum of its exchanges so far, as the previous model counts tokens; null for a use case. */
  conversation: ({ exchanges: number } & TokenMix) | null;
  measured: MeasuredUsage | null;
  configured: ConfiguredUsage;
}

/** Figures of an estimate, stored with it; tokens as a model with the token factor 1 counts them. */
export type Assumption =
  | { basis: 'first_assignment' }
  | {
      basis: 'conversation' | 'measured' | 'blended' | 'configured';
      exchanges: number;
      inputTokensPerExchange: number;
      outputTokensPerExchange: number;
      /** Absent: none. */
      cacheReadTokensPerExchange?: number;
      cacheWriteTokensPerExchange?: number;
      /** Days of measurement; absent: none, or not relevant. */
      measuredDays?: number;
      /** Absent: both factors are 1. */
      tokenFactors?: { previous: number; next: number };
      unknown?: 'previous price' | 'new price' | 'both prices' | 'too large an amount';
    };

/** Estimated saving of a switch. */
export interface CostImpact {
  /** USD with 6 decimals, positive = cheaper; null: a price is unknown, or there was nothing to save. */
  savedUsd: string | null;
  horizon: string;
  assumption: Assumption;
}

/** No model answered in the conversation before its first assignment. */
export const FIRST_ASSIGNMENT: CostImpact = {
  savedUsd: null,
  horizon: 'first assignment',
  assumption: { basis: 'first_assignment' },
};

interface Volume extends TokenMix {
  exchanges: number;
  basis: 'conversation' | 'measured' | 'blended' | 'configured';
}

/** NUMERIC(18,6): an estimate beyond it, from absurd figures, must not prevent its audit row. */
const STORED_BELOW = '1e12';

/**
 * Estimates the saving over the horizon. Of a conversation these are its remaining exchanges: the median length of its
 * use case less those it had, at least one. Of a use case it is 30 days.
 */
export function estimateCostImpact(basis: CostBasis): CostImpact {
  const volume = rounded(basis.scope === 'conversation' ? remainingVolume(basis) : volumeOf30Days(basis));
  const count = volume.exchanges === 1 ? '1 exchange' : `${volume.exchanges} exchanges`;
  const horizon = basis.scope === 'conversation' ? count : '30 days';
  const assumption = assumptionOf(volume, basis);
  const before = costOf(basis.previous, volume);
  const after = costOf(basis.next, volume);
  if (before && after) {
    const saved = before.sub(after);
    if (saved.abs().lt(STORED_BELOW)) return { savedUsd: usd(saved), horizon, assumption };
    return { savedUsd: null, horizon, assumption: { ...assumption, unknown: 'too large an amount' } };
  }
  return { savedUsd: null, horizon, assumption: { ...assumption, unknown: unknownOf(before, after) } };
}

function volumeOf30Days({ measured, configured }: CostBasis): Volume {
  const { exchangesPer30Days, exchangesPerConversation: _, ...mix } = expectedUsage(configured, measured);
  return { ...mix, exchanges: exchangesPer30Days };
}

function remainingVolume(basis: CostBasis): Volume {
  const { conversation, previous, measured, configured } = basis;
  const had = conversation?.exchanges ?? 0;
  const exchanges = Math.max(1, expectedUsage(configured, measured).exchangesPerConversation - had);
  if (!conversation || had === 0) return { ...volumeOf30Days(basis), exchanges };
  const counted = had * (previous?.tokenFactor ?? 1);
  return {
    inputTokens: conversation.inputTokens / counted,
    outputTokens: conversation.outputTokens / counted,
    cacheReadTokens: conversation.cacheReadTokens / counted,
    cacheWriteTokens: conversation.cacheWriteTokens / counted,
    exchanges,
    basis: 'conversation',
  };
}

/** Rounds the figures, so that the stored assumption and the prices give the stored estimate. */
const rounded = ({ basis, ...figures }: Volume): Volume => ({
  inputTokens: toNineDecimals(figures.inputTokens),
  outputTokens: toNineDecimals(figures.outputTokens),
  cacheReadTokens: toNineDecimals(figures.cacheReadTokens),
  cacheWriteTokens: toNineDecimals(figures.cacheWriteTokens),
  exchanges: toNineDecimals(figures.exchanges),
  basis,
});

const toNineDecimals = (figure: number): number => new Decimal(figure).toDecimalPlaces(9).toNumber();

function assumptionOf(volume: Volume, { measured, previous, next }: CostBasis) {
  const { basis, exchanges, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = volume;
  const factors = { previous: previous?.tokenFactor ?? 1, next: next?.tokenFactor ?? 1 };
  const isMeasured = measured !== null && (basis === 'measured' || basis === 'blended');
  return {
    basis,
    exchanges,
    inputTokensPerExchange: inputTokens,
    outputTokensPerExchange: outputTokens,
    ...(cacheReadTokens > 0 && { cacheReadTokensPerExchange: cacheReadTokens }),
    ...(cacheWriteTokens > 0 && { cacheWriteTokensPerExchange: cacheWriteTokens }),
    ...(isMeasured && { measuredDays: toNineDecimals(measured.days) }),
    ...((factors.previous !== 1 || factors.next !== 1) && { tokenFactors: factors }),
  };
}

/** @returns USD, null if a price is unknown, never 0 */
function costOf(prices: ModelPrices | null, volume: Volume): Decimal | null {
  if (!prices) return null;
  return costOfMix(volume, prices, prices.tokenFactor)?.mul(volume.exchanges) ?? null;
}

/** Formats USD without a negative zero. */
const usd = (amount: Decimal): string => amount.toFixed(6).replace(/^-(?=0\.0+$)/, '');

const unknownOf = (before: Decimal | null, after: Decimal | null) => {
  if (before) return 'new price';
  return after ? 'previous price' : 'both prices';
};
