import { Decimal } from 'decimal.js';

/** USD per 1,000 tokens as decimal strings; null = not known. */
interface TokenPrices<Known> {
  inputPer1k: Known;
  outputPer1k: Known;
  cacheReadPer1k: string | null;
  cacheWritePer1k: string | null;
}

/** What a source says about the price of a model. */
export interface PriceQuote extends TokenPrices<string> {
  modelId: string;
  source: string;
  /** ISO 8601. */
  validFrom: string;
}

/** As it comes in; without a date it is valid from now on. */
export type NewQuote = Omit<PriceQuote, 'validFrom'> & { validFrom: string | null };

/** The price that counts for a model, and whose it is. */
export interface ModelPrice extends TokenPrices<string | null> {
  modelId: string;
  source: string | null;
}

export interface KnownPrices {
  prices: ModelPrice[];
  quotes: PriceQuote[];
}

export interface PricePlan {
  /** Quotes that are new or say something else than before. */
  store: PriceQuote[];
  /** Quotes that become the price of their model. */
  set: PriceQuote[];
  unchanged: number;
  unknownModels: string[];
}

/**
 * What an import does. A source may correct its own price and fill a gap; the price of another source stays unless
 * `apply` is set, and the difference is a conflict that is shown. What is not valid yet sets nothing yet.
 */
export function planImport(
  incoming: readonly NewQuote[],
  { prices, quotes }: KnownPrices,
  { now, apply }: { now: Date; apply: boolean },
): PricePlan {
  const plan: PricePlan = { store: [], set: [], unchanged: 0, unknownModels: [] };
  for (const quote of incoming) {
    const price = prices.find(({ modelId }) => modelId === quote.modelId);
    if (!price) {
      plan.unknownModels.push(quote.modelId);
      continue;
    }
    const before = quotes.find(({ modelId, source }) => modelId === quote.modelId && source === quote.source);
    const { stored, isNews } = storedAs(quote, before, now);
    if (isNews) plan.store.push(stored);
    else plan.unchanged += 1;
    if (setsPrice(stored, price, { now, apply })) plan.set.push(stored);
  }
  return plan;
}

function storedAs(quote: NewQuote, before: PriceQuote | undefined, now: Date) {
  if (before && saysTheSame(before, quote)) return { stored: before, isNews: false };
  return { stored: { ...quote, validFrom: quote.validFrom ?? now.toISOString() }, isNews: true };
}

function setsPrice(
  quote: PriceQuote,
  price: ModelPrice,
  { now, apply }: { now: Date; apply: boolean },
): boolean {
  const isValid = Date.parse(quote.validFrom) <= now.getTime();
  const isGap = price.inputPer1k === null || price.outputPer1k === null;
  const mayDecide = apply || isGap || price.source === quote.source;
  const isNews = price.source !== quote.source || !samePrices(price, quote);
  return isValid && mayDecide && isNews;
}

/** Repeated without a date, a quote is valid from when it was first given. */
const saysTheSame = (before: PriceQuote, quote: NewQuote): boolean =>
  samePrices(before, quote) &&
  (quote.validFrom === null || Date.parse(quote.validFrom) === Date.parse(before.validFrom));

const FIELDS = ['inputPer1k', 'outputPer1k', 'cacheReadPer1k', 'cacheWritePer1k'] as const;

const samePrices = (a: TokenPrices<string | null>, b: TokenPrices<string | null>): boolean =>
  FIELDS.every((field) => {
    const [one, other] = [a[field], b[field]];
    return one === null || other === null ? one === other : new Decimal(one).eq(other);
  });
