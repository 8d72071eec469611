import { z } from 'zod';
import type { ChatRequest as Chat, ChatAnswer } from '#libs/inference/chat.js';
import { Id } from '../http/string.schemas.js';
import { NotificationView } from '../orchestrate/orchestrate.schemas.js';

const text = z.string().min(1, 'must not be empty');
const Message = z
  .strictObject({
    role: z.enum(['user', 'assistant'], 'must be user or assistant; instructions go into system'),
    content: text.refine((value) => value.trim() !== '', 'must not be blank'),
  })
  .meta({ id: 'ChatMessage' });

export const ChatRequest = z
  .strictObject({
    conversationId: Id.optional().meta({ description: 'Absent: a new conversation' }),
    useCase: Id.optional().meta({ description: 'Moves a conversation of another use case' }),
    assistantId: Id.optional().meta({ description: 'Stands for its use case, where none is given' }),
    userId: Id.optional().meta({ description: 'For a service that acts for a user' }),
    messages: z
      .array(Message)
      .min(1)
      .max(2_000)
      .superRefine((messages, context) => {
        if (messages[0]?.role === 'assistant')
          context.addIssue({ code: 'custom', path: [0, 'role'], message: 'must be user: the user begins' });
        else if (messages.at(-1)?.role === 'assistant')
          context.addIssue({ code: 'custom', path: [], message: 'must end with a message of the user' });
      })
      .meta({
        description: 'The user first and last; messages of one role in a row are one message to the model',
      }),
    system: text.optional(),
    maxTokens: z
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .meta({ description: 'At most the model’s own limit' }),
    temperature: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({ description: 'Left out of the call where the model refuses it; see `attempts`' }),
    topP: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({ description: 'Left out where the model refuses it, or refuses it beside a temperature' }),
    stream: z.boolean().default(false).meta({ description: 'true: Server-Sent Events' }),
    showNotification: z.boolean().default(true).meta({ description: 'false: a switch is stored silently' }),
    mustExist: z
      .boolean()
      .default(false)
      .meta({ description: 'true: a conversation that does not exist is refused with 404, and not created' }),
  })
  .meta({ id: 'ChatRequest' });
export type ChatRequest = z.infer<typeof ChatRequest>;

const tokens = z.number().int().min(0);
const AnsweringModel = z
  .object({ id: z.string(), name: z.string(), provider: z.string() })
  .meta({ id: 'AnsweringModel' });

const AttemptView = z
  .object({
    modelId: z.string(),
    outcome: z.enum(['answered', 'refused', 'failed', 'cancelled', 'skipped']),
    errorKind: z.string().nullable(),
    ms: z.number().int(),
    billed: z
      .object({
        input: tokens,
        output: tokens,
        cacheRead: tokens,
        cacheWrite: tokens,
        estimated: z.boolean(),
        costUsd: z.string().nullable(),
        priceVersion: z.number().int().nullable(),
      })
      .optional()
      .meta({
        description:
          'Tokens that Bedrock bills of this attempt, also where it broke off; absent: it bills nothing',
      }),
    leftOut: z
      .array(z.string())
      .optional()
      .meta({ description: 'Parameters that the call went without, because the model refuses them' }),
  })
  .meta({ id: 'ChatAttempt' });

export const ChatAnswerView = z
  .object({
    success: z.literal(true),
    conversationId: z.string(),
    created: z.literal(true).optional().meta({ description: 'The conversation did not exist before' }),
    useCase: z.string(),
    model: AnsweringModel.meta({ description: 'The one that answered' }),
    message: z.object({ role: z.literal('assistant'), content: z.string() }),
    stopReason: z.string().meta({
      description: 'end_turn, max_tokens …; guardrail_intervened and content_filtered are refusals',
    }),
    usage: z
      .object({
        inputTokens: tokens.meta({ description: 'Without those read from or written to the cache' }),
        outputTokens: tokens,
        cacheReadInputTokens: tokens,
        cacheWriteInputTokens: tokens,
        totalTokens: tokens,
        costUsd: z.string().nullable().meta({ description: 'Decimal string; null: a price is not known' }),
        estimated: z.boolean().meta({ description: 'true: Bedrock did not say what it counted' }),
      })
      .meta({ description: 'Of this answer; what broke off before it has its own in `attempts`' }),
    attempts: z.array(AttemptView),
    notification: NotificationView.optional(),
  })
  .meta({ id: 'ChatAnswer' });

export const modelOf = ({ id, name, provider }: ChatAnswer['model']) => ({ id, name, provider });

export function toChat({ messages, ...request }: ChatRequest): Chat {
  return { ...request, messages: messagesOf(messages) };
}

/** Merges consecutive messages of one role, which models refuse: a client may repeat a message after a failure. */
function messagesOf(given: ChatRequest['messages']): Chat['messages'] {
  const messages: Chat['messages'] = [];
  for (const { role, content } of given) {
    const last = messages.at(-1);
    if (last?.role === role) last.text += `\n\n${content}`;
    else messages.push({ role, text: content });
  }
  return messages;
}

export function toChatAnswerView(answer: ChatAnswer): z.infer<typeof ChatAnswerView> {
  const { conversationId, created, useCase, stopReason, attempts, notification } = answer;
  const { input, output, cacheRead, cacheWrite, costUsd, estimated } = answer.usage;
  return {
    success: true,
    conversationId,
    ...(created && { created }),
    useCase,
    model: modelOf(answer.model),
    message: { role: 'assistant', content: answer.text },
    stopReason,
    usage: {
      inputTokens: input,
      outputTokens: output,
      cacheReadInputTokens: cacheRead,
      cacheWriteInputTokens: cacheWrite,
      totalTokens: input + output + cacheRead + cacheWrite,
      costUsd,
      estimated,
    },
    attempts,
    ...(notification && { notification }),
  };
}
