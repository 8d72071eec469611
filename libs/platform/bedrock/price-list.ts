import { Decimal } from 'decimal.js';
import { z } from 'zod';

/** USD per 1,000 tokens; absent: the list does not have it. */
export interface ListedTier {
  inputPer1k?: string;
  outputPer1k?: string;
  cacheReadPer1k?: string;
  cacheWritePer1k?: string;
  cacheWrite1hPer1k?: string;
}

/** Price of one model in the AWS Price List, in USD per 1,000 tokens. */
export interface ListedPrice {
  /** Name in the list, e.g. `Nova Lite`: the list has no model ids. */
  model: string;
  inputPer1k: string;
  outputPer1k: string;
  cacheReadPer1k: string | null;
  cacheWritePer1k: string | null;
  cacheWrite1hPer1k: string | null;
  serviceTiers: { flex?: ListedTier; priority?: ListedTier };
  /** Of a long prompt; the list does not say where it begins. */
  longContext: ListedTier | null;
  /** ISO 8601: the latest date among these prices. */
  validFrom: string;
}

/** Services of the list: Amazon's and open models; models sold through the marketplace, Claude among them. */
export const SERVICES = ['AmazonBedrock', 'AmazonBedrockFoundationModels'];

const Attributes = z.union([
  z.object({
    model: z.string().min(1),
    regionCode: z.string(),
    feature: z.string(),
    inferenceType: z.string(),
  }),
  z.object({ servicename: z.string().min(1), regionCode: z.string(), usagetype: z.string() }),
]);
type Attributes = z.infer<typeof Attributes>;

const Product = z.object({
  product: z.object({ attributes: Attributes }),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        effectiveDate: z.iso.datetime(),
        priceDimensions: z.record(
          z.string(),
          z.object({
            unit: z.string(),
            description: z.string().optional(),
            pricePerUnit: z.object({ USD: z.string() }),
          }),
        ),
      }),
    ),
  }),
});

type Tier = 'standard' | 'flex' | 'priority' | 'longContext';
type Field = 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'cacheWrite1h';

/** Batch, latency-optimised and global prices have other names, so they fall out. */
const INFERENCE_TYPE =
  /^(input tokens|output tokens|prompt cache read input tokens|prompt cache write input tokens)(?: (flex|priority))?$/;

/**
 * Older and newer names of the marketplace, after the region and before `-Units`. Those without `global` are the prices
 * of `eu.` profiles.
 */
const OLDER_USAGE = /^(Input|Output|CacheReadInput|CacheWriteInput|CacheWrite1hInput)TokenCount(_LCtx)?$/;
const NEWER_USAGE =
  /^(input|output|cache_read|cache_write)_tokens(_1h)?(_long_ctx(?=_standard))?_(standard|flex|priority)$/;

const FIELDS: Record<string, Field> = {
  'input tokens': 'input',
  'output tokens': 'output',
  'prompt cache read input tokens': 'cacheRead',
  'prompt cache write input tokens': 'cacheWrite',
  Input: 'input',
  Output: 'output',
  CacheReadInput: 'cacheRead',
  CacheWriteInput: 'cacheWrite',
  CacheWrite1hInput: 'cacheWrite1h',
  input: 'input',
  output: 'output',
  cache_read: 'cacheRead',
  cache_write: 'cacheWrite',
  cache_write_1h: 'cacheWrite1h',
};

/** Model, tier and kind of token of a price. */
interface Kind {
  model: string;
  tier: Tier;
  field: Field;
}

interface Dimension extends Kind {
  /** USD per 1,000 tokens. */
  price: string;
  validFrom: string;
}

/**
 * Reads the products of `SERVICES` and takes only what is unambiguous: on-demand inference in this region, in a known
 * unit, one price per tier and kind of token, input and output of the default tier both known. The rest is counted, not
 * guessed.
 *
 * Written from the documented shape of GetProducts and public copies of both lists; never run against live AWS.
 */
export function readPriceList(
  priceList: readonly string[],
  region: string,
): { prices: ListedPrice[]; unmatched: number } {
  const dimensions = priceList.map((product) => dimensionOf(product, region));
  const understood = dimensions.filter((dimension) => dimension !== undefined);
  const names = [...new Set(understood.map(({ model }) => model))];
  const used = names.map((name) => usableOf(understood.filter(({ model }) => model === name)));
  const prices = used.filter((each) => each.length > 0).map(priceOf);
  return { prices, unmatched: priceList.length - used.flat().length };
}

