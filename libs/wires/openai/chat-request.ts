import { z } from 'zod';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import type { JsonObject } from '../read-body.js';
import { AssistantParts, type Block, TextParts, ToolParts, UserParts } from './content-parts.js';
import { UnsupportedParameterError } from './openai.errors.js';

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** A schema of a client is not rebuilt. */
const JsonSchema = z.custom<JsonObject>(isObject, 'must be a JSON schema');

/** Models of Bedrock take the input of a tool as an object. */
const Arguments = z.string().transform((text, context): JsonObject => {
  try {
    const value: unknown = JSON.parse(text || '{}');
    if (isObject(value)) return value;
  } catch {
    // Refused below.
  }
  context.addIssue({ code: 'custom', message: 'must be a JSON object' });
  return z.NEVER;
});

const ToolCall = z
  .strictObject({
    id: z.string().min(1),
    type: z.literal('function', 'must be function').optional(),
    index: z.number().optional(),
    function: z.strictObject({
      name: z.string().min(1),
      arguments: Arguments,
      parsed_arguments: z.unknown().optional(),
    }),
  })
  .transform(({ id, function: { name, arguments: input } }): Block => {
    return { toolUse: { toolUseId: id, name, input } };
  });

/** Reasoning with its signature, in the form of LiteLLM and Envoy. */
const ThinkingBlock = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('thinking'),
      thinking: z.string(),
      signature: z.string().optional(),
    })
    .transform(({ thinking: text, signature }) => reasoning(text, signature)),
  z
    .strictObject({ type: z.literal('redacted_thinking'), data: z.string() })
    .transform(({ data }): Block => ({ reasoningContent: { redactedContent: data } })),
]);

const reasoning = (text: string, signature: string | undefined): Block => ({
  reasoningContent: { reasoningText: { text, ...(signature !== undefined && { signature }) } },
});

const System = z.strictObject({ role: z.enum(['system', 'developer']), content: TextParts });
const User = z.strictObject({ role: z.literal('user'), content: UserParts });
const Assistant = z
  .strictObject({
    role: z.literal('assistant'),
    content: AssistantParts.optional(),
    refusal: z.string().optional(),
    tool_calls: z.array(ToolCall).optional(),
    reasoning_content: z.string().optional(),
    thinking_blocks: z.array(ThinkingBlock).optional(),
    // Helpers of the SDK add what they have read in the content.
    parsed: z.unknown().optional(),
  })
  .transform(({ role, content, refusal, tool_calls, reasoning_content, thinking_blocks }) => {
    const unsigned = reasoning_content && !thinking_blocks ? [reasoning(reasoning_content, undefined)] : [];
    const texts = [...(content ?? []), ...(refusal ? [{ text: refusal }] : [])];
    return { role, content: [...(thinking_blocks ?? unsigned), ...texts, ...(tool_calls ?? [])] };
  })
  .refine(({ content }) => content.length > 0, { path: ['content'], error: 'must not be empty' });
const Tool = z
  .strictObject({
    role: z.literal('tool'),
    tool_call_id: z.string().min(1),
    content: ToolParts,
    // Old clients repeat the name of the tool, which the id says.
    name: z.string().optional(),
  })
  .transform(({ tool_call_id, content }) => ({
    role: 'user' as const,
    content: [{ toolResult: { toolUseId: tool_call_id, content } }] as Block[],
  }));

const ToolName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must have 1 to 64 letters, digits, _ or -');
const FunctionTool = z
  .strictObject({
    type: z.literal('function'),
    function: z.strictObject({
      name: ToolName,
      description: z.string().optional(),
      parameters: JsonSchema.optional(),
      strict: z.boolean().optional(),
    }),
  })
  .transform(({ function: { name, description, parameters, strict } }) => ({
    toolSpec: {
      name,
      ...(description && { description }),
      inputSchema: { json: parameters ?? { type: 'object', properties: {} } },
      ...(strict && { strict }),
    },
  }));
const ToolChoice = z.union(
  [
    z.enum(['auto', 'required', 'none']),
    z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: ToolName }) }),
  ],
  'must be auto, required, none or a function',
);
const ResponseFormat = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('text') }),
    z.strictObject({
      type: z.literal('json_schema'),
      json_schema: z.strictObject({
        name: z.string().min(1),
        description: z.string().optional(),
        schema: JsonSchema,
        // Models keep to the schema anyway.
        strict: z.boolean().optional(),
      }),
    }),
  ],
  'must be text or json_schema: models of Bedrock take no object without a schema',
);

