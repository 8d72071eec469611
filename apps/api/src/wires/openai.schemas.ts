import { z } from 'zod';

export const OpenAiModel = z
  .object({
    id: z.string().meta({ description: 'A use case, `auto`, or the id of a model' }),
    object: z.literal('model'),
    created: z.number().int().meta({ description: 'Always 0: not known' }),
    owned_by: z.string().meta({ description: 'Provider of a model; this service for a use case' }),
  })
  .meta({ id: 'OpenAiModel' });

export const OpenAiModelList = z
  .object({ object: z.literal('list'), data: z.array(OpenAiModel) })
  .meta({ id: 'OpenAiModelList' });

/** Body of an error in OpenAI's form. */
export const OpenAiErrorView = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable().meta({ description: 'Field that is wrong' }),
      code: z.string(),
      attempts: z
        .array(z.object({ modelId: z.string(), outcome: z.string(), errorKind: z.string().nullable() }))
        .optional()
        .meta({ description: 'Models that were called or skipped' }),
    }),
  })
  .meta({ id: 'OpenAiError', description: 'Error in the form of OpenAI' });
