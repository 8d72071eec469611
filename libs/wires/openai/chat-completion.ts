import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';

/** Usage as Bedrock reports it. */
export interface ConverseUsage {
  inputTokens?: number;
  outputTokens?: number;
  cacheReadInputTokens?: number;
  cacheWriteInputTokens?: number;
}

/** Reasoning in the form of LiteLLM and Envoy: a client sends it back with the results of its tools. */
export type ThinkingBlock =
  | { type: 'thinking'; thinking: string; signature?: string }
  | { type: 'redacted_thinking'; data: string };

/** Block of an answer of Converse. */
interface AnswerBlock {
  text?: string;
  toolUse?: { toolUseId: string; name: string; input?: unknown };
  reasoningContent?: { reasoningText?: { text: string; signature?: string }; redactedContent?: string };
}

/** Whole answer of Converse. */
export interface ConverseOutput {
  output?: { message?: { content?: AnswerBlock[] } };
  stopReason?: string;
  usage?: ConverseUsage;
  serviceTier?: { type?: string };
}

const FINISH_REASONS: Record<string, string> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  content_filtered: 'content_filter',
  guardrail_intervened: 'content_filter',
};

/** Answer in which the model has broken the form, e.g. the input of a tool. */
const MALFORMED = /^malformed_/;

/** @throws BedrockError for an answer that no client could use */
export function finishReasonOf(stopReason: string, modelId: string, textShown: boolean): string {
  if (MALFORMED.test(stopReason))
    throw new BedrockError('The model ended its answer without one that can be used.', {
      kind: 'unusable_answer',
      awsName: stopReason,
      begun: true,
      ...{ modelId, textShown },
    });
  return FINISH_REASONS[stopReason] ?? 'stop';
}

/** Returns a usage as OpenAI counts: the prompt includes what was read from, or written to, the cache. */
export function usageOf({
  inputTokens = 0,
  outputTokens = 0,
  cacheReadInputTokens = 0,
  cacheWriteInputTokens = 0,
}: ConverseUsage) {
  const prompt = inputTokens + cacheReadInputTokens + cacheWriteInputTokens;
  return {
    prompt_tokens: prompt,
    completion_tokens: outputTokens,
    total_tokens: prompt + outputTokens,
    prompt_tokens_details: {
      cached_tokens: cacheReadInputTokens,
      cache_creation_tokens: cacheWriteInputTokens,
    },
  };
}

/** Returns the message of a whole answer. */
export function messageOf({ output }: ConverseOutput) {
  const content = output?.message?.content ?? [];
  const texts = content.flatMap(({ text }) => (text === undefined ? [] : [text]));
  const reasoning = content.flatMap(({ reasoningContent }) => reasoningContent?.reasoningText?.text ?? []);
  const thinking = content.flatMap(({ reasoningContent }) => thinkingOf(reasoningContent));
  const calls = content.flatMap(({ toolUse }) => (toolUse ? [callOf(toolUse)] : []));
  return {
    role: 'assistant',
    content: texts.length > 0 ? texts.join('') : null,
    refusal: null,
    ...(reasoning.length > 0 && { reasoning_content: reasoning.join('') }),
    ...(thinking.length > 0 && { thinking_blocks: thinking }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

const callOf = ({ toolUseId, name, input }: NonNullable<AnswerBlock['toolUse']>) => ({
  id: toolUseId,
  type: 'function',
  function: { name, arguments: JSON.stringify(input ?? {}) },
});

function thinkingOf(reasoning: AnswerBlock['reasoningContent']): ThinkingBlock[] {
  const { reasoningText, redactedContent } = reasoning ?? {};
  if (redactedContent !== undefined) return [{ type: 'redacted_thinking', data: redactedContent }];
  if (!reasoningText) return [];
  const { text, signature } = reasoningText;
  return [{ type: 'thinking', thinking: text, ...(signature !== undefined && { signature }) }];
}
