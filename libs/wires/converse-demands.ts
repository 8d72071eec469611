import type { Capability } from '#libs/catalogue/capabilities.js';
import { neededByTurns } from '#libs/inference/request-form.js';
import { tokensOf } from '#libs/inference/token-estimate.js';
import { tierOf } from '#libs/platform/bedrock/converse-request.js';
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
  type Thinking,
  thinkingAt,
} from './demands.js';
import type { Path } from './json-edits.js';
import type { JsonObject, ReadBody } from './read-body.js';

const PLACES: Places = {
  temperature: ['inferenceConfig', 'temperature'],
  topP: ['inferenceConfig', 'topP'],
  topK: ['additionalModelRequestFields', 'top_k'],
  maxTokens: ['inferenceConfig', 'maxTokens'],
  effort: ['outputConfig', 'effort'],
};
const INFERENCE = ['maxTokens', 'temperature', 'topP', 'stopSequences'];

/** Names that differ between Converse and Nova's own form. */
interface Names {
  places: Places;
  members: ReadonlySet<string>;
  inference: ReadonlySet<string>;
}

const CONVERSE: Names = {
  places: PLACES,
  members: new Set([
    ...['messages', 'system', 'inferenceConfig', 'toolConfig', 'guardrailConfig', 'requestMetadata'],
    ...['additionalModelRequestFields', 'performanceConfig', 'serviceTier', 'outputConfig'],
  ]),
  inference: new Set(INFERENCE),
};
const NOVA: Names = {
  places: { ...PLACES, topK: ['inferenceConfig', 'topK'] },
  members: new Set(['schemaVersion', 'messages', 'system', 'inferenceConfig', 'toolConfig']),
  inference: new Set([...INFERENCE, 'topK']),
};
/** Content blocks, and the form that each needs; null: none. */
const BLOCKS: Record<string, Capability | null> = {
  text: null,
  json: null,
  image: 'image',
  document: 'document',
  video: 'video',
  audio: 'audio',
  toolUse: 'tools',
  toolResult: 'tools',
  searchResult: 'citations',
  citationsContent: 'citations',
  guardContent: 'guardrail',
  cachePoint: null,
  reasoningContent: null,
};
const KNOWN_BLOCKS = new Set(Object.keys(BLOCKS));
const KNOWN_TOOLS = new Set(['toolSpec', 'cachePoint']);
const KNOWN_OUTPUT = new Set(['textFormat', 'effort']);
/** Fields that say how the model reasons; a model of another family does without them. */
const THINKING_FIELDS = ['thinking', 'reasoningConfig', 'reasoning_effort'];

/** Reads what a request of Converse demands, in one pass over its parsed body. */
export const converseDemands = (body: ReadBody): Demands => demandsBy(CONVERSE, body);

/** Reads what a request in Nova's own form demands, which resembles that of Converse. */
export const novaDemands = (body: ReadBody): Demands => demandsBy(NOVA, body);

function demandsBy(names: Names, { json, cutCharacters }: ReadBody): Demands {
  const { requestMetadata, ...request } = json;
  const messages = listIn(request.messages).map(objectIn);
  const fields = objectIn(request.additionalModelRequestFields);
  const inference = objectIn(request.inferenceConfig);
  const output = objectIn(request.outputConfig);
  const blocks = blocksOf(request, messages);
  const tools = listIn(objectIn(request.toolConfig).tools).map(objectIn);
  return {
    needs: [
      ...new Set([
        ...neededByTurns(
          messages.map(({ role }) => role),
          listIn(inference.stopSequences),
        ),
        ...blocks.flatMap(neededByBlock),
        ...neededByTools(request, tools),
        ...(request.guardrailConfig == null ? [] : ['guardrail' as const]),
        ...(output.textFormat == null ? [] : ['structuredOutput' as const]),
      ]),
    ],
    hasUnknown: hasUnknown(names, request, blocks, tools),
    hasOwnFields: Object.keys(fields).some((name) => name !== 'top_k' && !THINKING_FIELDS.includes(name)),
    tuning: {
      temperature: numberIn(inference.temperature),
      topP: numberIn(inference.topP),
      topK: numberIn(fields.top_k ?? inference.topK),
    },
    maxTokens: numberIn(inference.maxTokens),
    cachePoints: [...blocks, ...tools.map((block, at) => inTools(block, at))].flatMap(cachePointOf),
    reasoning: messages.flatMap(reasoningOf),
    thinking: thinkingIn(fields),
    hasEffort: output.effort != null,
    tier: tierIn(request),
    options: {
      ...(request.serviceTier != null && { serviceTier: ['serviceTier'] }),
      ...(request.performanceConfig != null && { performanceConfig: ['performanceConfig'] }),
    },
    places: names.places,
    metadata: requestMetadata == null ? undefined : ['requestMetadata'],
    inputTokens: tokensOf(charactersIn(request) + cutCharacters),
  };
}

