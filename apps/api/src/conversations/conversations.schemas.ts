import { z } from 'zod';
import type { Resolution } from '#libs/switching/conversations.service.js';
import { ModelView } from '../catalogue/catalogue.schemas.js';
import { toModelView } from '../catalogue/model.view.js';
import { Id } from '../http/string.schemas.js';

export const ResolutionQuery = z.strictObject({
  useCase: Id.optional().meta({ description: 'For a conversation not seen before' }),
  assistantId: Id.optional().meta({ description: 'For a conversation not seen before' }),
  userId: Id.optional().meta({ description: 'For a service that acts for a user' }),
});
export type ResolutionQuery = z.infer<typeof ResolutionQuery>;

export const ResolutionView = z
  .object({
    conversationId: z.string(),
    useCase: z.string(),
    model: ModelView,
    source: z.enum(['pin', 'active', 'candidate']).meta({
      description:
        'pin: chosen for this conversation; active: the use case’s model; candidate: the best that is left',
    }),
    pin: z.enum(['manual', 'fallback']).nullable(),
    known: z.boolean().meta({ description: 'false: nobody has switched this conversation yet' }),
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
