import { z } from 'zod';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import type { JsonObject } from '../read-body.js';
import { DocumentNames } from './document-names.js';
import { fieldErrorsOf } from './field-errors.js';

const ONLY_CLAUDE = 'is taken by models of Claude only';
/** A member, or a kind of block, that has no place in Converse. */
const forClaude = {
  error: ({ code }: { code?: string }) =>
    code === 'unrecognized_keys' || code === 'invalid_union' ? ONLY_CLAUDE : undefined,
};
const absent = z.null(ONLY_CLAUDE).optional();
const strict = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape, forClaude);

const CacheControl = strict({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() }).nullish();
const block = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  strict({ type: z.literal(type), cache_control: CacheControl, ...shape });
const base64 = <Type extends string>(...types: readonly [Type, ...Type[]]) =>
  strict({ type: z.literal('base64'), media_type: z.enum(types), data: z.string() });

const Text = block('text', { text: z.string(), citations: absent });
const Image = block('image', {
  source: base64('image/png', 'image/jpeg', 'image/gif', 'image/webp'),
  transformations: absent,
});
const Document = block('document', {
  source: z.discriminatedUnion(
    'type',
    [
      base64('application/pdf'),
      strict({ type: z.literal('text'), media_type: z.literal('text/plain'), data: z.string() }),
    ],
    forClaude,
  ),
  title: z.string().nullish(),
  citations: strict({ enabled: z.literal(false, ONLY_CLAUDE).optional() }).nullish(),
  context: absent,
});

/** A text stands for one block. */
const contentOf = <Block extends z.ZodType>(blocks: Block) =>
  z.preprocess(
    (content) => (typeof content === 'string' ? [{ type: 'text', text: content }] : content),
    z.array(blocks),
  );

const Block = z.discriminatedUnion(
  'type',
  [
    Text,
    Image,
    Document,
    block('tool_use', {
      id: z.string(),
      name: z.string(),
      input: z.unknown(),
      caller: strict({ type: z.literal('direct', ONLY_CLAUDE) }).nullish(),
      toolset_name: absent,
    }),
    block('tool_result', {
      tool_use_id: z.string(),
      content: contentOf(z.discriminatedUnion('type', [Text, Image, Document], forClaude)).optional(),
      is_error: z.boolean().optional(),
      toolset_name: absent,
    }),
    strict({ type: z.literal('thinking'), thinking: z.string(), signature: z.string().optional() }),
    strict({ type: z.literal('redacted_thinking'), data: z.string() }),
  ],
  forClaude,
);
type Block = z.output<typeof Block>;

const parallel = { disable_parallel_tool_use: z.literal(false, ONLY_CLAUDE).optional() };
const ToolChoice = z.discriminatedUnion(
  'type',
  [
    strict({ type: z.literal('auto'), ...parallel }),
    strict({ type: z.literal('any'), ...parallel }),
    strict({ type: z.literal('tool'), name: z.string(), ...parallel }),
    strict({ type: z.literal('none') }),
  ],
  forClaude,
);

const Tool = strict({
  type: z.literal('custom', ONLY_CLAUDE).nullish(),
  name: z.string(),
  description: z.string().optional(),
  input_schema: z.looseObject({}),
  strict: z.boolean().optional(),
  cache_control: CacheControl,
});
type Tool = z.output<typeof Tool>;

const Messages = strict({
  // Of the envelope: who answers, how, and for whom. Betas are of Claude, and their members are refused below.
  model: z.unknown().optional(),
  stream: z.unknown().optional(),
  metadata: z.unknown().optional(),
  anthropic_version: z.unknown().optional(),
  anthropic_beta: z.unknown().optional(),
  max_tokens: z.number(),
  messages: z.array(strict({ role: z.enum(['user', 'assistant']), content: contentOf(Block) })),
  system: contentOf(Text).optional(),
  stop_sequences: z.array(z.string()).optional(),
  temperature: z.number().optional(),
  top_p: z.number().optional(),
  top_k: z.number().optional(),
  tools: z.array(Tool).optional(),
  tool_choice: ToolChoice.optional(),
  thinking: z.looseObject({ type: z.string() }).optional(),
  output_config: strict({
    effort: z.string().nullish(),
    format: strict({ type: z.literal('json_schema'), schema: z.looseObject({}) }).nullish(),
  }).optional(),
});
type Messages = z.output<typeof Messages>;

/**
 * Returns a request of the Messages API as one of Converse, for models of other families than Claude.
 * @throws InvalidInputError that names each field without a place in Converse
 */
