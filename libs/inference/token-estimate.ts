import type { Message } from '#libs/platform/bedrock/converse-request.js';

/** Of English text; German comes to a little less. Counting exactly is a call that few models serve. */
const CHARACTERS_PER_TOKEN = 4;

/** Tokens, roughly: to choose a window, and where Bedrock did not say what it counted. */
export const estimateTokens = (text: string): number => tokensOf(text.length);

export const tokensOf = (characters: number): number => Math.ceil(characters / CHARACTERS_PER_TOKEN);

export const estimatePrompt = ({ messages, system = '' }: { messages: Message[]; system?: string }): number =>
  messages.reduce((sum, { text }) => sum + estimateTokens(text), estimateTokens(system));

export const charactersOf = ({ messages, system = '' }: { messages: Message[]; system?: string }): number =>
  messages.reduce((sum, { text }) => sum + text.length, system.length);
