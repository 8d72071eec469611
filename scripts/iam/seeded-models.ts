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

/** What a policy depends on, as the row of bedrock_models has it. */
export type CataloguedModel = z.infer<typeof CataloguedModelSchema>;

/** The rows of the seed: making policies needs no database. An integration test compares with PostgreSQL. */
export const seededModels = (): CataloguedModel[] => CataloguedModelsSchema.parse(seedModels(shippedFacts()));
