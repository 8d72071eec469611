import { z } from 'zod';
import { FACT_FIELDS } from '#libs/catalogue/facts-import.service.js';
import { KnownPrice, ModelFacts } from '#libs/catalogue/model-facts.js';
import { Id, ModelId } from '../http/string.schemas.js';
import { SourcedPriceView } from './catalogue.schemas.js';

export const SyncCatalogue = z
  .strictObject({
    force: z
      .boolean()
      .optional()
      .meta({ description: 'Believe Bedrock also when most of the available models would be gone' }),
  })
  .meta({ id: 'SyncCatalogue' })
  .default({});
export type SyncCatalogue = z.infer<typeof SyncCatalogue>;

const ids = (description: string) => z.array(z.string()).meta({ description });
export const SyncView = z
  .object({
    added: ids('New models: nobody has approved them, so none of them is selectable'),
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
  validFrom: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'From when on the source says so; now by default' }),
});

export const ImportPrices = z
  .strictObject({
    source: Id.meta({ description: 'Whose prices they are: a file, a contract, a price list' }),
    prices: z
      .array(ImportedPrice)
      .min(1)
      .max(200)
      .refine(
        (prices) => new Set(prices.map(({ modelId }) => modelId)).size === prices.length,
        'must not name a model twice',
      ),
    apply: z
      .boolean()
      .default(false)
      .meta({ description: 'Set the prices also where another source or an operator had set them' }),
  })
  .meta({ id: 'ImportPrices' });
export type ImportPrices = z.infer<typeof ImportPrices>;

const count = z.number().int();
export const ImportView = z
  .object({
    imported: count.meta({ description: 'Prices that are new or say something else than before' }),
    unchanged: count,
    unknownModels: ids('Not in the catalogue: nothing was kept for them'),
    conflicts: z
      .array(z.object({ modelId: z.string(), sources: z.array(SourcedPriceView) }))
      .meta({ description: 'Models of this import about whose price the sources disagree' }),
  })
  .meta({ id: 'PriceImport' });

export const ImportFacts = z
  .strictObject({
    dryRun: z
      .boolean()
      .default(false)
      .meta({ description: 'Answers what would change, and changes nothing' }),
    facts: ModelFacts.optional().meta({ description: 'By default those that this release comes with' }),
  })
  .meta({ id: 'ImportFacts' })
  .default({ dryRun: false });
export type ImportFacts = z.infer<typeof ImportFacts>;

const value = z.unknown().meta({ description: 'As in the list of models' });
export const FactsImportView = z
  .object({
    added: ids('New models: nobody has approved them, so none of them is selectable'),
    changed: z.array(
      z.object({
        modelId: z.string(),
        field: z.enum(FACT_FIELDS),
        before: value,
        after: value,
      }),
    ),
    kept: z.array(z.object({ modelId: z.string(), priceSource: z.string().nullable() })).meta({
      description: 'Models whose price differs from the facts and stays: another source has set it',
    }),
    dryRun: z.boolean(),
  })
  .meta({ id: 'FactsImport' });
