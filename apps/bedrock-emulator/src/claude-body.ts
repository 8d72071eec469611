import { z } from 'zod';
import { type AwsError, invalid } from './aws-error.js';
import { ConverseRequest, parsed } from './converse-request.js';
import { unpairedTools } from './converse-rules.js';

const cache_control = z
  .looseObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })
  .nullish();
const block = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.looseObject({ type: z.literal(type), cache_control, ...shape });
const citations = z.looseObject({ enabled: z.boolean() }).optional();
/** Bedrock loads nothing from a URL. */
const Base64 = z.looseObject({
  type: z.literal('base64'),
  media_type: z.string().regex(/^\w+\/[\w.+-]+$/),
  data: z.string(),
});

const Text = block('text', { text: z.string() });
const Image = block('image', { source: Base64 });
const Document = block('document', {
  source: z.discriminatedUnion('type', [
    Base64,
    z.looseObject({ type: z.literal('text'), media_type: z.literal('text/plain'), data: z.string() }),
    z.looseObject({ type: z.literal('content'), content: z.union([z.string(), z.array(Text)]) }),
  ]),
  title: z.string().nullish(),
  citations,
});
const SearchResult = block('search_result', {
  source: z.string(),
  title: z.string(),
  content: z.array(Text),
  citations,
});
const ResultContent = z.union([
  z.string(),
  z.array(z.discriminatedUnion('type', [Text, Image, Document, SearchResult])),
]);
const Block = z.discriminatedUnion('type', [
  Text,
  Image,
  Document,
  SearchResult,
  block('tool_use', { id: z.string(), name: z.string(), input: z.unknown() }),
  block('tool_result', {
    tool_use_id: z.string(),
    content: ResultContent.default([]),
    is_error: z.boolean().optional(),
  }),
  block('thinking', { thinking: z.string(), signature: z.string().optional() }),
  block('redacted_thinking', { data: z.string() }),
]);
type Block = z.output<typeof Block>;

const ClaudeBody = z.strictObject({
  anthropic_version: z.literal('bedrock-2023-05-31'),
  anthropic_beta: z.array(z.string()).optional(),
  max_tokens: z.number().int().min(1),
  system: z.union([z.string(), z.array(Text)]).optional(),
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['user', 'assistant']),
        content: z.union([z.string(), z.array(Block).min(1)]),
      }),
    )
    .min(1),
  stop_sequences: z.array(z.string().min(1)).optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.number().int().optional(),
  tools: z
    .array(
      z.looseObject({
        name: z.string(),
        description: z.string().optional(),
        input_schema: z.unknown().optional(),
        strict: z.boolean().optional(),
        cache_control,
      }),
    )
    .optional(),
  tool_choice: z
    .looseObject({
      type: z.enum(['auto', 'any', 'tool', 'none']),
      name: z.string().optional(),
      disable_parallel_tool_use: z.boolean().optional(),
    })
    .optional(),
  thinking: z.unknown().optional(),
  output_config: z
    .looseObject({
      effort: z.string().optional(),
      format: z.looseObject({ type: z.literal('json_schema'), schema: z.unknown() }).optional(),
    })
    .optional(),
  context_management: z.unknown().optional(),
  metadata: z.unknown().optional(),
});
type ClaudeBody = z.output<typeof ClaudeBody>;

/** Reads a body of the Messages API in the words of Converse. @throws AwsError */
export function parseClaude(raw: unknown): ConverseRequest {
  const body = parsed(ClaudeBody, raw);
  const { temperature, top_p: topP, thinking, top_k, tool_choice, output_config: output } = body;
  const request = parsed(ConverseRequest, {
    messages: body.messages.map(({ role, content }) => ({ role, content: blocksOf(content) })),
    system: blocksOf(body.system ?? []),
    inferenceConfig: { maxTokens: body.max_tokens, temperature, topP, stopSequences: body.stop_sequences },
    toolConfig: toolConfigOf(body),
    additionalModelRequestFields: { thinking, top_k, tool_choice },
    outputConfig: output && { effort: output.effort, textFormat: textFormatOf(output.format) },
  });
  const unpaired = unpairedTools(request.messages).find(
    ({ missing, extra }) => missing.length + extra.length,
  );
  if (unpaired) throw unpairedError(unpaired);
  return request;
}

function unpairedError({ at, missing, extra }: ReturnType<typeof unpairedTools>[number]): AwsError {
  const fault =
    missing.length > 0
      ? `messages.${at - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`
      : `messages.${at}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${extra.join(', ')}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
  return invalid(fault);
}

/** Gives each block, and a cache point after those that have a cache control. */
const blocksOf = (content: string | Block[]): object[] =>
  typeof content === 'string'
    ? [{ text: content }]
    : content.flatMap((each) => [blockOf(each), ...cachePointAfter(each)]);

const cachePointAfter = ({
  cache_control: control,
}: {
  cache_control?: { ttl?: string | undefined } | null | undefined;
}) => (control ? [{ cachePoint: { type: 'default', ttl: control.ttl } }] : []);

function blockOf(block: Block): object {
  switch (block.type) {
    case 'text':
      return { text: block.text };
    case 'image':
      return { image: { format: formatOf(block.source), source: { bytes: block.source.data } } };
    case 'document':
      return { document: documentOf(block) };
    case 'search_result': {
      const { source, title, content, citations } = block;
      return { searchResult: { source, title, content, citations } };
    }
    case 'tool_use':
      return { toolUse: { toolUseId: block.id, name: block.name, input: block.input } };
    case 'tool_result': {
      const { tool_use_id: toolUseId, content, is_error: isError } = block;
      return { toolResult: { toolUseId, content: blocksOf(content), status: isError ? 'error' : undefined } };
    }
    case 'thinking':
      return { reasoningContent: { reasoningText: { text: block.thinking, signature: block.signature } } };
    case 'redacted_thinking':
      return { reasoningContent: { redactedContent: block.data } };
  }
}

const formatOf = ({ media_type: type }: { media_type: string }) => type.slice(type.indexOf('/') + 1);

function documentOf({ source, title, citations }: Extract<Block, { type: 'document' }>): object {
  const name = title ?? 'Untitled';
  if (source.type === 'base64')
    return { name, citations, format: formatOf(source), source: { bytes: source.data } };
  if (source.type === 'text') return { name, citations, source: { text: source.data } };
  return { name, citations, source: { content: blocksOf(source.content) } };
}

const textFormatOf = (format: { type: string; schema: unknown } | undefined) =>
  format && { type: format.type, structure: { jsonSchema: { schema: JSON.stringify(format.schema) } } };

/** Without tools where the choice is `none`: the model uses none then. */
function toolConfigOf({ tools = [], tool_choice: choice }: ClaudeBody): object | undefined {
  if (tools.length === 0 || choice?.type === 'none') return undefined;
  return {
    tools: tools.flatMap(({ name, description, input_schema: json, strict, ...tool }) => [
      { toolSpec: { name, description, inputSchema: { json }, strict } },
      ...cachePointAfter(tool),
    ]),
    toolChoice: choice && { [choice.type]: choice.type === 'tool' ? { name: choice.name } : {} },
  };
}
