import type { Block, Message, Prompt } from '#libs/platform/bedrock/converse-request.js';

/** For English text; German has slightly fewer. An exact count needs a call that few models support. */
const CHARACTERS_PER_TOKEN = 4;
/** Characters that stand for the bytes of one image or document: about 1,600 tokens. */
export const CHARACTERS_OF_MEDIA = 6_400;

/** Estimates tokens: to choose a window, and if Bedrock sent no usage. */
export const estimateTokens = (text: string): number => tokensOf(text.length);

export const tokensOf = (characters: number): number => Math.ceil(characters / CHARACTERS_PER_TOKEN);

type Input = Pick<Prompt, 'messages' | 'system'>;

const systemOf = ({ system = '' }: Input): string[] => [system].flat();

export const estimatePrompt = (prompt: Input): number =>
  [...prompt.messages.map(readCharacters), ...systemOf(prompt).map(({ length }) => length)].reduce(
    (sum, characters) => sum + tokensOf(characters),
    0,
  );

/** Returns the characters that a prompt takes in memory. */
export const charactersOf = (prompt: Input): number =>
  [...prompt.messages.map(heldCharacters), ...systemOf(prompt).map(({ length }) => length)].reduce(
    (sum, characters) => sum + characters,
    0,
  );

const readCharacters = ({ text, blocks }: Message): number =>
  blocks ? blocks.reduce((sum, block) => sum + charactersIn(block), 0) : text.length;

const heldCharacters = ({ text, blocks }: Message): number =>
  blocks ? JSON.stringify(blocks).length : text.length;

function charactersIn({ text, image, document, toolUse, toolResult, json }: Block): number {
  if (image ?? document) return CHARACTERS_OF_MEDIA;
  if (toolResult) return toolResult.content.reduce((sum, block) => sum + charactersIn(block), 0);
  return text?.length ?? JSON.stringify(toolUse ?? json ?? '').length;
}