/** Pairs as Converse takes them in `requestMetadata`. */
const Metadata = z
  .record(
    z.string().regex(/^[a-zA-Z0-9\s:_@$#=/+,.-]{1,256}$/),
    z
      .string()
      .regex(
        /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/,
        'must have at most 256 letters, digits, spaces or :_@$#=/+,.-',
      ),
  )
  .refine((pairs) => Object.keys(pairs).length <= 16, 'must have at most 16 pairs');

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high'] as const;

const ChatRequest = z
  .strictObject({
    model: z.string().min(1).max(2_048),
    messages: z
      .array(
        z.discriminatedUnion(
          'role',
          [System, User, Assistant, Tool],
          'must have the role system, developer, user, assistant or tool',
        ),
      )
      .min(1),
    stream: z.boolean().optional(),
    stream_options: z
      .strictObject({
        include_usage: z.boolean().optional(),
        include_obfuscation: z.literal(false).optional(),
      })
      .optional(),
    max_completion_tokens: z.number().int().min(1).optional(),
    max_tokens: z.number().int().min(1).optional(),
    temperature: z.number().min(0).max(1, 'must be at most 1: models of Bedrock take 0 to 1').optional(),
    top_p: z.number().min(0).max(1).optional(),
    stop: z.preprocess(
      (stop) => (typeof stop === 'string' ? [stop] : stop),
      z.array(z.string().min(1)).optional(),
    ),
    tools: z.array(z.discriminatedUnion('type', [FunctionTool], 'must be function')).optional(),
    tool_choice: ToolChoice.optional(),
    parallel_tool_calls: z.boolean().optional(),
    response_format: ResponseFormat.optional(),
    reasoning_effort: z.enum(EFFORTS, `must be ${EFFORTS.join(', ')}`).optional(),
    service_tier: z.enum(['auto', 'default', 'flex', 'priority']).optional(),
    metadata: Metadata.optional(),
    user: z.string().optional(),
    safety_identifier: z.string().optional(),
    // It only helps OpenAI to find its own cache.
    prompt_cache_key: z.string().optional(),
  })
  .refine(
    ({ tools, tool_choice: choice }) => tools?.length || !choice || choice === 'auto' || choice === 'none',
    {
      path: ['tool_choice'],
      error: 'must be auto or none where there are no tools',
    },
  );
/** Request of OpenAI's chat completions; its messages and tools have the form of Converse. */
export type ChatRequest = z.output<typeof ChatRequest>;

/** At most this many fields are named: a hostile body could be wrong in thousands of places. */
const MAX_FIELDS = 20;

/** Parameters that Converse has not, and the value of each that asks for nothing. */
const UNSUPPORTED: Record<string, unknown> = {
  ...{ n: 1, logprobs: false, top_logprobs: 0, logit_bias: {}, seed: null, store: false },
  ...{ frequency_penalty: 0, presence_penalty: 0, modalities: ['text'], verbosity: 'medium' },
  ...{ audio: null, prediction: null, web_search_options: null, functions: null, function_call: null },
  ...{ prompt_cache_retention: null },
};

/**
 * @param isStrict refuses instructions after the first other message, which otherwise come to the front
 * @throws UnsupportedParameterError, InvalidInputError, which name the fields
 */
export function readChatRequest(body: JsonObject, isStrict = false): ChatRequest {
  const members = Object.entries(withoutNulls(body) as JsonObject);
  const given = members.filter(([name]) => !(name in UNSUPPORTED));
  const wanted = members.filter(
    ([name, value]) => name in UNSUPPORTED && !asksForNothing(value, UNSUPPORTED[name]),
  );
  if (wanted.length > 0)
    throw new UnsupportedParameterError(
      wanted.map(([field]) => ({ field, message: 'models of Bedrock have no such parameter: leave it out' })),
    );
  const read = ChatRequest.safeParse(Object.fromEntries(given));
  if (!read.success) throw refusalOf(read.error.issues);
  if (isStrict) assertInstructionsFirst(read.data);
  return read.data;
}

/** @throws InvalidInputError */
function assertInstructionsFirst({ messages }: ChatRequest): void {
  const firstTurn = messages.findIndex((message) => !isInstruction(message));
  const late = messages.flatMap((message, at) => (at > firstTurn && isInstruction(message) ? [at] : []));
  if (firstTurn < 0 || late.length === 0) return;
  throw new InvalidInputError(
    late.slice(0, MAX_FIELDS).map((at) => ({
      field: `messages[${at}].role`,
      message: 'must be before the first other message (WIRE_STRICT)',
    })),
  );
}

/** Returns whether a message is part of the system prompt. */
export const isInstruction = ({ role }: ChatRequest['messages'][number]): boolean =>
  role === 'system' || role === 'developer';

/** As deep as members of the request go; schemas of clients keep their nulls. */
const MAX_DEPTH = 8;
const SCHEMAS = new Set(['parameters', 'schema']);

/** SDKs send members that are not set as null, also those of answers that they send back. */
function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => withoutNulls(element, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, SCHEMAS.has(name) ? member : withoutNulls(member, depth + 1)]),
  );
}

const asksForNothing = (value: unknown, neutral: unknown): boolean =>
  JSON.stringify(value) === JSON.stringify(neutral);

function refusalOf(issues: z.core.$ZodIssue[]) {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: fieldOf([...issue.path, key]), message: 'is not supported' }))
      : [],
  );
  if (unknown.length > 0) return new UnsupportedParameterError(unknown.slice(0, MAX_FIELDS));
  return new InvalidInputError(
    issues.slice(0, MAX_FIELDS).map(({ path, message }) => ({ field: fieldOf(path), message })),
  );
}

/** Names a field as `messages[0].content[1].image_url`. */
const fieldOf = (path: PropertyKey[]): string =>
  path.reduce<string>(
    (field, key) => (typeof key === 'number' ? `${field}[${key}]` : `${field}${field && '.'}${String(key)}`),
    '',
  );
