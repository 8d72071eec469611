import { Decimal } from 'decimal.js';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';

/** USD per 1,000 tokens of each kind, as decimal strings; null = not known. */
export interface CallPrices {
  inputPer1k: string | null;
  outputPer1k: string | null;
  cacheReadPer1k: string | null;
  cacheWritePer1k: string | null;
}

/** Amounts of a call are told with at least this many decimals, and with more where they have more. */
const LEAST_DECIMALS = 9;

/** @returns exact USD as a decimal string; null where a price that it takes is not known: unknown is never 0 */
export function costOfCall(usage: Usage, prices: CallPrices): string | null {
  const parts = [
    costOf(usage.input, prices.inputPer1k),
    costOf(usage.output, prices.outputPer1k),
    costOf(usage.cacheRead, prices.cacheReadPer1k),
    costOf(usage.cacheWrite, prices.cacheWritePer1k),
  ];
  let sum = new Decimal(0);
  for (const part of parts) {
    if (part === null) return null;
    sum = sum.add(part);
  }
  return sum.toFixed(Math.max(LEAST_DECIMALS, sum.decimalPlaces()));
}

function costOf(tokens: number, per1k: string | null): Decimal | null {
  if (tokens === 0) return new Decimal(0);
  return per1k === null ? null : new Decimal(per1k).mul(tokens).div(1000);
}
