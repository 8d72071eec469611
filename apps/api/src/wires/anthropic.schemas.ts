import { z } from 'zod';

export const AnthropicModel = z
  .object({
    type: z.literal('model'),
    id: z.string().meta({ description: 'A use case, `auto`, or the id of a model' }),
    display_name: z.string(),
    created_at: z.string().meta({ description: 'Always 1970: not known' }),
  })
  .meta({ id: 'AnthropicModel' });

export const AnthropicModelList = z
  .object({
    data: z.array(AnthropicModel),
    has_more: z.literal(false),
    first_id: z.string().nullable(),
    last_id: z.string().nullable(),
  })
  .meta({ id: 'AnthropicModelList' });

/** Body of an error in Anthropic's form. */
export const AnthropicErrorView = z
  .object({
    type: z.literal('error'),
    error: z.object({
      type: z.string(),
      message: z.string(),
      details: z.object({
        error_code: z.string().meta({ description: 'The code of a problem document' }),
        attempts: z
          .array(z.object({ modelId: z.string(), outcome: z.string(), errorKind: z.string().nullable() }))
          .optional()
          .meta({ description: 'Models that were called or skipped' }),
      }),
    }),
    request_id: z.string(),
  })
  .meta({ id: 'AnthropicError', description: 'Error in the form of Anthropic' });
