import { objectIn } from '../demands.js';
import type { JsonObject } from '../read-body.js';
import { type ChatRequest, isInstruction } from './chat-request.js';
import type { Block } from './content-parts.js';

interface Turn {
  role: 'user' | 'assistant';
  content: Block[];
}

/** Returns a request in the form of Converse. What depends on the model is added by `encodingFor`. */
export function converseOf(request: ChatRequest): JsonObject {
  const { messages, metadata, service_tier: tier } = request;
  const system = messages.flatMap((message) => (isInstruction(message) ? message.content : []));
  const turns = turnsOf(messages.filter((message) => !isInstruction(message)) as Turn[]);
  nameDocuments(turns);
  return {
    messages: turns,
    ...(system.length > 0 && { system }),
    ...inferenceOf(request),
    ...toolsOf(request, turns),
    ...formatOf(request),
    ...(tier && tier !== 'auto' && { serviceTier: { type: tier } }),
    ...(metadata && Object.keys(metadata).length > 0 && { requestMetadata: metadata }),
  };
}

/** Consecutive messages of one role become one turn: the results of tools belong together, and roles must alternate. */
function turnsOf(messages: Turn[]): Turn[] {
  const turns: Turn[] = [];
  for (const { role, content } of messages) {
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content: [...content] });
  }
  return turns;
}

/** Converse refuses two documents of one name. */
function nameDocuments(turns: Turn[]): void {
  const seen = new Map<unknown, number>();
  for (const { document } of turns.flatMap(({ content }) => content)) {
    if (document === undefined) continue;
    const named = objectIn(document);
    const count = (seen.get(named.name) ?? 0) + 1;
    seen.set(named.name, count);
    if (count > 1) named.name = `${named.name} (${count})`;
  }
}

function inferenceOf(request: ChatRequest): JsonObject {
  const inferenceConfig = present({
    maxTokens: request.max_completion_tokens ?? request.max_tokens,
    temperature: request.temperature,
    topP: request.top_p,
    stopSequences: request.stop,
  });
  return Object.keys(inferenceConfig).length > 0 ? { inferenceConfig } : {};
}

function toolsOf({ tools, tool_choice: choice }: ChatRequest, turns: Turn[]): JsonObject {
  if (!tools || tools.length === 0) return {};
  // Models demand the tools of their history. No choice is what is nearest to none.
  if (choice === 'none') return usesTools(turns) ? { toolConfig: { tools } } : {};
  return { toolConfig: { tools, ...(choice && { toolChoice: choiceOf(choice) }) } };
}

const usesTools = (turns: Turn[]): boolean =>
  turns.some(({ content }) => content.some((block) => 'toolUse' in block || 'toolResult' in block));

function choiceOf(choice: NonNullable<ChatRequest['tool_choice']>): JsonObject {
  if (typeof choice === 'object') return { tool: { name: choice.function.name } };
  return choice === 'required' ? { any: {} } : { auto: {} };
}

function formatOf({ response_format: format }: ChatRequest): JsonObject {
  if (format?.type !== 'json_schema') return {};
  const { name, description, schema } = format.json_schema;
  const jsonSchema = { ...present({ name, description }), schema: JSON.stringify(schema) };
  return { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema } } } };
}

/** Returns the members that have a value. */
const present = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
