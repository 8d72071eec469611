import { z } from 'zod';
import { type CannedResponse, deltasOf } from './canned-response.js';
import { ConverseRequest, malformed, parsed } from './converse-request.js';
import { chunk, type StreamEvent } from './event-frames.js';

const Part = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  // Bedrock loads nothing from a URL.
  z.looseObject({
    type: z.literal('image_url'),
    image_url: z.looseObject({ url: z.string().regex(/^data:image\/\w+;base64,/) }),
  }),
]);
const Content = z.union([z.string(), z.array(Part)]);
const Call = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});
const Message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.literal('system'), content: Content }),
  z.looseObject({ role: z.literal('user'), content: Content }),
  z.looseObject({
    role: z.literal('assistant'),
    content: Content.nullish(),
    tool_calls: z.array(Call).nullish(),
  }),
  z.looseObject({ role: z.literal('tool'), tool_call_id: z.string(), content: Content }),
]);
type Message = z.output<typeof Message>;

/** A chat of Mistral; its models of this region take no `prompt`. */
const MistralBody = z.strictObject({
  messages: z.array(Message).min(1),
  max_tokens: z.number().int().min(1).optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  stop: z.array(z.string().min(1)).optional(),
  tools: z
    .array(
      z.looseObject({
        type: z.literal('function'),
        function: z.looseObject({
          name: z.string(),
          description: z.string().optional(),
          parameters: z.unknown().optional(),
        }),
      }),
    )
    .optional(),
  tool_choice: z.enum(['auto', 'any', 'none']).optional(),
});
type MistralBody = z.output<typeof MistralBody>;

/** Reads a body of Mistral in the words of Converse. @throws AwsError */
export function parseMistral(raw: unknown): ConverseRequest {
  const body = parsed(MistralBody, raw);
  const isSystem = ({ role }: Message) => role === 'system';
  return parsed(ConverseRequest, {
    system: body.messages.filter(isSystem).flatMap(({ content }) => blocksOf(content)),
    messages: turnsOf(body.messages.filter((message) => !isSystem(message))),
    toolConfig: toolConfigOf(body),
    inferenceConfig: {
      maxTokens: body.max_tokens,
      temperature: body.temperature,
      topP: body.top_p,
      stopSequences: body.stop,
    },
  });
}

interface Turn {
  role: 'user' | 'assistant';
  content: object[];
}

/** Converse has the results of tools in one message of the user. */
function turnsOf(messages: Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === 'tool' && last && isOfResults(last)) last.content.push(resultOf(message));
    else turns.push(turnOf(message));
  }
  return turns;
}

const isOfResults = ({ content }: Turn): boolean => content.some((block) => 'toolResult' in block);

function turnOf(message: Message): Turn {
  if (message.role === 'tool') return { role: 'user', content: [resultOf(message)] };
  if (message.role !== 'assistant') return { role: 'user', content: blocksOf(message.content) };
  const uses = (message.tool_calls ?? []).map(({ id: toolUseId, function: called }, at) => ({
    toolUse: { toolUseId, name: called.name, input: argumentsIn(called.arguments, at) },
  }));
  return { role: 'assistant', content: [...blocksOf(message.content), ...uses] };
}

const resultOf = ({ tool_call_id: toolUseId, content }: Extract<Message, { role: 'tool' }>) => ({
  toolResult: { toolUseId, content: blocksOf(content) },
});

/** An empty text beside uses of tools is none. */
function blocksOf(content: z.output<typeof Content> | null | undefined): object[] {
  if (typeof content === 'string') return content === '' ? [] : [{ text: content }];
  return (content ?? []).map((part) => {
    if (part.type === 'text') return { text: part.text };
    const [, format, bytes] = /^data:image\/(\w+);base64,(.*)$/s.exec(part.image_url.url)!;
    return { image: { format, source: { bytes } } };
  });
}

function argumentsIn(text: string, at: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(['tool_calls', at, 'function', 'arguments'], 'is no JSON');
  }
}

/** Without tools where the choice is `none`: the model uses none then. */
function toolConfigOf({ tools = [], tool_choice: choice }: MistralBody): object | undefined {
  if (tools.length === 0 || choice === 'none') return undefined;
  return {
    tools: tools.map(({ function: { name, description, parameters: json } }) => ({
      toolSpec: { name, description, inputSchema: { json } },
    })),
    ...(choice && { toolChoice: { [choice]: {} } }),
  };
}

const choice = (content: string, reason: string | null, calls: object[] = []) => ({
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content, ...(calls.length > 0 && { tool_calls: calls }) },
      stop_reason: reason,
    },
  ],
});
const STOPS: Partial<Record<CannedResponse['stopReason'], string>> = {
  max_tokens: 'length',
  tool_use: 'tool_calls',
};
const stopOf = ({ stopReason }: CannedResponse) => STOPS[stopReason] ?? 'stop';
const textOf = ({ blocks }: CannedResponse) =>
  blocks.flatMap((block) => (block.kind === 'text' ? block.text : [])).join('');
const callsOf = ({ blocks }: CannedResponse) =>
  blocks.flatMap((block) =>
    block.kind === 'toolUse'
      ? { id: block.toolUseId, function: { name: block.name, arguments: JSON.stringify(block.input) } }
      : [],
  );

export const mistralAnswer = (answer: CannedResponse) =>
  choice(textOf(answer), stopOf(answer), callsOf(answer));

/** Yields the events of a chat; the uses of tools come with the last one, to which Bedrock adds its metrics. */
export function* mistralEvents(
  answer: CannedResponse,
  _: string,
  latencyMs: () => number,
): Generator<StreamEvent> {
  for (const text of deltasOf(textOf(answer))) yield chunk('choices', choice(text, null));
  const metrics = {
    inputTokenCount: answer.input.inputTokens,
    outputTokenCount: answer.outputTokens,
    invocationLatency: latencyMs(),
  };
  const last = choice('', stopOf(answer), callsOf(answer));
  yield chunk('choices', { ...last, 'amazon-bedrock-invocationMetrics': metrics });
}
