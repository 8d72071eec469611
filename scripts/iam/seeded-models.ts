import { z } from 'zod';
import { shippedFacts } from '#libs/catalogue/model-facts.js';
import { seedModels } from '#migrations/seed/catalogue.js';

const CataloguedModelSchema = z.object({
  model_id: z.string(),
  foundation_model_id: z.string(),
  invoke_with: z.enum(['inference_profile', 'foundation_model']).nullable(),
  destination_regions: z.array(z.string()).nullable(),
  is_available: z.boolean(),
});

export const CataloguedModelsSchema = z.array(CataloguedModelSchema);

/** Columns of bedrock_models that a policy depends on. */
export type CataloguedModel = z.infer<typeof CataloguedModelSchema>;

/**
 * Returns the rows of the seed, so that the generator needs no database. An integration test compares with PostgreSQL.
 */
export const seededModels = (): CataloguedModel[] => CataloguedModelsSchema.parse(seedModels(shippedFacts()));
