import { Decimal } from 'decimal.js';
import type { Price } from '#libs/catalogue/catalogue.js';
import type { TierPrices } from '#libs/catalogue/price-dimensions.js';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';

/** Prices of a model in USD per 1,000 tokens, as decimal strings; null or absent: unknown. */
export type CallPrices = Omit<Price, 'version'>;

/** Reasons for an unknown cost: the price that is missing. */
export const COST_UNKNOWN = [
  'no_price',
  'no_price_for_cache_write_1h',
  'no_price_for_service_tier',
  'no_price_for_long_context',
] as const;
export type CostUnknown = (typeof COST_UNKNOWN)[number];

export interface CallCost {
  /** USD as a decimal string; null: unknown, never 0. */
  costUsd: string | null;
  /** Why the cost is unknown; absent: it is known. */
  costUnknown?: CostUnknown;
}

/** No source has a price of the last one. */
type Kind = keyof TierPrices | 'cacheWriteOther';

/** Prices that apply to a call, and the reason if one of them is missing. */
interface Tariff {
  prices: { [K in Kind]?: string | null | undefined };
  unknown: CostUnknown;
}

/** Minimum of decimals in the amount of a call; an amount with more keeps them. */
const MIN_DECIMALS = 9;
const NOTHING = new Decimal(0);
const PER_TOKEN = new Decimal('0.001');

/** Returns the exact cost, or the price that is missing. */
export function costOfCall(usage: Usage, known: CallPrices): CallCost {
  const { prices, unknown } = tariffOf(usage, known);
  let sum = NOTHING;
  for (const [tokens, kind] of partsOf(usage)) {
    if (tokens === 0) continue;
    const per1k = prices[kind];
    if (typeof per1k !== 'string') return { costUsd: null, costUnknown: reasonOf(unknown, kind) };
    sum = sum.add(new Decimal(per1k).mul(tokens));
  }
  sum = sum.mul(PER_TOKEN);
  return { costUsd: sum.toFixed(Math.max(MIN_DECIMALS, sum.decimalPlaces())) };
}

function partsOf(usage: Usage): [tokens: number, kind: Kind][] {
  const { input, output, cacheRead, cacheWrite, cacheWrite1h = 0, cacheWriteOther = 0 } = usage;
  return [
    [input, 'inputPer1k'],
    [output, 'outputPer1k'],
    [cacheRead, 'cacheReadPer1k'],
    [cacheWrite - cacheWrite1h - cacheWriteOther, 'cacheWritePer1k'],
    [cacheWrite1h, 'cacheWrite1hPer1k'],
    [cacheWriteOther, 'cacheWriteOther'],
  ];
}

function tariffOf(usage: Usage, { dimensions, ...base }: CallPrices): Tariff {
  const { serviceTier, input, cacheRead, cacheWrite } = usage;
  const { longContext } = dimensions;
  const tiers: Partial<Record<string, TierPrices>> = dimensions.serviceTiers ?? {};
  if (longContext && input + cacheRead + cacheWrite > longContext.aboveInputTokens)
    // A long prompt in a service tier has no price: no source has prices for both.
    return { prices: serviceTier === undefined ? longContext : {}, unknown: 'no_price_for_long_context' };
  if (serviceTier !== undefined)
    return { prices: tiers[serviceTier] ?? {}, unknown: 'no_price_for_service_tier' };
  return { prices: { ...base, cacheWrite1hPer1k: dimensions.cacheWrite1hPer1k }, unknown: 'no_price' };
}

const reasonOf = (unknown: CostUnknown, kind: Kind): CostUnknown =>
  unknown === 'no_price' && kind === 'cacheWrite1hPer1k' ? 'no_price_for_cache_write_1h' : unknown;
