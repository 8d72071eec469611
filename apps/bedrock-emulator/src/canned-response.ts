import { type ContentBlock, type ConverseRequest, malformed } from './converse-request.js';
import type { AnswerFault, StopFault } from './faults.js';
import type { EmulatedModel } from './models.js';
import { charactersOf, textOf, tokensIn } from './prompt.js';
import type { InputTokens } from './prompt-cache.js';
import { reasoningOf } from './reasoning.js';
import { exampleOf, type Schema } from './schema-example.js';
import { quotedResults, type ToolUse, toolUsesFor } from './tool-use.js';

export type StopReason = NonNullable<AnswerFault['stopReason']> | StopFault['reason'];

/** Place in a document or a search result that an answer quotes. */
export interface Citation {
  title: string;
  /** Index of the document or search result in the request. */
  index: number;
  isSearchResult: boolean;
  quote: string;
}

/** One block of an answer. */
export type AnswerBlock =
  | { kind: 'text'; text: string; citation?: Citation }
  | ({ kind: 'toolUse' } & ToolUse)
  | { kind: 'reasoning'; text: string; signature?: string | undefined }
  | { kind: 'redacted'; data: string };

/** Answer of a model, before the format of an operation. */
export interface ModelAnswer {
  blocks: AnswerBlock[];
  stopReason: StopReason;
  /** Sequence that ended the text; absent: none did. */
  stopSequence?: string;
}

/** Answer with what it costs and how it was processed. */
export interface CannedResponse extends ModelAnswer {
  input: InputTokens;
  outputTokens: number;
  serviceTier: ConverseRequest['serviceTier'];
  performanceConfig: ConverseRequest['performanceConfig'];
}

export interface ModelQuery {
  /** As invoked. */
  modelId: string;
  model: EmulatedModel;
  request: ConverseRequest;
}

const DEFAULT_MAX_TOKENS = 2_000;
const MAX_QUOTE = 40;
const BLOCKED = 'Sorry, the guardrail of this emulator has blocked the answer.';

/** Returns the same answer for the same request, so that a test can expect it. */
export function cannedAnswerTo(query: ModelQuery, stop: StopFault['reason'] | undefined): ModelAnswer {
  if (stop === 'guardrail_intervened' || stop === 'content_filtered')
    return { blocks: [{ kind: 'text', text: BLOCKED }], stopReason: stop };
  const { model, request } = query;
  const lastUserText = textOfLastUser(request);
  const reasoning = reasoningOf(model, request, lastUserText);
  const first: AnswerBlock[] = reasoning ? [{ kind: 'reasoning', ...reasoning }] : [];
  const uses = toolUsesFor(request, lastUserText);
  if (uses.length > 0) {
    const blocks = uses.map((use) => ({ kind: 'toolUse' as const, ...use }));
    return { blocks: [...first, ...blocks], stopReason: stop ?? 'tool_use' };
  }
  const { text, ...end } = endOf(fullAnswer(query, lastUserText), query, reasoning?.text.length ?? 0);
  const citation = citationFor(request);
  const blocks = [...first, { kind: 'text' as const, text, ...(citation && { citation }) }];
  return { blocks, ...end, ...(stop && { stopReason: stop }) };
}

export const outputTokensOf = (blocks: AnswerBlock[]): number =>
  blocks.reduce((sum, block) => sum + tokensIn(textOfAnswer(block)), 0);

function textOfAnswer(block: AnswerBlock): string {
  if (block.kind === 'toolUse') return block.name + JSON.stringify(block.input);
  return block.kind === 'redacted' ? block.data : block.text;
}

function fullAnswer({ modelId, request }: ModelQuery, lastUserText: string): string {
  const textFormat = request.outputConfig?.textFormat;
  if (textFormat) return JSON.stringify(exampleOf(schemaIn(textFormat.structure.jsonSchema), 'answer'));
  const results = quotedResults(request);
  const answer = results === undefined ? `You wrote: ${lastUserText}` : `The tool ${results}`;
  return `This is ${modelId} in the Bedrock emulator: no model has read your message. ${answer}`;
}

/** @throws AwsError */
function schemaIn({ schema }: { schema: string }): Schema {
  try {
    return JSON.parse(schema) as Schema;
  } catch {
    throw malformed(['outputConfig', 'textFormat', 'structure', 'jsonSchema', 'schema'], 'is not valid JSON');
  }
}

/** Cuts a text where a stop sequence, or the maximum of tokens after its reasoning, ends it. */
function endOf(whole: string, { model, request }: ModelQuery, reasoningLength: number) {
  const { maxTokens = Math.min(DEFAULT_MAX_TOKENS, model.maxOutputTokens), stopSequences = [] } =
    request.inferenceConfig;
  const [stopSequence] = stopSequences
    .filter((sequence) => whole.includes(sequence))
    .sort((a, b) => whole.indexOf(a) - whole.indexOf(b));
  const stopped = stopSequence === undefined ? whole : whole.slice(0, whole.indexOf(stopSequence));
  const text = stopped.slice(0, Math.max(charactersOf(maxTokens) - reasoningLength, 0));
  if (text.length < stopped.length) return { text, stopReason: 'max_tokens' as const };
  if (stopSequence === undefined) return { text, stopReason: 'end_turn' as const };
  return { text, stopReason: 'stop_sequence' as const, stopSequence };
}

function textOfLastUser({ messages }: ConverseRequest): string {
  const { content = [] } = messages.findLast(({ role }) => role === 'user') ?? {};
  return content
    .filter(({ text, guardContent }) => text !== undefined || guardContent)
    .map(textOf)
    .join('\n');
}

/** Quotes the begin of the first source of which the request wants citations. */
function citationFor({ messages }: ConverseRequest): Citation | undefined {
  const sources = messages.flatMap(({ content }) => content).filter(isSource);
  const isSearchResult = (block: ContentBlock) => block.searchResult !== undefined;
  const cited = sources.find(
    ({ document, searchResult }) => (document ?? searchResult)?.citations?.enabled === true,
  );
  if (!cited) return undefined;
  const alike = sources.filter((block) => isSearchResult(block) === isSearchResult(cited));
  const title = cited.document?.name ?? cited.searchResult?.title ?? '';
  return {
    title,
    index: alike.indexOf(cited),
    isSearchResult: isSearchResult(cited),
    quote: (textOf(cited) || title).slice(0, MAX_QUOTE),
  };
}

const isSource = ({ document, searchResult }: ContentBlock) => (document ?? searchResult) !== undefined;

/** Splits a text into the pieces that a stream delivers: three words each. */
export const deltasOf = (text: string): string[] => text.match(/(?:\S+\s*|\s+){1,3}/g) ?? [''];

/** Splits the input of a tool into the pieces of a stream, without regard to JSON. */
export const inputDeltasOf = (input: unknown): string[] => JSON.stringify(input).match(/.{1,12}/gs) ?? [];
