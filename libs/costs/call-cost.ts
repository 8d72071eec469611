import { Decimal } from 'decimal.js';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';

/** USD per 1,000 tokens of each kind, as decimal strings; null: unknown. */
export interface CallPrices {
  inputPer1k: string | null;
  outputPer1k: string | null;
  cacheReadPer1k: string | null;
  cacheWritePer1k: string | null;
}

/** Minimum of decimals in the amount of a call; an amount with more keeps them. */
const MIN_DECIMALS = 9;
const NOTHING = new Decimal(0);
const PER_TOKEN = new Decimal('0.001');

/** @returns exact USD as a decimal string; null if a price that it needs is unknown, never 0 */
export function costOfCall(usage: Usage, prices: CallPrices): string | null {
  const parts: [tokens: number, per1k: string | null][] = [
    [usage.input, prices.inputPer1k],
    [usage.output, prices.outputPer1k],
    [usage.cacheRead, prices.cacheReadPer1k],
    [usage.cacheWrite, prices.cacheWritePer1k],
  ];
  let sum = NOTHING;
  for (const [tokens, per1k] of parts) {
    if (tokens === 0) continue;
    if (per1k === null) return null;
    sum = sum.add(new Decimal(per1k).mul(tokens));
  }
  sum = sum.mul(PER_TOKEN);
  return sum.toFixed(Math.max(MIN_DECIMALS, sum.decimalPlaces()));
}
