import { createHash } from 'node:crypto';
import { invalid } from './aws-error.js';
import { type ContentBlock, type ConverseRequest, type ToolSpec, toolsOf } from './converse-request.js';
import { exampleOf, type Schema } from './schema-example.js';

export interface ToolUse {
  toolUseId: string;
  name: string;
  input: unknown;
}

/**
 * Returns the tools that the model uses: those whose names are words of the last message of the user, or the one that
 * `toolChoice` forces. A message with results of tools asks for none, unless `toolChoice` forces one.
 */
export function toolUsesFor(request: ConverseRequest, lastUserText: string): ToolUse[] {
  const tools = chosenTools(request, lastUserText);
  const { tool_choice: choice } = request.additionalModelRequestFields;
  return (choice?.disable_parallel_tool_use ? tools.slice(0, 1) : tools).map(({ name, inputSchema }) => ({
    toolUseId: toolUseIdFor(request, name),
    name,
    input: exampleOf({ type: 'object', ...(inputSchema.json as Schema) }, name),
  }));
}

function chosenTools(request: ConverseRequest, text: string): ToolSpec[] {
  const tools = toolsOf(request);
  const { tool: forced, any } = request.toolConfig?.toolChoice ?? {};
  if (forced) {
    const found = tools.find(({ name }) => name === forced.name);
    if (!found) throw invalid(`Tool '${forced.name}' not found in provided tools`);
    return [found];
  }
  const words = new Set(text.split(/[^a-zA-Z0-9_-]+/));
  const named = tools.filter(({ name }) => words.has(name));
  if (any !== undefined) return named.length > 0 ? named : tools.slice(0, 1);
  return resultsIn(request).length > 0 ? [] : named;
}

/** Ids differ between the steps of a conversation, and are the same for the same request. */
export const toolUseIdFor = ({ messages }: ConverseRequest, name: string): string =>
  `tooluse_${createHash('sha256')
    .update(`${name} ${JSON.stringify(messages)}`)
    .digest('base64url')
    .slice(0, 22)}`;

const resultsIn = ({ messages }: ConverseRequest) =>
  (messages.at(-1)?.content ?? []).flatMap(({ toolResult }) => toolResult ?? []);

/** Quotes the results of tools in the last message, each with the name of its tool; undefined: it has none. */
export function quotedResults(request: ConverseRequest): string | undefined {
  const uses = request.messages.flatMap(({ content }) => content.flatMap(({ toolUse }) => toolUse ?? []));
  const quotes = resultsIn(request).map(({ toolUseId: id, content, status }) => {
    const name = uses.find(({ toolUseId }) => toolUseId === id)?.name ?? 'unknown';
    return `${name} ${status === 'error' ? 'failed' : 'returned'}: ${content.map(textOfResult).join(' ')}`;
  });
  return quotes.length > 0 ? quotes.join('; ') : undefined;
}

function textOfResult({ text, json, ...media }: ContentBlock): string {
  if (text !== undefined) return text;
  return json === undefined ? `(${Object.keys(media)[0] ?? 'nothing'})` : JSON.stringify(json);
}