export function converseOfClaude(json: unknown): JsonObject {
  const read = Messages.safeParse(json);
  if (!read.success) throw new InvalidInputError(fieldErrorsOf(read.error));
  const request = read.data;
  const names = new DocumentNames();
  const { max_tokens: maxTokens, temperature, top_p: topP, stop_sequences: stopSequences } = request;
  return {
    messages: request.messages.map(({ role, content }) => ({ role, content: blocksOf(content, names) })),
    ...(request.system && { system: blocksOf(request.system, names) }),
    inferenceConfig: { maxTokens, temperature, topP, stopSequences },
    ...toolConfigOf(request),
    ...ownFieldsOf(request),
    ...outputConfigOf(request),
  };
}

/** Returns each block, and a cache point after those that have a cache control. */
const blocksOf = (blocks: Block[], names: DocumentNames): object[] =>
  blocks.flatMap((each) => [blockOf(each, names), ...cachePointAfter(each)]);

function blockOf(block: Block, names: DocumentNames): object {
  switch (block.type) {
    case 'text':
      return { text: block.text };
    case 'image':
      return { image: { format: formatOf(block.source), source: { bytes: block.source.data } } };
    case 'document':
      return { document: documentOf(block, names) };
    case 'tool_use':
      return { toolUse: { toolUseId: block.id, name: block.name, input: block.input } };
    case 'tool_result':
      return { toolResult: toolResultOf(block, names) };
    case 'thinking': {
      const { thinking: text, signature } = block;
      return { reasoningContent: { reasoningText: { text, signature } } };
    }
    case 'redacted_thinking':
      return { reasoningContent: { redactedContent: block.data } };
  }
}

const formatOf = ({ media_type: type }: { media_type: string }) => type.slice(type.indexOf('/') + 1);

function documentOf({ source, title }: z.output<typeof Document>, names: DocumentNames): object {
  const isText = source.type === 'text';
  return {
    format: isText ? 'txt' : 'pdf',
    name: names.nameOf(title ?? ''),
    source: { bytes: isText ? Buffer.from(source.data).toString('base64') : source.data },
  };
}

/** The content of a result has no cache points: one comes after the result. */
function toolResultOf(
  { tool_use_id: toolUseId, content = [], is_error: isError }: Extract<Block, { type: 'tool_result' }>,
  names: DocumentNames,
): object {
  return {
    toolUseId,
    content: content.map((each) => blockOf(each, names)),
    ...(isError && { status: 'error' }),
  };
}

function cachePointAfter(cached: Block | Tool): object[] {
  const inner = 'type' in cached && cached.type === 'tool_result' ? (cached.content ?? []) : [];
  const [control] = [cached, ...inner].flatMap((each) =>
    'cache_control' in each && each.cache_control ? [each.cache_control] : [],
  );
  if (!control) return [];
  return [{ cachePoint: { type: 'default', ...(control.ttl === '1h' && { ttl: '1h' }) } }];
}

/** Without a choice where it is `none`: tools are kept only for those of earlier turns. */
function toolConfigOf({ tools = [], tool_choice: choice, messages }: Messages): object {
  const isUsed = messages.some(({ content }) =>
    content.some(({ type }) => type === 'tool_use' || type === 'tool_result'),
  );
  if (tools.length === 0 || (choice?.type === 'none' && !isUsed)) return {};
  return {
    toolConfig: {
      tools: tools.flatMap((tool) => [{ toolSpec: toolSpecOf(tool) }, ...cachePointAfter(tool)]),
      ...(choice && choice.type !== 'none' && { toolChoice: toolChoiceOf(choice) }),
    },
  };
}

const toolSpecOf = ({ name, description, input_schema: json, strict: isStrict }: Tool) => ({
  name,
  ...(description && { description }),
  inputSchema: { json },
  ...(isStrict !== undefined && { strict: isStrict }),
});

const toolChoiceOf = (choice: z.output<typeof ToolChoice>) => ({
  [choice.type]: choice.type === 'tool' ? { name: choice.name } : {},
});

/** Settings in Claude's own words; a model of another family does not get those that it does not know. */
function ownFieldsOf({ top_k, thinking }: Messages): object {
  const fields = {
    ...(top_k !== undefined && { top_k }),
    ...(thinking && thinking.type !== 'disabled' && { thinking }),
  };
  return Object.keys(fields).length > 0 ? { additionalModelRequestFields: fields } : {};
}

function outputConfigOf({ output_config: output }: Messages): object {
  const format = output?.format;
  const config = {
    ...(output?.effort && { effort: output.effort }),
    ...(format && {
      textFormat: {
        type: 'json_schema',
        structure: { jsonSchema: { name: 'answer', schema: JSON.stringify(format.schema) } },
      },
    }),
  };
  return Object.keys(config).length > 0 ? { outputConfig: config } : {};
}
