import { z } from 'zod';
import type { ListedCall } from '#libs/costs/call-list.js';
import { CostUnknownView } from '../chat/chat.schemas.js';
import { cursor, Id, Limit, ModelId, Time, WireName } from '../http/string.schemas.js';

const OUTCOMES = ['answered', 'refused', 'guardrail_intervened', 'failed', 'cancelled'] as const;

export const CallsQuery = z.strictObject({
  requestId: Id.optional(),
  conversationId: Id.optional(),
  userId: Id.optional(),
  useCase: Id.optional(),
  modelId: ModelId.optional().meta({ description: 'Model that answered, or the last one that was called' }),
  outcome: z.enum(OUTCOMES).optional(),
  from: Time.optional().meta({
    description: 'Start of the period, included; default: 7 days before its end, at most 31',
  }),
  to: Time.optional().meta({ description: 'End of the period, not included; default: now' }),
  limit: Limit,
  cursor: cursor(z.string().min(1).max(200)),
});
export type CallsQuery = z.infer<typeof CallsQuery>;

const tokens = z.number().int().nullable().meta({ description: 'null: not known' });
const Usd = z.string().nullable().meta({ description: 'USD as a decimal; null: not known' });
const names = (description: string) => z.array(z.string()).optional().meta({ description });

const AttemptView = z
  .object({
    modelId: z.string(),
    outcome: z.enum([...OUTCOMES, 'skipped']),
    errorKind: z.string().nullable(),
    ms: z.number(),
    leftOut: names('Parameters that the attempt went without'),
    adapted: names('Parameters that the attempt had with another value'),
    lacks: names('Forms of the request that the model, which was skipped, does not take'),
  })
  .meta({ id: 'CallAttempt' });

const CallView = z
  .object({
    id: z.uuid(),
    requestId: z.string().meta({ description: 'Value of x-request-id; erased: the user was erased' }),
    startedAt: z.iso.datetime(),
    conversationId: z.string().nullable(),
    useCase: z.string(),
    userId: z.string(),
    actor: z.string(),
    onBehalfOf: z.string().nullable(),
    modelId: z.string().meta({ description: 'Model that answered, or the last one that was called' }),
    outcome: z.enum(OUTCOMES),
    errorKind: z.string().nullable(),
    stopReason: z.string().nullable(),
    wire: WireName,
    bodyFamily: z.string().nullable().meta({ description: 'Form of the body; null: a chat' }),
    forms: z.array(z.string()).meta({ description: 'Names of the capabilities that the request has' }),
    streamed: z.boolean(),
    latencyMs: z.number().int(),
    firstTextMs: z.number().int().nullable(),
    inputTokens: tokens,
    outputTokens: tokens,
    cacheReadTokens: tokens,
    cacheWriteTokens: tokens,
    estimated: z.boolean().meta({ description: 'true: the tokens are an estimate' }),
    costUsd: Usd,
    costUnknown: CostUnknownView.nullable(),
    attempts: z.array(AttemptView).meta({ description: 'Models that were called or skipped, in this order' }),
  })
  .meta({ id: 'Call' });

export const CallPage = z
  .object({ items: z.array(CallView), nextCursor: z.string().nullable() })
  .meta({ id: 'CallPage' });

export const toCallView = ({ startedAt, ...call }: ListedCall) => ({
  ...call,
  startedAt: startedAt.toISOString(),
});
