import type { Message } from '#libs/platform/bedrock/converse-request.js';

/** For English text; German has slightly fewer. An exact count needs a call that few models support. */
const CHARACTERS_PER_TOKEN = 4;

/** Estimates tokens: to choose a window, and if Bedrock sent no usage. */
export const estimateTokens = (text: string): number => tokensOf(text.length);

export const tokensOf = (characters: number): number => Math.ceil(characters / CHARACTERS_PER_TOKEN);

export const estimatePrompt = ({ messages, system = '' }: { messages: Message[]; system?: string }): number =>
  messages.reduce((sum, { text }) => sum + estimateTokens(text), estimateTokens(system));

export const charactersOf = ({ messages, system = '' }: { messages: Message[]; system?: string }): number =>
  messages.reduce((sum, { text }) => sum + text.length, system.length);
