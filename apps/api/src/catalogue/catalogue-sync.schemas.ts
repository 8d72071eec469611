import { z } from 'zod';
import { FACT_FIELDS } from '#libs/catalogue/facts-import.service.js';
import { ModelFacts } from '#libs/catalogue/model-facts.js';
import { KnownPrice, PriceDimensions } from '#libs/catalogue/price-dimensions.js';
import { EFFECTS } from '#libs/catalogue/price-quotes.js';
import { Id, ModelId } from '../http/string.schemas.js';
import { SourcedPriceView } from './catalogue.schemas.js';

export const SyncCatalogue = z
  .strictObject({
    force: z.boolean().optional().meta({
      description: 'true: sync even if Bedrock does not offer most of the available models any more',
    }),
  })
  .meta({ id: 'SyncCatalogue' })
  .default({});
export type SyncCatalogue = z.infer<typeof SyncCatalogue>;

const ids = (description: string) => z.array(z.string()).meta({ description });
export const SyncView = z
  .object({
    added: ids('New models; not selectable until an operator makes them available'),
    changed: ids('Models whose lifecycle, destinations or way to invoke them changed'),
    gone: ids('Models that cannot be invoked any more'),
  })
  .meta({ id: 'CatalogueSync' });

const ImportedPrice = z.strictObject({
  modelId: ModelId,
  inputPricePer1k: KnownPrice,
  outputPricePer1k: KnownPrice,
  cacheReadPricePer1k: KnownPrice.optional(),
  cacheWritePricePer1k: KnownPrice.optional(),
  priceDimensions: PriceDimensions.optional(),
  validFrom: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'Start of the validity of the price; default: now' }),
});

export const ImportPrices = z
  .strictObject({
    source: Id.meta({ description: 'Source of the prices, for example a file, a contract or a price list' }),
    prices: z
      .array(ImportedPrice)
      .min(1)
      .max(200)
      .refine(
        (prices) => new Set(prices.map(({ modelId }) => modelId)).size === prices.length,
        'must not contain a model twice',
      ),
    apply: z
      .boolean()
      .default(false)
      .meta({ description: 'true: replace also the prices that another source or an operator set' }),
    dryRun: z.boolean().default(false).meta({ description: 'true: return the result and write nothing' }),
  })
  .meta({ id: 'ImportPrices' });
export type ImportPrices = z.infer<typeof ImportPrices>;

const count = z.number().int();
export const ImportView = z
  .object({
    imported: count.meta({ description: 'Number of prices that are new or different' }),
    unchanged: count,
    unknownModels: ids('Models that are not in the catalogue; the import ignores their prices'),
    conflicts: z
      .array(z.object({ modelId: z.string(), sources: z.array(SourcedPriceView) }))
      .meta({ description: 'Models of this import whose sources state different prices' }),
    effects: z
      .array(
        z.object({
          modelId: z.string(),
          effect: z.enum(EFFECTS).meta({
            description:
              'now: it is the price of the model. later: it takes effect at `validFrom`. kept: the price of another source stays',
          }),
          validFrom: z.iso.datetime(),
          before: SourcedPriceView.extend({ source: z.string().nullable() }).meta({
            id: 'PriceBefore',
            description: 'Price of the model before the import; source null: it had none',
          }),
          after: SourcedPriceView,
        }),
      )
      .meta({ description: 'Prices that are new, different or now in effect' }),
  })
  .meta({ id: 'PriceImport' });

export const UpcomingPricePage = z
  .object({
    items: z.array(
      z
        .object({
          modelId: z.string(),
          source: z.string(),
          inputPricePer1k: z.string(),
          outputPricePer1k: z.string(),
          cacheReadPricePer1k: z.string().nullable(),
          cacheWritePricePer1k: z.string().nullable(),
          validFrom: z.iso.datetime(),
        })
        .meta({ id: 'UpcomingPrice' }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'UpcomingPricePage' });

export const ImportFacts = z
  .strictObject({
    dryRun: z.boolean().default(false).meta({ description: 'true: return the result and write nothing' }),
    facts: ModelFacts.optional().meta({ description: 'Facts to import; default: the facts of this release' }),
  })
  .meta({ id: 'ImportFacts' })
  .default({ dryRun: false });
export type ImportFacts = z.infer<typeof ImportFacts>;

const value = z.unknown().meta({ description: 'Value of the field, in the format of the list of models' });
export const FactsImportView = z
  .object({
    added: ids('New models; not selectable until an operator makes them available'),
    changed: z.array(
      z.object({
        modelId: z.string(),
        field: z.enum(FACT_FIELDS),
        before: value,
        after: value,
      }),
    ),
    kept: z.array(z.object({ modelId: z.string(), priceSource: z.string().nullable() })).meta({
      description: 'Models that keep a price that differs from the facts, because another source set it',
    }),
    dryRun: z.boolean(),
  })
  .meta({ id: 'FactsImport' });
