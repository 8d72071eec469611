import type { StopFault } from './faults.js';

export type StopReason = 'end_turn' | 'max_tokens' | StopFault['reason'];

export interface CannedResponse {
  text: string;
  stopReason: StopReason;
  inputTokens: number;
  outputTokens: number;
}

/** Common content of all forms of a request body. */
export interface ModelQuery {
  modelId: string;
  /** All text of the request, instructions included: it counts as input. */
  prompt: string;
  lastUserText: string;
  maxTokens: number;
}

const CHARACTERS_PER_TOKEN = 4;
const BLOCKED = 'Sorry, the guardrail of this emulator has blocked the answer.';

/** Counts four characters as a token: approximate and deterministic. */
export const tokensIn = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** Returns the same response for the same request, so that a test can expect it. */
export function cannedResponseTo(
  question: ModelQuery,
  stop: StopFault['reason'] | undefined,
): CannedResponse {
  const inputTokens = tokensIn(question.prompt);
  const whole =
    stop === 'guardrail_intervened' || stop === 'content_filtered' ? BLOCKED : fullAnswer(question);
  const text = whole.slice(0, question.maxTokens * CHARACTERS_PER_TOKEN);
  const natural: StopReason = text.length < whole.length ? 'max_tokens' : 'end_turn';
  return { text, stopReason: stop ?? natural, inputTokens, outputTokens: tokensIn(text) };
}

const fullAnswer = ({ modelId, lastUserText }: ModelQuery): string =>
  `This is ${modelId} in the Bedrock emulator: no model has read your message. You wrote: ${lastUserText}`;

/** Splits a text into the pieces that a stream delivers: three words each. */
export const deltasOf = (text: string): string[] => text.match(/(?:\S+\s*|\s+){1,3}/g) ?? [''];