function dimensionOf(text: string, region: string): Dimension | undefined {
  const parsed = Product.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { attributes } = parsed.data.product;
  const kind = kindOf(attributes);
  const [term, ...otherTerms] = Object.values(parsed.data.terms.OnDemand);
  const [dimension, ...others] = Object.values(term?.priceDimensions ?? {});
  if (!term || !dimension || otherTerms.length + others.length > 0) return undefined;
  const price = per1k(dimension);
  if (!kind || attributes.regionCode !== region || price === undefined) return undefined;
  return { ...kind, price, validFrom: term.effectiveDate };
}

/** Returns what a product is about. */
function kindOf(attributes: Attributes): Kind | undefined {
  if ('model' in attributes) {
    if (!/^on-demand inference$/i.test(attributes.feature)) return undefined;
    const [, type, tier] = INFERENCE_TYPE.exec(attributes.inferenceType.trim().toLowerCase()) ?? [];
    return type === undefined
      ? undefined
      : { model: attributes.model, tier: (tier as Tier | undefined) ?? 'standard', field: FIELDS[type]! };
  }
  const usage = /^(?:[A-Z0-9]+-MP:)?[A-Z0-9]+_(\w+)-Units$/.exec(attributes.usagetype)?.[1] ?? '';
  const kind = olderKindOf(usage) ?? newerKindOf(usage);
  return kind && { model: attributes.servicename.replace(/ \(Amazon Bedrock Edition\)$/, ''), ...kind };
}

function olderKindOf(usage: string): Omit<Kind, 'model'> | undefined {
  const [, field, long] = OLDER_USAGE.exec(usage) ?? [];
  return field === undefined
    ? undefined
    : { tier: long === undefined ? 'standard' : 'longContext', field: FIELDS[field]! };
}

function newerKindOf(usage: string): Omit<Kind, 'model'> | undefined {
  const [, field, hour = '', long, tier] = NEWER_USAGE.exec(usage) ?? [];
  const known = FIELDS[`${field}${hour}`];
  return known && { tier: long === undefined ? (tier as Tier) : 'longContext', field: known };
}

/**
 * Returns the price for 1,000 tokens; undefined: the number of tokens is missing. The marketplace writes `Units`, and
 * the number in words.
 */
function per1k(dimension: {
  unit: string;
  description?: string | undefined;
  pricePerUnit: { USD: string };
}): string | undefined {
  const { unit, description = '', pricePerUnit } = dimension;
  if (!/^\d{1,6}(\.\d+)?$/.test(pricePerUnit.USD)) return undefined;
  if (/^1k tokens$/i.test(unit)) return pricePerUnit.USD;
  const isPerMillion =
    /^1m tokens$/i.test(unit) || (/^units$/i.test(unit) && /\bmillion\b/i.test(description));
  return isPerMillion ? new Decimal(pricePerUnit.USD).div(1000).toFixed() : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Returns the prices of a model that can be used: none where input or output of the default tier is missing, or a base
 * price appears twice. Another price that appears twice is left out.
 */
function usableOf(dimensions: Dimension[]): Dimension[] {
  const base = dimensions.filter(isBase);
  const kinds = new Set(base.map(({ field }) => field));
  if (!kinds.has('input') || !kinds.has('output') || kinds.size !== base.length) return [];
  const isOnce = ({ tier, field }: Dimension) =>
    dimensions.filter((other) => other.tier === tier && other.field === field).length === 1;
  return dimensions.filter(isOnce);
}

const isBase = ({ tier, field }: Dimension) => tier === 'standard' && field !== 'cacheWrite1h';

function priceOf(dimensions: Dimension[]): ListedPrice {
  const base = new Map(dimensions.filter(isBase).map(({ field, price }) => [field, price]));
  const [flex, priority, longContext] = (['flex', 'priority', 'longContext'] as const).map((tier) =>
    tierOf(dimensions.filter((each) => each.tier === tier)),
  );
  return {
    model: dimensions[0]!.model,
    inputPer1k: base.get('input')!,
    outputPer1k: base.get('output')!,
    cacheReadPer1k: base.get('cacheRead') ?? null,
    cacheWritePer1k: base.get('cacheWrite') ?? null,
    cacheWrite1hPer1k:
      tierOf(dimensions.filter(({ tier }) => tier === 'standard'))?.cacheWrite1hPer1k ?? null,
    serviceTiers: { ...(flex && { flex }), ...(priority && { priority }) },
    longContext: longContext ?? null,
    validFrom: dimensions
      .map(({ validFrom }) => validFrom)
      .toSorted()
      .at(-1)!,
  };
}

/** Undefined: the list has no price of the tier. */
const tierOf = (dimensions: Dimension[]): ListedTier | undefined =>
  dimensions.length === 0
    ? undefined
    : Object.fromEntries(
        dimensions.map(({ field, price }) => [`${field}Per1k`, new Decimal(price).toFixed()]),
      );
