import { Decimal } from 'decimal.js';
import type { ListedPrice } from '#libs/platform/bedrock/price-list.js';
import type { Model } from './catalogue.js';
import { PUBLISHED } from './model-facts.js';
import { type PriceDimensions, sameDimensions, withThreshold } from './price-dimensions.js';

/** USD per 1,000 tokens as decimal strings; null: unknown. */
interface TokenPrices<Known> {
  inputPer1k: Known;
  outputPer1k: Known;
  cacheReadPer1k: string | null;
  cacheWritePer1k: string | null;
  dimensions: PriceDimensions;
}

/** Price of a model by one source. */
export interface PriceQuote extends TokenPrices<string> {
  modelId: string;
  source: string;
  /** ISO 8601. */
  validFrom: string;
}

/** Imported quote; without a date it is valid from now on. */
export type NewQuote = Omit<PriceQuote, 'validFrom'> & { validFrom: string | null };

/** Price in effect of a model, and its source. */
export interface ModelPrice extends TokenPrices<string | null> {
  modelId: string;
  source: string | null;
}

export interface KnownPrices {
  prices: ModelPrice[];
  quotes: PriceQuote[];
}

export interface PricePlan {
  /** Quotes that are new or have changed. */
  store: PriceQuote[];
  /** Quotes that become the price of their model. */
  set: PriceQuote[];
  unchanged: number;
  unknownModels: string[];
}

/** How an imported price takes effect: now, at its date, or not, because the price of another source stays. */
export const EFFECTS = ['now', 'later', 'kept'] as const;

/** Effect of one imported quote. */
export interface PriceEffect {
  effect: (typeof EFFECTS)[number];
  before: ModelPrice;
  after: PriceQuote;
}

/** Prices that an import may replace besides its own and missing ones: none, those of published facts, or all. */
export type Replacing = 'none' | 'published' | 'all';

interface ImportRules {
  now: Date;
  replacing: Replacing;
}

/**
 * Plans an import. A source may correct its own price and fill a gap. The price of another source stays unless
 * `replacing` covers it, and the difference is reported as a conflict. A quote that is not valid yet sets no price.
 */
export function planImport(
  incoming: readonly NewQuote[],
  { prices, quotes }: KnownPrices,
  rules: ImportRules,
): PricePlan {
  const plan: PricePlan = { store: [], set: [], unchanged: 0, unknownModels: [] };
  for (const given of incoming) {
    const price = prices.find(({ modelId }) => modelId === given.modelId);
    if (!price) {
      plan.unknownModels.push(given.modelId);
      continue;
    }
    const quote = { ...given, dimensions: withThreshold(given.dimensions, price.dimensions) };
    const before = quotes.find(({ modelId, source }) => modelId === quote.modelId && source === quote.source);
    const { stored, isNews } = storedAs(quote, before, rules.now);
    if (isNews) plan.store.push(stored);
    else plan.unchanged += 1;
    const { dimensions } = given;
    const complete =
      rules.replacing === 'published' ? withKnownPrices({ ...stored, dimensions }, price) : stored;
    if (takesPrecedence(complete, price, rules)) plan.set.push(complete);
  }
  return plan;
}

/** Lists the effect of each quote that the plan stores or sets. @param prices prices before the import */
export function effectsOf(plan: PricePlan, prices: readonly ModelPrice[], now: Date): PriceEffect[] {
  const set = new Map(plan.set.map((quote) => [quote.modelId, quote]));
  const stored = new Map(plan.store.map((quote) => [quote.modelId, quote]));
  return prices.flatMap((before) => {
    const after = set.get(before.modelId) ?? stored.get(before.modelId);
    if (!after) return [];
    const otherwise = Date.parse(after.validFrom) > now.getTime() ? 'later' : 'kept';
    return [{ effect: set.has(before.modelId) ? 'now' : otherwise, before, after }];
  });
}

function storedAs(quote: NewQuote, before: PriceQuote | undefined, now: Date) {
  if (before && saysTheSame(before, quote)) return { stored: before, isNews: false };
  return { stored: { ...quote, validFrom: quote.validFrom ?? now.toISOString() }, isNews: true };
}