function blocksOf(request: JsonObject, messages: JsonObject[]): Placed[] {
  const system = listIn(request.system).map((block, at) => ({
    path: ['system', at] as Path,
    block: objectIn(block),
  }));
  const content = messages.flatMap((message, at) =>
    listIn(message.content).map((block, index) => ({
      path: ['messages', at, 'content', index] as Path,
      block: objectIn(block),
    })),
  );
  const results = content.flatMap(({ path, block }) =>
    listIn(objectIn(block.toolResult).content).map((inner, index) => ({
      path: [...path, 'toolResult', 'content', index] as unknown as Path,
      block: objectIn(inner),
    })),
  );
  return [...system, ...content, ...results];
}

function neededByBlock({ block }: Placed): Capability[] {
  return Object.entries(block).flatMap(([kind, value]) => {
    const { source, citations } = objectIn(value);
    const needed = BLOCKS[kind];
    return [
      ...(needed ? [needed] : []),
      ...('s3Location' in objectIn(source) ? ['s3Location' as const] : []),
      ...(kind === 'document' && citations != null ? ['citations' as const] : []),
    ];
  });
}

function neededByTools({ toolConfig }: JsonObject, tools: JsonObject[]): Capability[] {
  if (toolConfig == null) return [];
  const choice = objectIn(objectIn(toolConfig).toolChoice);
  return [
    'tools',
    ...('any' in choice ? ['toolChoiceAny' as const] : []),
    ...('tool' in choice ? ['toolChoiceTool' as const] : []),
    ...(tools.some(({ toolSpec }) => objectIn(toolSpec).strict === true) ? ['strictTools' as const] : []),
  ];
}

function hasUnknown(names: Names, request: JsonObject, blocks: Placed[], tools: JsonObject[]): boolean {
  const usesTools = blocks.some(({ block }) => 'toolUse' in block || 'toolResult' in block);
  return (
    hasOther(request, names.members) ||
    hasOther(objectIn(request.inferenceConfig), names.inference) ||
    hasOther(objectIn(request.outputConfig), KNOWN_OUTPUT) ||
    tools.some((tool) => hasOther(tool, KNOWN_TOOLS)) ||
    blocks.some(({ block }) => Object.keys(block).length === 0 || hasOther(block, KNOWN_BLOCKS)) ||
    blocks.some(isOfServerTool) ||
    // A model may demand the configuration of the tools in the history.
    (usesTools && request.toolConfig == null)
  );
}

/** A tool that runs at AWS, such as the grounding of Nova: models of another family have none of this name. */
const isOfServerTool = ({ block: { toolUse, toolResult } }: Placed): boolean =>
  objectIn(toolUse).type != null || objectIn(toolResult).type != null;

const inTools = (block: JsonObject, at: number): Placed => ({ path: ['toolConfig', 'tools', at], block });

function cachePointOf({ path, block }: Placed): CachePoint[] {
  if (!('cachePoint' in block)) return [];
  const isHour = objectIn(block.cachePoint).ttl === '1h';
  return [
    {
      path,
      inTools: path[0] === 'toolConfig',
      ...(isHour && { hourPath: [...path, 'cachePoint', 'ttl'] as unknown as Path }),
    },
  ];
}

function reasoningOf({ content }: JsonObject, message: number): Reasoning[] {
  const blocks = listIn(content).map(objectIn);
  const isAlone = blocks.every((block) => 'reasoningContent' in block || 'cachePoint' in block);
  return blocks.flatMap(({ reasoningContent }, at) => {
    if (reasoningContent === undefined) return [];
    const { reasoningText, redactedContent } = objectIn(reasoningContent);
    const isSigned = redactedContent !== undefined || 'signature' in objectIn(reasoningText);
    return [{ path: ['messages', message, 'content', at], isSigned, isAlone }];
  });
}

function thinkingIn(fields: JsonObject): Thinking | undefined {
  const name = THINKING_FIELDS.find((field) => field in fields);
  if (name === undefined) return undefined;
  return thinkingAt(['additionalModelRequestFields', name], objectIn(fields.thinking));
}

const tierIn = ({ serviceTier, performanceConfig }: JsonObject): string | undefined =>
  tierOf({ serviceTier: objectIn(serviceTier), performanceConfig: objectIn(performanceConfig) });
