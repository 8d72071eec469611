import { z } from 'zod';
import { StatedCapabilities } from '#libs/catalogue/capabilities.js';
import { KnownPrice, PriceDimensions } from '#libs/catalogue/price-dimensions.js';
import {
  EntityId,
  flag,
  Id,
  Limit,
  ModelId,
  NumberCursor,
  ReasonText,
  StoredModelId,
  Time,
} from '../http/string.schemas.js';
import { Clients, GuardrailView, ModelView, TOKEN_FACTOR } from './catalogue.schemas.js';

const Name = Id;
const Region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as eu-central-1');
const Price = KnownPrice.nullable();
const tokens = z.number().int().min(1).max(100_000_000);

/** Fields of a model that an operator may edit. */
export const model = {
  name: Name,
  provider: Name,
  foundationModelId: StoredModelId,
  useCase: Id.nullable(),
  maxTokens: tokens.nullable(),
  contextWindow: tokens.nullable(),
  tier: z.number().int().min(0).max(1_000).nullable(),
  invokeWith: z.enum(['inference_profile', 'foundation_model']).nullable(),
  destinationRegions: z.array(Region).min(1).max(50).nullable(),
  successorId: ModelId.nullable(),
  inputPricePer1k: Price,
  outputPricePer1k: Price,
  cacheReadPricePer1k: Price.meta({
    description: 'null: not known. A new price of input or output without this field resets it to null',
  }),
  cacheWritePricePer1k: Price,
  priceDimensions: PriceDimensions,
  tokenFactor: z.number().min(0.1).max(10).meta({ description: TOKEN_FACTOR }),
  available: z.boolean(),
  capabilities: StatedCapabilities,
};
const unknown = {
  useCase: model.useCase.default(null),
  maxTokens: model.maxTokens.default(null),
  contextWindow: model.contextWindow.default(null),
  tier: model.tier.default(null),
  destinationRegions: model.destinationRegions.default(null),
  successorId: model.successorId.default(null),
  inputPricePer1k: model.inputPricePer1k.default(null),
  outputPricePer1k: model.outputPricePer1k.default(null),
  cacheReadPricePer1k: model.cacheReadPricePer1k.default(null),
  cacheWritePricePer1k: model.cacheWritePricePer1k.default(null),
  priceDimensions: model.priceDimensions.default({}),
  tokenFactor: model.tokenFactor.default(1),
  available: model.available.default(false),
  capabilities: model.capabilities.default({}),
};

export const AddModel = z.strictObject({ ...model, ...unknown, id: StoredModelId }).meta({ id: 'AddModel' });
export type AddModel = z.infer<typeof AddModel>;

const changesSomething = (edit: object) => Object.keys(edit).length > 0;
const SOMETHING = 'must contain at least one field to change';
export const EditModel = z
  .strictObject(model)
  .partial()
  .refine(changesSomething, SOMETHING)
  .meta({ id: 'EditModel' });
export type EditModel = z.infer<typeof EditModel>;

export const RetireModel = z
  .strictObject({
    successorId: ModelId.optional(),
    reason: ReasonText.min(1).optional().meta({
      description: 'Of the switches; default: that the model was retired',
    }),
  })
  .meta({ id: 'RetireModel' });
export type RetireModel = z.infer<typeof RetireModel>;
export const RetiredModelView = ModelView.extend({
  moveId: z.uuid().nullable().meta({ description: 'Move of what ran on the model; null: nothing did' }),
}).meta({ id: 'RetiredModel' });

const SystemPrompt = z.string().min(1).max(20_000).meta({
  description:
    'System prompt of chats that users begin with their own token; it replaces the one of the request. null: none. Up to 20,000 characters',
});
const exchanges = z.number().int().min(1);
/** Fields of a use case that an operator may edit. */
export const useCase = {
  objective: z.enum(['quality', 'cost', 'latency']),
  candidates: z
    .array(ModelId)
    .min(1)
    .max(50)
    .refine((ids) => new Set(ids).size === ids.length, 'must not contain a model twice')
    .meta({ description: 'Model ids, best first' }),
  inputTokensPerExchange: tokens,
  outputTokensPerExchange: tokens,
  exchangesPerConversation: exchanges.max(100_000),
  exchangesPer30Days: exchanges.max(1_000_000_000_000),
  allowedRegions: z.array(Region).min(1).max(50).nullable().meta({
    description:
      'Regions that restrict the destinations of the use case further; null: no further restriction',
  }),
  guardrail: GuardrailView.nullable().meta({
    description: 'Applied to every call of the use case; null: none',
  }),
  clients: Clients,
  systemPrompt: SystemPrompt.nullable(),
  onModelFailure: z.enum(['switch', 'alert']),
  onModelRecovery: z.enum(['manual', 'auto']),
};
export const EditUseCase = z
  .strictObject(useCase)
  .partial()
  .refine(changesSomething, SOMETHING)
  .meta({ id: 'EditUseCase' });
export type EditUseCase = z.infer<typeof EditUseCase>;

/** Fields of an assistant that an operator may edit. */
export const assistant = { name: Name, useCase: Id, systemPrompt: SystemPrompt.nullable().optional() };
export const EditAssistant = z.strictObject(assistant).meta({ id: 'EditAssistant' });
export type EditAssistant = z.infer<typeof EditAssistant>;

export const ChangesQuery = z.strictObject({
  limit: Limit,
  cursor: NumberCursor,
  entity: z.enum(['model', 'use_case', 'candidate', 'assistant']).optional(),
  entityId: EntityId.optional(),
  actor: Id.optional().meta({ description: 'Actor, in the format of audit rows, for example service:ci' }),
  from: Time.optional().meta({ description: 'Start of the period, included' }),
  to: Time.optional().meta({ description: 'End of the period, not included' }),
  includeSystem: flag('true: also the verdicts of sweeps, whose actor is system:validation'),
});
export type ChangesQuery = z.infer<typeof ChangesQuery>;

const row = z.record(z.string(), z.unknown()).nullable();
const ChangeView = z
  .object({
    id: z.number().int(),
    entity: z.enum(['model', 'use_case', 'candidate', 'assistant']),
    entityId: z.string(),
    actor: z
      .string()
      .meta({ description: 'Actor, in the format of audit rows; sql:<role> for a change by plain SQL' }),
    requestId: z.string().nullable(),
    changedAt: z.iso.datetime(),
    before: row.meta({ description: 'null: the row was added' }),
    after: row.meta({ description: 'null: the row was removed' }),
  })
  .meta({ id: 'CatalogueChange' });
export const ChangePage = z
  .object({ items: z.array(ChangeView), nextCursor: z.string().nullable() })
  .meta({ id: 'CatalogueChangePage' });
