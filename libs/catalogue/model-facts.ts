import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Capabilities } from './capabilities.js';
import { KnownPrice, PriceDimensions } from './price-dimensions.js';

/** Begins the source of each price that comes from published facts: one that an operator has not set. */
export const PUBLISHED = 'public sources';

const Text = z.string().min(1).max(128);
const ModelIdText = z.string().min(1).max(256);
const Day = z.iso.date();
const Tokens = z.number().int().min(1).max(100_000_000);
const TokenPrices = { inputPer1k: KnownPrice, outputPer1k: KnownPrice };

export const Guarantee = z
  .object({
    earliestEndAt: z
      .union([Day, z.iso.datetime()])
      .nullable()
      .meta({ description: 'Earliest end of life; null: no guarantee' }),
    noticeDays: z.number().int().min(1).nullable().meta({
      description: 'Minimum number of days between the notice and the end of life; null: not known',
    }),
    source: Text,
    readOn: Day.meta({ description: 'Date on which the source had this value' }),
  })
  .meta({ id: 'LifecycleGuarantee' });
export type Guarantee = z.infer<typeof Guarantee>;

const FactModel = z.strictObject({
  id: ModelIdText.meta({ description: 'Model id to invoke' }),
  foundationModelId: ModelIdText,
  name: Text,
  provider: Text,
  contextWindow: Tokens.nullable(),
  tokenFactor: z
    .number()
    .min(0.1)
    .max(10)
    .optional()
    .meta({ description: 'Tokens that the model counts of a text for each token that most models count' }),
  invokeWith: z.enum(['inference_profile', 'foundation_model']).nullable(),
  destinationRegions: z.array(Text).min(1).max(50).nullable(),
  lifecycle: z.strictObject({
    status: z.enum(['ACTIVE', 'LEGACY', 'EOL']),
    legacyAt: Day.nullable(),
    extendedAccessAt: Day.nullable(),
    endOfLifeAt: Day.nullable(),
  }),
  guarantee: Guarantee.extend({ earliestEndAt: Day.nullable() }).strict().nullable(),
  successorId: ModelIdText.nullable(),
  capabilities: Capabilities.strict().default({}),
  price: z
    .strictObject({
      ...TokenPrices,
      cacheReadPer1k: KnownPrice.nullable(),
      cacheWritePer1k: KnownPrice.nullable(),
      dimensions: PriceDimensions.default({}),
      confidence: Text.meta({ description: 'Level of agreement between the sources' }),
    })
    .nullable(),
  otherPrices: z
    .array(z.strictObject({ source: Text.max(96), ...TokenPrices }))
    .max(20)
    .meta({ description: 'Prices of sources that disagree; the catalogue shows them as a conflict' }),
});
export type FactModel = z.infer<typeof FactModel>;

const namesOnce = (models: readonly { id: string }[]) =>
  new Set(models.map(({ id }) => id)).size === models.length;

/** Facts about models from public sources; null: unknown. */
export const ModelFacts = z
  .strictObject({
    readOn: Day,
    region: Text,
    models: z.array(FactModel).min(1).max(200).refine(namesOnce, 'must not contain a model twice'),
  })
  .meta({ id: 'ModelFacts' });
export type ModelFacts = z.infer<typeof ModelFacts>;

const SHIPPED = new URL('./facts/eu-central-1.facts.json', import.meta.url);

/** The facts that this release comes with. */
export const shippedFacts = (): ModelFacts => ModelFacts.parse(JSON.parse(readFileSync(SHIPPED, 'utf8')));

/** The columns of `bedrock_models` that facts set, for the statements of `facts-statements.ts`. */
export const factColumns = (
  { id, foundationModelId, name, provider, guarantee, lifecycle, price, ...model }: FactModel,
  readOn: string,
) => ({
  model_id: id,
  foundation_model_id: foundationModelId,
  name,
  provider,
  context_window: model.contextWindow,
  token_factor: model.tokenFactor ?? null,
  invoke_with: model.invokeWith,
  destination_regions: model.destinationRegions,
  successor_model_id: model.successorId,
  capabilities: model.capabilities,
  lifecycle_status: lifecycle.status,
  legacy_at: lifecycle.legacyAt,
  extended_access_at: lifecycle.extendedAccessAt,
  end_of_life_at: lifecycle.endOfLifeAt,
  earliest_end_at: guarantee?.earliestEndAt ?? null,
  notice_days: guarantee?.noticeDays ?? null,
  guarantee_source: guarantee?.source ?? null,
  guarantee_read_on: guarantee?.readOn ?? null,
  ...priceColumns(price),
  price_source: price && `${PUBLISHED} ${readOn}, ${price.confidence}`,
});

const priceColumns = (price: FactModel['price']) => ({
  input_price_per_1k: price?.inputPer1k ?? null,
  output_price_per_1k: price?.outputPer1k ?? null,
  cache_read_price_per_1k: price?.cacheReadPer1k ?? null,
  cache_write_price_per_1k: price?.cacheWritePer1k ?? null,
  price_dimensions: price?.dimensions ?? {},
});

/** Rows of `model_price_quotes`: prices of sources that disagree with the one that counts. */
export const otherQuotes = ({ models, readOn }: ModelFacts) =>
  models.flatMap(({ id, otherPrices }) =>
    otherPrices.map(({ source, inputPer1k, outputPer1k }) => ({
      model_id: id,
      source: `${PUBLISHED}: ${source}`,
      input_price_per_1k: inputPer1k,
      output_price_per_1k: outputPer1k,
      valid_from: readOn,
    })),
  );
