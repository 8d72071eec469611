import { z } from 'zod';
import type { Pin } from '#libs/switching/conversation.js';
import type { ListedConversation } from '#libs/switching/conversation-list.service.js';
import type { Resolution } from '#libs/switching/conversations.service.js';
import { ModelView } from '../catalogue/catalogue.schemas.js';
import { toModelView } from '../catalogue/model.view.js';
import { cursor, Id, Limit, ModelId, optionalFlag } from '../http/string.schemas.js';

export const ConversationsQuery = z.strictObject({
  userId: Id.optional(),
  useCase: Id.optional(),
  modelId: ModelId.optional().meta({
    description:
      'Only conversations that are pinned to this model, or follow a use case that has it as active model',
  }),
  pinned: optionalFlag('true: only conversations with a pin; false: only those that follow their use case'),
  limit: Limit,
  cursor: cursor(Id),
});
export type ConversationsQuery = z.infer<typeof ConversationsQuery>;

const ConversationView = z
  .object({
    id: z.string(),
    userId: z.string().meta({ description: 'Owner; if no user is known, the service that created it' }),
    useCase: z.string(),
    modelId: z.string().meta({ description: 'Effective model' }),
    pin: z
      .object({
        kind: z.enum(['manual', 'fallback']),
        modelId: z.string(),
        failedModelId: z.string().optional().meta({ description: 'Of a fallback: model that failed' }),
        recheckAt: z.iso
          .datetime()
          .optional()
          .meta({ description: 'Of a fallback: time of the next check of the failed model' }),
      })
      .meta({ id: 'Pin' })
      .nullable()
      .meta({ description: 'null: the conversation follows its use case' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Conversation' });

export const ConversationPage = z
  .object({ items: z.array(ConversationView), nextCursor: z.string().nullable() })
  .meta({ id: 'ConversationPage' });

export const ExplainedConversationView = ConversationView.extend({
  explanation: z.string().meta({ description: 'Reason why this model answers, in words' }),
}).meta({ id: 'ExplainedConversation' });

export const toConversationView = (conversation: ListedConversation) => ({
  id: conversation.id,
  userId: conversation.owner,
  useCase: conversation.useCase,
  modelId: conversation.modelId,
  pin: conversation.pin && toPinView(conversation.pin),
  createdAt: conversation.createdAt.toISOString(),
  updatedAt: conversation.updatedAt.toISOString(),
});

const toPinView = (pin: Pin) =>
  pin.kind === 'manual'
    ? pin
    : { kind: pin.kind, modelId: pin.modelId, failedModelId: pin.failedModelId, recheckAt: pin.recheckAt };

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
