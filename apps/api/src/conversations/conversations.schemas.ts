import { z } from 'zod';
import type { Resolution } from '#libs/switching/conversations.service.js';
import { ModelView } from '../catalogue/catalogue.schemas.js';
import { toModelView } from '../catalogue/model.view.js';
import { Id } from '../http/string.schemas.js';

export const ResolutionQuery = z.strictObject({
  useCase: Id.optional().meta({ description: 'Use case, for a conversation that does not exist yet' }),
  assistantId: Id.optional().meta({ description: 'Assistant, for a conversation that does not exist yet' }),
  userId: Id.optional().meta({
    description: 'User on whose behalf a service key with the scope act-as acts',
  }),
});
export type ResolutionQuery = z.infer<typeof ResolutionQuery>;

export const ResolutionView = z
  .object({
    conversationId: z.string(),
    useCase: z.string(),
    model: ModelView,
    source: z.enum(['pin', 'active', 'candidate']).meta({
      description:
        'pin: pin of the conversation; active: active model of the use case; candidate: best selectable candidate',
    }),
    pin: z.enum(['manual', 'fallback']).nullable(),
    known: z.boolean().meta({ description: 'false: the conversation does not exist yet' }),
    version: z.number().int(),
  })
  .meta({ id: 'EffectiveModel' });

export const toResolutionView = ({ conversationId, useCase, model, source, conversation }: Resolution) => ({
  conversationId,
  useCase,
  model: toModelView(model),
  source,
  pin: conversation?.pin?.kind ?? null,
  known: conversation !== null,
  version: conversation?.version ?? 0,
});
