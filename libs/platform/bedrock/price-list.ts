import { z } from 'zod';

/** What the AWS Price List says of one model, in USD per 1,000 tokens. */
export interface ListedPrice {
  /** As the list calls it, e.g. `Nova Lite`: it knows no model ids. */
  model: string;
  inputPer1k: string;
  outputPer1k: string;
  cacheReadPer1k: string | null;
  cacheWritePer1k: string | null;
  /** ISO 8601: the latest date among these prices. */
  validFrom: string;
}

const Product = z.object({
  product: z.object({
    attributes: z.object({
      model: z.string().min(1),
      regionCode: z.string(),
      feature: z.string(),
      inferenceType: z.string(),
    }),
  }),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        effectiveDate: z.iso.datetime(),
        priceDimensions: z.record(
          z.string(),
          z.object({ unit: z.string(), pricePerUnit: z.object({ USD: z.string() }) }),
        ),
      }),
    ),
  }),
});

/** Batch, flex, priority, latency-optimised, global and long-context prices have names of their own, so they fall out. */
const FIELDS: Record<string, 'input' | 'output' | 'cacheRead' | 'cacheWrite'> = {
  'input tokens': 'input',
  'output tokens': 'output',
  'prompt cache read input tokens': 'cacheRead',
  'prompt cache write input tokens': 'cacheWrite',
};

interface Dimension {
  model: string;
  field: (typeof FIELDS)[string];
  price: string;
  validFrom: string;
}

/**
 * Reads the products of `AmazonBedrock` and takes only what is unambiguous: on-demand inference in this region, per
 * 1,000 tokens, one price per kind of token, input and output both known. The rest is counted, not guessed.
 *
 * Written from the documented shape of GetProducts; never run against live AWS. Models sold through the marketplace
 * (`AmazonBedrockFoundationModels`, Claude among them) are left out: public copies of that list disagree on its units.
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
  const { model, regionCode, feature, inferenceType } = parsed.data.product.attributes;
  const field = FIELDS[inferenceType.trim().toLowerCase()];
  const [term, ...otherTerms] = Object.values(parsed.data.terms.OnDemand);
  const [dimension, ...others] = Object.values(term?.priceDimensions ?? {});
  if (!term || !dimension || otherTerms.length + others.length > 0) return undefined;
  const isOurs = regionCode === region && /^on-demand inference$/i.test(feature);
  const isPlain = /^1k tokens$/i.test(dimension.unit) && /^\d{1,6}(\.\d+)?$/.test(dimension.pricePerUnit.USD);
  if (!field || !isOurs || !isPlain) return undefined;
  return { model, field, price: dimension.pricePerUnit.USD, validFrom: term.effectiveDate };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Undefined: something is missing, or said twice. */
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
