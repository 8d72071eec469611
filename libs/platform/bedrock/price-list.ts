import { Decimal } from 'decimal.js';
import { z } from 'zod';

/** Price of one model in the AWS Price List, in USD per 1,000 tokens. */
export interface ListedPrice {
  /** Name in the list, e.g. `Nova Lite`: the list has no model ids. */
  model: string;
  inputPer1k: string;
  outputPer1k: string;
  cacheReadPer1k: string | null;
  cacheWritePer1k: string | null;
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

type Field = 'input' | 'output' | 'cacheRead' | 'cacheWrite';

/** Batch, flex, priority, latency-optimised, global and long-context prices have other names, so they fall out. */
const FIELDS: Record<string, Field> = {
  'input tokens': 'input',
  'output tokens': 'output',
  'prompt cache read input tokens': 'cacheRead',
  'prompt cache write input tokens': 'cacheWrite',
};

/**
 * Older and newer names of the marketplace, after the region and before `-Units`. Those without `global` are the prices
 * of `eu.` profiles.
 */
const USAGE_TYPES: Record<string, Field> = {
  InputTokenCount: 'input',
  OutputTokenCount: 'output',
  CacheReadInputTokenCount: 'cacheRead',
  CacheWriteInputTokenCount: 'cacheWrite',
  input_tokens_standard: 'input',
  output_tokens_standard: 'output',
  cache_read_tokens_standard: 'cacheRead',
  cache_write_tokens_standard: 'cacheWrite',
};

interface Dimension {
  model: string;
  field: Field;
  /** USD per 1,000 tokens. */
  price: string;
  validFrom: string;
}

/**
 * Reads the products of `SERVICES` and takes only what is unambiguous: on-demand inference in this region, in a known
 * unit, one price per kind of token, input and output both known. The rest is counted, not guessed.
 *
 * Written from the documented shape of GetProducts and public copies of both lists; never run against live AWS.
 */
export function readPriceList(
  priceList: readonly string[],
  region: string,
): { prices: ListedPrice[]; unmatched: number } {
  const dimensions = priceList.map((product) => dimensionOf(product, region));
  const understood = dimensions.filter((dimension) => dimension !== undefined);
  const of = (name: string) => understood.filter(({ model }) => model === name);
  const names = [...new Set(understood.map(({ model }) => model))];
  const prices = names.map((name) => priceOf(of(name))).filter((price) => price !== undefined);
  const used = prices.flatMap(({ model }) => of(model)).length;
  return { prices, unmatched: priceList.length - used };
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

/** Returns the model and the kind of token that a product is about. */
function kindOf(attributes: Attributes): { model: string; field: Field } | undefined {
  if ('model' in attributes) {
    const field = FIELDS[attributes.inferenceType.trim().toLowerCase()];
    return field && /^on-demand inference$/i.test(attributes.feature)
      ? { model: attributes.model, field }
      : undefined;
  }
  const usage = /^(?:[A-Z0-9]+-MP:)?[A-Z0-9]+_(\w+)-Units$/.exec(attributes.usagetype)?.[1] ?? '';
  const field = USAGE_TYPES[usage];
  return field && { model: attributes.servicename.replace(/ \(Amazon Bedrock Edition\)$/, ''), field };
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

/** Undefined: a field is missing, or appears twice. */
function priceOf(dimensions: Dimension[]): ListedPrice | undefined {
  const said = new Map(dimensions.map(({ field, price }) => [field, price]));
  const [input, output] = [said.get('input'), said.get('output')];
  if (input === undefined || output === undefined || said.size !== dimensions.length) return undefined;
  return {
    model: dimensions[0]!.model,
    inputPer1k: input,
    outputPer1k: output,
    cacheReadPer1k: said.get('cacheRead') ?? null,
    cacheWritePer1k: said.get('cacheWrite') ?? null,
    validFrom: dimensions
      .map(({ validFrom }) => validFrom)
      .toSorted()
      .at(-1)!,
  };
}
