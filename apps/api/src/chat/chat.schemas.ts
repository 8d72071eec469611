import { z } from 'zod';
import { COST_UNKNOWN } from '#libs/costs/call-cost.js';
import type { ChatRequest as Chat, ChatAnswer } from '#libs/inference/chat.js';
import type { Block, Message } from '#libs/platform/bedrock/converse-request.js';
import { Id } from '../http/string.schemas.js';
import { SentNotificationView } from '../orchestrate/orchestrate.schemas.js';

const text = z.string().min(1, 'must not be empty');
const shown = text.refine((value) => value.trim() !== '', 'must not be blank');
const Base64 = z.base64().min(1, 'must not be empty').meta({ description: 'Base64' });
const ToolUseId = z.string().regex(/^[\w-]{1,64}$/, 'must have 1 to 64 letters, digits, _ or -');

const TextBlock = z.strictObject({ text: shown });
const ImageBlock = z.strictObject({
  image: z.strictObject({
    format: z.enum(['png', 'jpeg', 'gif', 'webp']),
    source: z.strictObject({ bytes: Base64 }),
  }),
});
const DocumentBlock = z.strictObject({
  document: z.strictObject({
    format: z.enum(['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md']),
    name: z.string().regex(/^[\w \-()[\]]{1,200}$/, 'must have letters, digits, spaces, - ( ) [ ] only'),
    source: z.strictObject({ bytes: Base64 }),
  }),
});
const ToolUseBlock = z
  .strictObject({
    toolUse: z.strictObject({ toolUseId: ToolUseId, name: ToolUseId, input: z.unknown() }),
  })
  .meta({ id: 'ChatToolUse', description: 'Use of a tool by the model' });
const ToolResultBlock = z.strictObject({
  toolResult: z.strictObject({
    toolUseId: ToolUseId,
    content: z
      .array(z.union([TextBlock, ImageBlock, DocumentBlock, z.strictObject({ json: z.unknown() })]))
      .min(1)
      .max(20),
    status: z.enum(['success', 'error']).optional(),
  }),
});
const BLOCKS = [TextBlock, ImageBlock, DocumentBlock, ToolUseBlock, ToolResultBlock] as const;
const Blocks = z
  .array(z.union(BLOCKS, 'must be text, image, document, toolUse or toolResult, in the form of Converse'))
  .min(1)
  .max(100);

const ChatMessage = z
  .strictObject({
    role: z.enum(['user', 'assistant'], 'must be user or assistant; put instructions into system'),
    content: z
      .union([shown, Blocks])
      .meta({ description: 'Text, or blocks in the form of Converse of Amazon Bedrock' }),
  })
  .meta({ id: 'ChatMessage' });

const ToolConfig = z
  .strictObject({
    tools: z
      .array(
        z.strictObject({
          toolSpec: z.strictObject({
            name: ToolUseId,
            description: text.optional(),
            inputSchema: z.strictObject({ json: z.unknown() }),
          }),
        }),
      )
      .min(1)
      .max(128),
    toolChoice: z
      .union([
        z.strictObject({ auto: z.strictObject({}) }),
        z.strictObject({ any: z.strictObject({}) }),
        z.strictObject({ tool: z.strictObject({ name: ToolUseId }) }),
      ])
      .optional(),
  })
  .meta({ id: 'ChatToolConfig', description: 'Tools that the model may use, in the form of Converse' });

