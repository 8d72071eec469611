import { createHash, type Hash } from 'node:crypto';
import { type ContentBlock, type ConverseRequest, cachePointsOf } from './converse-request.js';

export type CacheTtl = '5m' | '1h';

/** Beginning of a prompt, up to a cache point. */
export interface PromptPrefix {
  /** The same for the same beginning. */
  key: string;
  tokens: number;
  ttl: CacheTtl;
}

export interface Prompt {
  tokens: number;
  /** One for each cache point, the shortest first. */
  prefixes: PromptPrefix[];
}

const CHARACTERS_PER_TOKEN = 4;
const IMAGE_TOKENS = 1_600;
/** About a page. */
const DOCUMENT_TOKENS = 2_000;
const RECORDING_TOKENS = 2_500;

/** Counts four characters as a token: approximate and deterministic. */
export const tokensIn = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** Returns the characters of so many tokens. */
export const charactersOf = (tokens: number): number => tokens * CHARACTERS_PER_TOKEN;

/** Adds up a prompt in the order in which Bedrock caches it: tools, system prompt, messages. */
export function promptOf(request: ConverseRequest): Prompt {
  const count = new PromptCount(cachePointsOf(request).length > 0);
  const { toolConfig, system, messages } = request;
  for (const tool of toolConfig?.tools ?? []) count.add('tool', tool, JSON.stringify(tool.toolSpec ?? ''));
  for (const block of system.length > 0 ? system : [{ text: '' }]) count.add('system', block, textOf(block));
  for (const { role, content } of messages)
    for (const block of content) count.add(role, block, textOf(block), mediaTokens(block));
  return { tokens: count.tokens, prefixes: count.prefixes };
}

class PromptCount {
  readonly prefixes: PromptPrefix[] = [];
  private readonly hash: Hash | undefined;
  private characters = -1;
  private mediaTokens = 0;

  constructor(hasCachePoints: boolean) {
    this.hash = hasCachePoints ? createHash('sha256') : undefined;
  }

  get tokens(): number {
    return Math.ceil(this.characters / CHARACTERS_PER_TOKEN) + this.mediaTokens;
  }

  add(role: string, part: Pick<ContentBlock, 'cachePoint'>, text: string, mediaTokens = 0): void {
    if (part.cachePoint) {
      const key = this.hash!.copy().digest('base64url');
      this.prefixes.push({ key, tokens: this.tokens, ttl: part.cachePoint.ttl ?? '5m' });
      return;
    }
    // Parts are separated by a line break.
    this.characters += text.length + 1;
    this.mediaTokens += mediaTokens;
    this.hash?.update(JSON.stringify([role, part]));
  }
}

const joined = (parts: { text?: string | undefined }[] = []): string =>
  parts.map(({ text }) => text ?? '').join('\n');

/** Returns all text of a block. */
export function textOf(block: ContentBlock): string {
  const { text, guardContent, toolUse, toolResult, reasoningContent, citationsContent } = block;
  if (toolUse) return `${toolUse.name} ${JSON.stringify(toolUse.input)}`;
  if (toolResult)
    return joined(toolResult.content.map(({ json, ...each }) => ({ text: textOf(each) + textOfJson(json) })));
  const document = block.document?.source;
  return (
    text ??
    guardContent?.text?.text ??
    reasoningContent?.reasoningText?.text ??
    document?.text ??
    joined(citationsContent?.content ?? document?.content ?? block.searchResult?.content)
  );
}

const textOfJson = (json: unknown) => (json === undefined ? '' : JSON.stringify(json));

function mediaTokens(block: ContentBlock): number {
  const nested = (block.toolResult?.content ?? []).reduce((sum, each) => sum + mediaTokens(each), 0);
  const document = block.document?.source;
  return (
    nested +
    (block.image ? IMAGE_TOKENS : 0) +
    (document?.bytes !== undefined || document?.s3Location ? DOCUMENT_TOKENS : 0) +
    (block.video || block.audio ? RECORDING_TOKENS : 0)
  );
}
