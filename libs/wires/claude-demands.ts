import type { Capability } from '#libs/catalogue/capabilities.js';
import { neededByTurns } from '#libs/inference/request-form.js';
import { tokensOf } from '#libs/inference/token-estimate.js';
import {
  type CachePoint,
  charactersIn,
  type Demands,
  hasOther,
  listIn,
  numberIn,
  objectIn,
  type Placed,
  type Places,
  type Reasoning,
  thinkingAt,
} from './demands.js';
import type { Path } from './json-edits.js';
import type { JsonObject, ReadBody } from './read-body.js';

const PLACES: Places = {
  temperature: ['temperature'],
  topP: ['top_p'],
  topK: ['top_k'],
  maxTokens: ['max_tokens'],
  effort: ['output_config', 'effort'],
};
const KNOWN_MEMBERS = new Set([
  ...['anthropic_version', 'anthropic_beta', 'messages', 'system', 'metadata', 'tools', 'tool_choice'],
  ...['max_tokens', 'temperature', 'top_p', 'top_k', 'stop_sequences', 'thinking', 'output_config'],
]);
const KNOWN_OUTPUT = new Set(['effort', 'format']);
/** Content blocks, and the form that each needs; null: none. */
const BLOCKS: Record<string, Capability | null> = {
  text: null,
  image: 'image',
  document: 'document',
  tool_use: 'tools',
  tool_result: 'tools',
  search_result: 'citations',
  thinking: null,
  redacted_thinking: null,
};
const REASONING = new Set(['thinking', 'redacted_thinking']);

/** Reads what a request in the form of Anthropic's Messages API demands, in one pass over its parsed body. */
export function claudeDemands({ json, cutCharacters }: ReadBody): Demands {
  const messages = listIn(json.messages).map(objectIn);
  const blocks = blocksOf(json, messages);
  const tools = listIn(json.tools).map((tool, at) => ({
    path: ['tools', at] as Path,
    block: objectIn(tool),
  }));
  const output = objectIn(json.output_config);
  const roles = messages.map(({ role }) => role);
  return {
    needs: [
      ...new Set([
        ...neededByTurns(roles, listIn(json.stop_sequences)),
        ...blocks.flatMap(neededByBlock),
        ...neededByTools(json, tools),
        ...(output.format == null ? [] : ['structuredOutput' as const]),
      ]),
    ],
    hasUnknown:
      hasOther(json, KNOWN_MEMBERS) ||
      hasOther(output, KNOWN_OUTPUT) ||
      tools.some(({ block }) => isOfServer(block)) ||
      blocks.some(({ block }) => !Object.hasOwn(BLOCKS, String(block.type))),
    hasOwnFields: false,
    tuning: {
      temperature: numberIn(json.temperature),
      topP: numberIn(json.top_p),
      topK: numberIn(json.top_k),
    },
    maxTokens: numberIn(json.max_tokens),
    cachePoints: [...blocks, ...tools].flatMap(cachePointOf),
    reasoning: messages.flatMap(reasoningOf),
    thinking: json.thinking == null ? undefined : thinkingAt(['thinking'], objectIn(json.thinking)),
    hasEffort: output.effort != null,
    tier: undefined,
    options: {},
    places: PLACES,
    metadata: json.metadata == null ? undefined : ['metadata'],
    inputTokens: tokensOf(charactersIn(json) + cutCharacters),
  };
}

/** Returns the blocks of the system prompt, of the messages and of the results of tools in them. */
export function blocksOf({ system }: JsonObject, messages: JsonObject[]): Placed[] {
  const placed = (list: unknown, path: Path): Placed[] =>
    listIn(list).map((block, at) => ({ path: [...path, at] as unknown as Path, block: objectIn(block) }));
  const content = messages.flatMap((message, at) => placed(message.content, ['messages', at, 'content']));
  const results = content
    .filter(({ block }) => block.type === 'tool_result')
    .flatMap(({ block, path }) => placed(block.content, [...path, 'content'] as unknown as Path));
  return [...placed(system, ['system']), ...content, ...results];
}

function neededByBlock({ block: { type, citations } }: Placed): Capability[] {
  const needed = BLOCKS[String(type)];
  const cites = objectIn(citations).enabled === true;
  return [...(needed ? [needed] : []), ...(cites ? ['citations' as const] : [])];
}

function neededByTools({ tool_choice }: JsonObject, tools: Placed[]): Capability[] {
  const { type } = objectIn(tool_choice);
  return [
    ...(tools.length > 0 ? ['tools' as const] : []),
    ...(type === 'any' ? ['toolChoiceAny' as const] : []),
    ...(type === 'tool' ? ['toolChoiceTool' as const] : []),
    ...(tools.some(({ block }) => block.strict === true) ? ['strictTools' as const] : []),
  ];
}

/** A tool that Anthropic defines: not every model has it. */
const isOfServer = ({ type }: JsonObject): boolean => type !== undefined && type !== 'custom';

function cachePointOf({ path, block }: Placed): CachePoint[] {
  if (block.cache_control == null) return [];
  const place = [...path, 'cache_control'] as unknown as Path;
  const isHour = objectIn(block.cache_control).ttl === '1h';
  return [
    {
      path: place,
      inTools: path[0] === 'tools',
      ...(isHour && { hourPath: [...place, 'ttl'] as unknown as Path }),
    },
  ];
}

function reasoningOf({ content }: JsonObject, message: number): Reasoning[] {
  const blocks = listIn(content).map(objectIn);
  const isAlone = blocks.every(({ type }) => REASONING.has(String(type)));
  return blocks.flatMap((block, at) => {
    if (!REASONING.has(String(block.type))) return [];
    const isSigned = block.type === 'redacted_thinking' || 'signature' in block;
    return [{ path: ['messages', message, 'content', at], isSigned, isAlone }];
  });
}