export const ChatRequest = z
  .strictObject({
    conversationId: Id.optional().meta({ description: 'Id of the conversation; absent: a new conversation' }),
    useCase: Id.optional().meta({
      description: 'Use case of the conversation; a different one moves the conversation',
    }),
    assistantId: Id.optional().meta({
      description: 'Assistant whose use case applies if `useCase` is absent',
    }),
    userId: Id.optional().meta({
      description: 'User on whose behalf a service key with the scope act-as acts',
    }),
    messages: z
      .array(ChatMessage)
      .min(1)
      .max(2_000)
      .superRefine((messages, context) => {
        if (messages[0]?.role === 'assistant')
          context.addIssue({
            code: 'custom',
            path: [0, 'role'],
            message: 'must be user: the first message is from the user',
          });
        else if (messages.at(-1)?.role === 'assistant')
          context.addIssue({ code: 'custom', path: [], message: 'must end with a message of the user' });
      })
      .meta({
        description:
          'The first and the last message are from the user. The model gets consecutive messages of one role as one message',
      }),
    system: z
      .union([text, z.array(z.strictObject({ text })).min(1).max(20)])
      .optional()
      .meta({ description: 'Instructions: one text, or one for each block' }),
    toolConfig: ToolConfig.optional(),
    stopSequences: z
      .array(text)
      .min(1)
      .max(16)
      .optional()
      .meta({ description: 'Texts at which the model stops; some models take four at most' }),
    maxTokens: z
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .meta({ description: 'Maximum number of output tokens; the limit of the model also applies' }),
    temperature: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({ description: 'The call omits it if the model refuses it; see `attempts`' }),
    topP: z.number().min(0).max(1).optional().meta({
      description: 'The call omits it if the model refuses it, or refuses it together with `temperature`',
    }),
    stream: z
      .boolean()
      .default(false)
      .meta({ description: 'true: the response consists of Server-Sent Events' }),
    showNotification: z
      .boolean()
      .default(true)
      .meta({ description: 'false: the notification of a switch is silent' }),
    mustExist: z.boolean().default(false).meta({
      description: 'true: the response is 404 if the conversation does not exist, and nothing is created',
    }),
  })
  .meta({ id: 'ChatRequest' });
export type ChatRequest = z.infer<typeof ChatRequest>;

const tokens = z.number().int().min(0);
const AnsweringModel = z
  .object({ id: z.string(), name: z.string(), provider: z.string() })
  .meta({ id: 'AnsweringModel' });

export const CostUnknownView = z
  .enum(COST_UNKNOWN)
  .meta({ id: 'CostUnknown', description: 'Price that is missing where `costUsd` is null; absent: none' });

const AttemptView = z
  .object({
    modelId: z.string(),
    outcome: z.enum(['answered', 'refused', 'guardrail_intervened', 'failed', 'cancelled', 'skipped']),
    errorKind: z.string().nullable(),
    ms: z.number().int(),
    billed: z
      .object({
        input: tokens,
        output: tokens,
        cacheRead: tokens,
        cacheWrite: tokens,
        cacheWrite1h: tokens
          .optional()
          .meta({ description: 'Part of `cacheWrite` that the cache keeps for an hour; absent: none' }),
        cacheWriteOther: tokens
          .optional()
          .meta({ description: 'Part of `cacheWrite` whose time to live has no price; absent: none' }),
        serviceTier: z
          .string()
          .optional()
          .meta({ description: 'Service tier that served the attempt; absent: the default' }),
        estimated: z.boolean(),
        costUsd: z.string().nullable(),
        costUnknown: CostUnknownView.optional(),
        priceVersion: z.number().int().nullable(),
      })
      .optional()
      .meta({
        description:
          'Tokens and cost that Bedrock charges for this attempt, also if it broke off; absent: no charge',
      }),
    leftOut: z
      .array(z.string())
      .optional()
      .meta({ description: 'Parameters that the call omitted, because the model refuses them' }),
    adapted: z
      .array(z.string())
      .optional()
      .meta({ description: 'Parameters that the call had with another value, because of the model' }),
    lacks: z
      .array(z.string())
      .optional()
      .meta({ description: 'Forms of the request that a skipped model does not take' }),
  })
  .meta({ id: 'ChatAttempt' });

