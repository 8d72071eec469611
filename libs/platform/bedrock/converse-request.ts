import type { ContentBlock, TokenUsage } from '@aws-sdk/client-bedrock-runtime';

export interface Message {
  role: 'user' | 'assistant';
  text: string;
}

export interface Prompt {
  /** Id to invoke, mostly of an inference profile. */
  modelId: string;
  /** The first message is the user's. */
  messages: Message[];
  system?: string;
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
  guardrail?: AppliedGuardrail | undefined;
}

/** Tokens. `input` excludes those read from or written to the cache: each of the four has its own price. */
export interface Usage {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

export interface ConverseAnswer {
  text: string;
  /** E.g. `end_turn`, `max_tokens`; see `failureOfStop` and `refusalOfStop`. */
  stopReason: string;
  /** Null: Bedrock sent no usage. */
  usage: Usage | null;
  durationMs: number;
}

export const promptInput = ({ messages, system }: Prompt) => ({
  messages: messages.map(({ role, text }) => ({ role, content: [{ text }] })),
  ...(system === undefined ? {} : { system: [{ text: system }] }),
});

/** Builds the body; the model is part of the path. */
export const converseBody = (request: ConverseRequest): string =>
  JSON.stringify({
    ...promptInput(request),
    inferenceConfig: {
      maxTokens: request.maxTokens,
      temperature: request.temperature,
      topP: request.topP,
    },
    ...(request.guardrail && {
      guardrailConfig: {
        guardrailIdentifier: request.guardrail.id,
        guardrailVersion: request.guardrail.version,
      },
    }),
  });

export const textIn = (content: ContentBlock[] | undefined): string =>
  (content ?? []).map(({ text }) => text ?? '').join('');

export function usageOf(usage: TokenUsage | undefined): Usage | null {
  if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return null;
  return {
    input: usage.inputTokens,
    output: usage.outputTokens,
    cacheRead: usage.cacheReadInputTokens ?? 0,
    cacheWrite: usage.cacheWriteInputTokens ?? 0,
  };
}
