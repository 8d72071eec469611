import { z } from 'zod';
import { Guarantee } from '#libs/catalogue/model-facts.js';
import type { LifecycleEntry } from '#libs/validation/lifecycle.service.js';
import { Limit, ModelId, NumberCursor } from '../http/string.schemas.js';

const Usd = z.string().nullable().meta({ description: 'USD as a decimal; null: not known' });

const CheckView = z
  .object({
    id: z.number().int(),
    modelId: z.string(),
    checkedAt: z.iso.datetime(),
    method: z.enum(['control_plane', 'probe', 'deep']),
    outcome: z.enum(['passed', 'failed', 'inconclusive']),
    errorKind: z.string().nullable(),
    detail: z.string().nullable(),
    latencyMs: z.number().int().nullable(),
    tokens: z.number().int(),
    costUsd: Usd,
  })
  .meta({ id: 'Validation' });
export const CheckPage = z
  .object({ items: z.array(CheckView), nextCursor: z.string().nullable() })
  .meta({ id: 'ValidationPage' });

export const ChecksQuery = z.strictObject({
  limit: Limit,
  cursor: NumberCursor,
  modelId: ModelId.optional(),
});
export type ChecksQuery = z.infer<typeof ChecksQuery>;

const milestone = z.enum(['legacy', 'extended_access', 'end_of_life']);
const LifecycleView = z
  .object({
    modelId: z.string(),
    name: z.string(),
    status: z.enum(['ACTIVE', 'LEGACY', 'EOL']),
    milestones: z.array(z.object({ milestone, at: z.string(), days: z.number().int() })),
    outlook: Guarantee.extend({
      hasRunOut: z
        .boolean()
        .meta({ description: 'true: the earliest end has passed, so the model may end after its notice' }),
      endsNotBefore: z
        .string()
        .nullable()
        .meta({ description: 'Earliest end if Bedrock gives notice now; null: not known' }),
    })
      .meta({ id: 'LifecycleOutlook' })
      .nullable()
      .meta({
        description: 'Guarantee of a model without an end date; null: it has an end date, or no guarantee',
      }),
    warning: z.object({ milestone, days: z.number().int(), threshold: z.number().int() }).nullable(),
    inUse: z.boolean(),
    useCases: z.array(z.string()).meta({ description: 'Use cases that run on the model' }),
    conversations: z.number().int(),
    conversationsCapped: z.boolean().meta({ description: 'true: there are more than counted' }),
    successor: z
      .object({ modelId: z.string(), name: z.string(), savedUsd: Usd, horizon: z.string() })
      .nullable()
      .meta({ description: 'Recommended successor; `savedUsd` is positive if it is cheaper' }),
  })
  .meta({ id: 'Lifecycle' });
export const LifecyclePage = z
  .object({ items: z.array(LifecycleView), nextCursor: z.string().nullable() })
  .meta({ id: 'LifecyclePage' });

export const toLifecycleView = ({ model, successor, ...entry }: LifecycleEntry) => ({
  ...entry,
  modelId: model.id,
  name: model.name,
  status: model.lifecycle.status,
  inUse: entry.useCases.length > 0 || entry.conversations > 0,
  successor: successor && {
    modelId: successor.model.id,
    name: successor.model.name,
    savedUsd: successor.savedUsd,
    horizon: successor.horizon,
  },
});