export const ChatAnswerView = z
  .object({
    success: z.literal(true),
    conversationId: z.string(),
    created: z.literal(true).optional().meta({ description: 'true: the request created the conversation' }),
    useCase: z.string(),
    model: AnsweringModel.meta({ description: 'Model that answered' }),
    message: z.object({ role: z.literal('assistant'), content: z.string() }),
    content: z.array(z.union([z.object({ text: z.string() }), ToolUseBlock])).meta({
      description:
        'Text and uses of tools, in their order. To continue after the use of a tool, send it as the message of the assistant, and its result as that of the user',
    }),
    stopReason: z.string().meta({
      description:
        'Stop reason of Bedrock, for example end_turn or max_tokens. content_filtered: the model refused. guardrail_intervened: the guardrail of the use case stopped the prompt or changed the response; `message` has its text.',
    }),
    usage: z
      .object({
        inputTokens: tokens.meta({
          description: 'Input tokens without the tokens read from or written to the cache',
        }),
        outputTokens: tokens,
        cacheReadInputTokens: tokens,
        cacheWriteInputTokens: tokens,
        totalTokens: tokens,
        costUsd: z.string().nullable().meta({ description: 'USD as a decimal; null: a price is not known' }),
        costUnknown: CostUnknownView.optional(),
        estimated: z
          .boolean()
          .meta({ description: 'true: the tokens are an estimate, because Bedrock reported none' }),
      })
      .meta({
        description: 'Usage of this answer; attempts that broke off before it have their usage in `attempts`',
      }),
    attempts: z.array(AttemptView),
    notification: SentNotificationView.optional().meta({
      description: 'Of the switch that this call caused; absent: it caused none, or a silent one',
    }),
  })
  .meta({ id: 'ChatAnswer' });

export const modelOf = ({ id, name, provider }: ChatAnswer['model']) => ({ id, name, provider });

export function toChat({ messages, system, ...request }: ChatRequest): Chat {
  return {
    ...request,
    messages: messagesOf(messages),
    ...(system !== undefined && {
      system: typeof system === 'string' ? system : system.map((block) => block.text),
    }),
  };
}

/** Merges consecutive messages of one role, which models refuse: a client may repeat a message after a failure. */
function messagesOf(given: ChatRequest['messages']): Chat['messages'] {
  const messages: Chat['messages'] = [];
  for (const message of given.map(messageOf)) {
    const last = messages.at(-1);
    if (last?.role === message.role) messages[messages.length - 1] = merged(last, message);
    else messages.push(message);
  }
  return messages;
}

const messageOf = ({ role, content }: ChatRequest['messages'][number]): Message =>
  typeof content === 'string'
    ? { role, text: content }
    : { role, text: content.map((block) => ('text' in block ? block.text : '')).join(''), blocks: content };

const merged = (first: Message, second: Message): Message => ({
  role: first.role,
  text: `${first.text}\n\n${second.text}`,
  ...((first.blocks ?? second.blocks) && { blocks: [...blocksOf(first), ...blocksOf(second)] }),
});

const blocksOf = ({ text, blocks }: Message): Block[] => blocks ?? [{ text }];

export function toChatAnswerView(answer: ChatAnswer): z.infer<typeof ChatAnswerView> {
  const { conversationId, created, useCase, stopReason, attempts, notification } = answer;
  const { input, output, cacheRead, cacheWrite, costUsd, costUnknown, estimated } = answer.usage;
  return {
    success: true,
    conversationId,
    ...(created && { created }),
    useCase,
    model: modelOf(answer.model),
    message: { role: 'assistant', content: answer.text },
    content: answer.content,
    stopReason,
    usage: {
      inputTokens: input,
      outputTokens: output,
      cacheReadInputTokens: cacheRead,
      cacheWriteInputTokens: cacheWrite,
      totalTokens: input + output + cacheRead + cacheWrite,
      costUsd,
      ...(costUnknown && { costUnknown }),
      estimated,
    },
    attempts,
    ...(notification && { notification }),
  };
}
