import { invalid } from './aws-error.js';
import { blocksOf, type ContentBlock, ConverseRequest, type Message, parsed } from './converse-request.js';

const KINDS = [
  'text',
  'image',
  'document',
  'video',
  'audio',
  'toolUse',
  'toolResult',
  'reasoningContent',
  'citationsContent',
  'searchResult',
  'guardContent',
  'cachePoint',
] as const;

/** Reads a body, and refuses what Converse refuses of every model. @throws AwsError */
export function parseConverse(body: unknown): ConverseRequest {
  const request = parsed(ConverseRequest, body);
  const { messages } = request;
  if (messages[0]?.role !== 'user')
    throw invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  assertAlternating(messages);
  for (const [at, { content }] of messages.entries()) assertBlocks(content, at);
  const usesTools = blocksOf(request).some(({ block }) => block.toolUse || block.toolResult);
  if (usesTools && !request.toolConfig)
    throw invalid('The toolConfig field must be defined when using toolUse and toolResult content blocks.');
  for (const { at, missing, extra } of unpairedTools(messages)) {
    if (missing.length > 0)
      throw invalid(
        `Expected toolResult blocks at messages.${at}.content for the following Ids: ${missing.join(', ')}`,
      );
    if (extra.length > 0)
      throw invalid(
        `The number of toolResult blocks at messages.${at}.content exceeds the number of toolUse blocks of previous turn.`,
      );
  }
  return request;
}

function assertAlternating(messages: Message[]): void {
  if (messages.some(({ role }, at) => role === messages[at - 1]?.role))
    throw invalid(
      'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
    );
}

function assertBlocks(content: ContentBlock[], message: number): void {
  for (const [at, block] of content.entries()) {
    const place = `the ContentBlock object at messages.${message}.content.${at}`;
    if (block.text?.trim() === '')
      throw invalid(`The text field in ${place} is blank. Add text to the text field, and try again.`);
    if (!KINDS.some((kind) => block[kind] !== undefined))
      throw invalid(`T${place.slice(1)} must set one of the following keys: ${KINDS.join(', ')}.`);
  }
}

interface UnpairedTools {
  /** Index of the message that should have the results. */
  at: number;
  /** Ids of the tool uses without a result. */
  missing: string[];
  /** Ids of the results without a tool use. */
  extra: string[];
}

/** Compares the results of each message with the tool uses of the one before. */
export function unpairedTools(messages: Message[]): UnpairedTools[] {
  return [...messages, undefined].flatMap((message, at) => {
    const before = messages[at - 1]?.content ?? [];
    const asked = before.flatMap(({ toolUse }) => toolUse?.toolUseId ?? []);
    const given = (message?.content ?? []).flatMap(({ toolResult }) => toolResult?.toolUseId ?? []);
    const missing = asked.filter((id) => !given.includes(id));
    const extra = given.filter((id) => !asked.includes(id));
    return missing.length + extra.length > 0 ? [{ at, missing, extra }] : [];
  });
}
