import type { StopFault } from './faults.js';

export type StopReason = 'end_turn' | 'max_tokens' | StopFault['reason'];

export interface CannedResponse {
  text: string;
  stopReason: StopReason;
  inputTokens: number;
  outputTokens: number;
}

/** What all request bodies boil down to. */
export interface ModelQuery {
  modelId: string;
  /** All text of the request, instructions included: it counts as input. */
  prompt: string;
  lastUserText: string;
  maxTokens: number;
}

const CHARACTERS_PER_TOKEN = 4;
const BLOCKED = 'Sorry, the guardrail of this emulator has blocked the answer.';

/** Four characters are a token: near enough, and the same every time. */
export const tokensIn = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** The same question gets the same answer, so that a test can expect it. */
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

/** The pieces in which a stream delivers a text: three words each. */
export const deltasOf = (text: string): string[] => text.match(/(?:\S+\s*|\s+){1,3}/g) ?? [''];
