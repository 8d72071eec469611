import type { CacheDetail, ContentBlock, ConverseResponse } from '@aws-sdk/client-bedrock-runtime';

/** Image, document or other file in a message; its bytes are base64. */
export interface Media {
  format: string;
  name?: string;
  source: { bytes: string };
}

/** Part of a message in the form of Converse: it has one of these members. */
export interface Block {
  text?: string;
  image?: Media;
  document?: Media;
  toolUse?: { toolUseId: string; name: string; input: unknown };
  toolResult?: { toolUseId: string; content: Block[]; status?: 'success' | 'error' };
  /** In the result of a tool. */
  json?: unknown;
}

/** Part of an answer that its caller gets. */
export type AnswerBlock = { text: string } | { toolUse: NonNullable<Block['toolUse']> };

/** Tools that a model may use, in the form of Converse. */
export interface ToolConfig {
  tools: { toolSpec: { name: string; description?: string; inputSchema: { json: unknown } } }[];
  toolChoice?: { auto: object } | { any: object } | { tool: { name: string } };
}

export interface Message {
  role: 'user' | 'assistant';
  /** All text of the message. */
  text: string;
  /** Content of the message; absent: only the text. */
  blocks?: Block[];
}

export interface Prompt {
  /** Id to invoke, mostly of an inference profile. */
  modelId: string;
  /** The first message is the user's. */
  messages: Message[];
  /** One text, or one for each block. */
  system?: string | readonly string[];
}

/** Guardrail of Amazon Bedrock that a call applies. */
export interface AppliedGuardrail {
  /** Id or ARN. */
  id: string;
  /** Number of a version, or `DRAFT`. */
  version: string;
}

export interface ConverseRequest extends Prompt {
  /** Maximum of tokens in the response. */
  maxTokens: number;
  temperature?: number | undefined;
  topP?: number | undefined;
  stopSequences?: string[] | undefined;
  toolConfig?: ToolConfig | undefined;
  guardrail?: AppliedGuardrail | undefined;
}

/** Tokens. `input` excludes those read from or written to the cache: each of the four has its own price. */
export interface Usage {
  input: number;
  output: number;
  cacheRead: number;
  /** With any time to live. */
  cacheWrite: number;
  /** Part of `cacheWrite` with a time to live of an hour; absent: none. */
  cacheWrite1h?: number;
  /** Part of `cacheWrite` with a time to live that this release has no price for; absent: none. */
  cacheWriteOther?: number;
  /** Service tier that served the call, such as `flex`, or `optimized` for optimized latency; absent: the default. */
  serviceTier?: string;
}

/** Tier of calls that Bedrock serves with optimized latency, which has separate prices. */
const OPTIMIZED_LATENCY = 'optimized';

/** Fields of a whole answer, or of the metadata event of a stream, that decide what a call costs. */
export type ReportedUsage = Partial<Pick<ConverseResponse, 'usage' | 'serviceTier' | 'performanceConfig'>>;

export interface ConverseAnswer {
  text: string;
  /** Blocks of the answer that a caller gets: text and uses of tools. */
  content: AnswerBlock[];
  /** E.g. `end_turn`, `max_tokens`; see `failureOfStop` and `refusalOfStop`. */
  stopReason: string;
  /** Null: Bedrock sent no usage. */
  usage: Usage | null;
  durationMs: number;
}

const promptInput = ({ messages, system }: Prompt) => ({
  messages: messages.map(({ role, text, blocks }) => ({ role, content: blocks ?? [{ text }] })),
  ...(system === undefined ? {} : { system: [system].flat().map((text) => ({ text })) }),
});

/** Builds the body; the model is part of the path. */
export const converseBody = (request: ConverseRequest): string =>
  JSON.stringify({
    ...promptInput(request),
    inferenceConfig: {
      maxTokens: request.maxTokens,
      temperature: request.temperature,
      topP: request.topP,
      stopSequences: request.stopSequences,
    },
    toolConfig: request.toolConfig,
    ...(request.guardrail && {
      guardrailConfig: {
        guardrailIdentifier: request.guardrail.id,
        guardrailVersion: request.guardrail.version,
      },
    }),
  });

/** Returns the blocks of an answer that its caller gets. */
export const shownBlocks = (content: ContentBlock[] | undefined): AnswerBlock[] =>
  (content ?? []).filter(({ text, toolUse }) => text !== undefined || toolUse !== undefined) as AnswerBlock[];

export const textIn = (content: ContentBlock[] | undefined): string =>
  (content ?? []).map(({ text }) => text ?? '').join('');

/** @returns null: Bedrock sent no usage */
export function usageOf({ usage, serviceTier, performanceConfig }: ReportedUsage): Usage | null {
  if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return null;
  const tokens: Usage = {
    input: usage.inputTokens,
    output: usage.outputTokens,
    cacheRead: usage.cacheReadInputTokens ?? 0,
    cacheWrite: usage.cacheWriteInputTokens ?? 0,
  };
  if (usage.cacheDetails?.length) countWrites(tokens, usage.cacheDetails);
  const tier = tierOf({ serviceTier, performanceConfig });
  if (tier !== undefined) tokens.serviceTier = tier;
  return tokens;
}

/** Fields of a request or an answer that name its tier, whatever a client has put there. */
interface Tiers {
  serviceTier?: { type?: unknown } | undefined;
  performanceConfig?: { latency?: unknown } | undefined;
}

/** Returns the tier whose prices apply; undefined: the default. */
export function tierOf({ serviceTier, performanceConfig }: Tiers): string | undefined {
  const tier = performanceConfig?.latency === 'optimized' ? OPTIMIZED_LATENCY : serviceTier?.type;
  return typeof tier === 'string' && tier !== 'default' ? tier : undefined;
}

function countWrites(tokens: Usage, details: CacheDetail[]): void {
  const written = (ttl?: string) =>
    details
      .filter((detail) => ttl === undefined || detail.ttl === ttl)
      .reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0);
  const [all, hourly] = [written(), written('1h')];
  const other = all - hourly - written('5m');
  if (hourly > 0) tokens.cacheWrite1h = hourly;
  if (other > 0) tokens.cacheWriteOther = other;
  // The parts count where the total is missing.
  tokens.cacheWrite = Math.max(tokens.cacheWrite, all);
}