/**
 * Keeps known prices besides those of input and output: a price list has no row for a free item, which does not make a
 * published price unknown.
 */
const withKnownPrices = (quote: PriceQuote, price: ModelPrice): PriceQuote => ({
  ...quote,
  cacheReadPer1k: quote.cacheReadPer1k ?? price.cacheReadPer1k,
  cacheWritePer1k: quote.cacheWritePer1k ?? price.cacheWritePer1k,
  dimensions: { ...price.dimensions, ...quote.dimensions },
});

function takesPrecedence(quote: PriceQuote, price: ModelPrice, { now, replacing }: ImportRules): boolean {
  const isValid = Date.parse(quote.validFrom) <= now.getTime();
  const isGap = price.inputPer1k === null || price.outputPer1k === null;
  const isCovered =
    replacing === 'all' || (replacing === 'published' && price.source?.startsWith(PUBLISHED) === true);
  const mayDecide = isCovered || isGap || price.source === quote.source;
  const isNews = price.source !== quote.source || !samePrices(price, quote);
  return isValid && mayDecide && isNews;
}

/** A quote that is repeated without a date keeps its first date. */
const saysTheSame = (before: PriceQuote, quote: NewQuote): boolean =>
  samePrices(before, quote) &&
  (quote.validFrom === null || Date.parse(quote.validFrom) === Date.parse(before.validFrom));

const FIELDS = ['inputPer1k', 'outputPer1k', 'cacheReadPer1k', 'cacheWritePer1k'] as const;

export const samePrices = (a: TokenPrices<string | null>, b: TokenPrices<string | null>): boolean =>
  FIELDS.every((field) => sameAmount(a[field], b[field])) && sameDimensions(a.dimensions, b.dimensions);

/** Compares decimals without regard to trailing zeros. */
export const sameAmount = (one: string | null, other: string | null): boolean =>
  one === null || other === null ? one === other : new Decimal(one).eq(other);

/** Source of prices that the service reads itself. */
export const AWS_PRICE_LIST = 'aws-price-list';

/**
 * The list knows models by name only. A name belongs to all rows of one foundation model (an `eu.` profile costs what
 * its source region costs); where two foundation models could be meant, to none.
 */
export function matchPrices(
  listed: readonly ListedPrice[],
  models: readonly Model[],
): { quotes: NewQuote[]; unmatched: string[] } {
  const quotes: NewQuote[] = [];
  const unmatched: string[] = [];
  for (const { model: name, ...price } of listed) {
    const meant = models.filter(
      (model) => bareName(model.name, model.provider) === bareName(name, model.provider),
    );
    if (new Set(meant.map(({ foundationModelId }) => foundationModelId)).size !== 1) unmatched.push(name);
    else quotes.push(...meant.map((model) => quoteOf(price, model)));
  }
  return { quotes, unmatched };
}

/** The list does not say where a long prompt begins: without a known threshold its prices are of no use. */
function quoteOf(
  { cacheWrite1hPer1k, serviceTiers, longContext, ...price }: Omit<ListedPrice, 'model'>,
  { id, price: { dimensions } }: Model,
): NewQuote {
  const aboveInputTokens = dimensions.longContext?.aboveInputTokens;
  return {
    ...price,
    modelId: id,
    source: AWS_PRICE_LIST,
    dimensions: {
      ...(cacheWrite1hPer1k !== null && { cacheWrite1hPer1k }),
      ...(Object.keys(serviceTiers).length > 0 && { serviceTiers }),
      ...(longContext &&
        aboveInputTokens !== undefined && { longContext: { aboveInputTokens, ...longContext } }),
    },
  };
}

/** `Amazon Nova 2 Lite` and `Nova 2.0 Lite` are one; `Nova Lite` is another. */
function bareName(name: string, provider: string): string {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9.]+/)
    .filter(Boolean)
    .map((word) => word.replace(/^(\d+)\.0$/, '$1'));
  return (words[0] === provider ? words.slice(1) : words).join(' ');
}
