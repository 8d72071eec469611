import { z } from 'zod';
import { invalid } from './aws-error.js';

/** Members that are not known are let through unseen, as Bedrock does with those of a newer SDK. */
const CachePoint = z.looseObject({ type: z.literal('default'), ttl: z.enum(['5m', '1h']).optional() });
const Citations = z.looseObject({ enabled: z.boolean() }).optional();
const Text = z.looseObject({ text: z.string().optional() });
const Source = z.looseObject({
  bytes: z.string().optional(),
  s3Location: z.looseObject({ uri: z.string() }).optional(),
  text: z.string().optional(),
  content: z.array(Text).optional(),
});
const media = (...formats: string[]) =>
  z.looseObject({ format: z.enum(formats).optional(), source: Source, citations: Citations });

const image = media('png', 'jpeg', 'gif', 'webp').optional();
const document = media('pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md')
  .extend({ name: z.string().min(1) })
  .optional();
const video = media('mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp').optional();
const audio = media('mp3', 'opus', 'wav', 'aac', 'flac', 'mp4', 'ogg', 'mkv').optional();
const searchResult = z
  .looseObject({ source: z.string(), title: z.string(), content: z.array(Text), citations: Citations })
  .optional();
const toolName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);

const ResultBlock = z.looseObject({
  text: z.string().optional(),
  json: z.unknown().optional(),
  image,
  document,
  video,
  searchResult,
});
const ContentBlock = z.looseObject({
  text: z.string().optional(),
  image,
  document,
  video,
  audio,
  searchResult,
  toolUse: z.looseObject({ toolUseId: toolName, name: toolName, input: z.unknown() }).optional(),
  toolResult: z
    .looseObject({
      toolUseId: toolName,
      content: z.array(ResultBlock),
      status: z.enum(['success', 'error']).optional(),
    })
    .optional(),
  reasoningContent: z
    .looseObject({
      reasoningText: z.looseObject({ text: z.string(), signature: z.string().optional() }).optional(),
      redactedContent: z.string().optional(),
    })
    .optional(),
  citationsContent: z.looseObject({ content: z.array(Text).optional() }).optional(),
  guardContent: z.looseObject({ text: Text.optional() }).optional(),
  cachePoint: CachePoint.optional(),
});
const Tool = z.looseObject({
  toolSpec: z
    .looseObject({
      name: toolName,
      description: z.string().optional(),
      inputSchema: z.looseObject({ json: z.unknown() }),
      strict: z.boolean().optional(),
    })
    .optional(),
  cachePoint: CachePoint.optional(),
});
const ToolConfig = z.looseObject({
  tools: z.array(Tool).min(1),
  toolChoice: z
    .looseObject({
      auto: z.unknown().optional(),
      any: z.unknown().optional(),
      tool: z.looseObject({ name: toolName }).optional(),
    })
    .optional(),
});
/** Members of `additionalModelRequestFields` that change an answer, in the words of their families. */
const ModelFields = z.looseObject({
  thinking: z
    .looseObject({
      type: z.enum(['enabled', 'adaptive', 'disabled']),
      budget_tokens: z.number().int().min(1_024).optional(),
    })
    .optional(),
  reasoningConfig: z
    .looseObject({
      type: z.enum(['enabled', 'disabled']),
      maxReasoningEffort: z.enum(['low', 'medium', 'high']).optional(),
    })
    .optional(),
  reasoning_effort: z.string().optional(),
  tool_choice: z.looseObject({ disable_parallel_tool_use: z.boolean().optional() }).optional(),
  top_k: z.number().int().optional(),
});

export const ConverseRequest = z.looseObject({
  messages: z
    .array(z.looseObject({ role: z.enum(['user', 'assistant']), content: z.array(ContentBlock).min(1) }))
    .default([]),
  system: z
    .array(
      z.looseObject({
        text: z.string().optional(),
        guardContent: z.looseObject({ text: Text.optional() }).optional(),
        cachePoint: CachePoint.optional(),
      }),
    )
    .default([]),
  inferenceConfig: z
    .looseObject({
      maxTokens: z.number().int().min(1).optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
      stopSequences: z.array(z.string().min(1)).optional(),
    })
    .default({}),
  toolConfig: ToolConfig.optional(),
  guardrailConfig: z
    .looseObject({ guardrailIdentifier: z.string().optional(), guardrailVersion: z.string().optional() })
    .optional(),
  additionalModelRequestFields: ModelFields.default({}),
  outputConfig: z
    .looseObject({
      textFormat: z
        .looseObject({
          type: z.literal('json_schema'),
          structure: z.looseObject({ jsonSchema: z.looseObject({ schema: z.string() }) }),
        })
        .optional(),
      effort: z.string().optional(),
    })
    .optional(),
  performanceConfig: z.looseObject({ latency: z.enum(['standard', 'optimized']).optional() }).optional(),
  serviceTier: z.looseObject({ type: z.enum(['priority', 'default', 'flex', 'reserved']) }).optional(),
});

/** A request in the words of Converse; native bodies are translated into it. */
export type ConverseRequest = z.output<typeof ConverseRequest>;
export type Message = ConverseRequest['messages'][number];
export type ContentBlock = Message['content'][number];
export type CachePoint = z.output<typeof CachePoint>;
export type ToolSpec = NonNullable<z.output<typeof Tool>['toolSpec']>;

type Issue = z.core.$ZodIssue;

/** Reads a body or refuses it as Bedrock does. @throws AwsError */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw malformed(...wordsOf(result.error.issues[0]!, body));
}

export const malformed = (path: PropertyKey[], fault: string) =>
  invalid(
    `Malformed input request: ${['#', ...path].join('/')}: ${fault}, please reformat your input and try again.`,
  );

function wordsOf(issue: Issue, body: unknown): [path: PropertyKey[], fault: string] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') return [path, `extraneous key [${issue.keys[0]}] is not permitted`];
  if (path.length > 0 && valueAt(path, body) === undefined)
    return [path.slice(0, -1), `required key [${String(path.at(-1))}] not found`];
  return [path, issue.message];
}

const valueAt = (path: PropertyKey[], body: unknown): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], body);

export const toolsOf = ({ toolConfig }: ConverseRequest): ToolSpec[] =>
  (toolConfig?.tools ?? []).flatMap(({ toolSpec }) => toolSpec ?? []);

/** A block of a message, and its place in the request. */
export interface PlacedBlock {
  block: ContentBlock;
  /** Index of its message, and its own there. */
  at: [message: number, block: number];
}

/** Lists all blocks of all messages, those in results of tools after the result. */
export const blocksOf = ({ messages }: ConverseRequest): PlacedBlock[] =>
  messages.flatMap(({ content }, message) =>
    content.flatMap((block, index) => {
      const at: PlacedBlock['at'] = [message, index];
      return [block, ...(block.toolResult?.content ?? [])].map((each) => ({ block: each, at }));
    }),
  );

/** Lists the cache points of tools, system prompt and messages, in the order in which Bedrock caches them. */
export const cachePointsOf = ({ toolConfig, system, messages }: ConverseRequest): CachePoint[] =>
  [...(toolConfig?.tools ?? []), ...system, ...messages.flatMap(({ content }) => content)].flatMap(
    ({ cachePoint }) => cachePoint ?? [],
  );
