import { z } from 'zod';
import { type CannedResponse, deltasOf } from './canned-response.js';
import { ConverseRequest, parsed } from './converse-request.js';
import { chunk, type StreamEvent } from './event-frames.js';

/** A chat of Mistral, with text only; its models of this region take no `prompt`. */
const MistralBody = z.strictObject({
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['system', 'user', 'assistant']),
        content: z.union([z.string(), z.array(z.looseObject({ type: z.literal('text'), text: z.string() }))]),
      }),
    )
    .min(1),
  max_tokens: z.number().int().min(1).optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  stop: z.array(z.string().min(1)).optional(),
});

/** Reads a body of Mistral in the words of Converse. @throws AwsError */
export function parseMistral(raw: unknown): ConverseRequest {
  const body = parsed(MistralBody, raw);
  const messages = body.messages.map(({ role, content }) => ({
    role,
    content: typeof content === 'string' ? [{ text: content }] : content.map(({ text }) => ({ text })),
  }));
  const isSystem = ({ role }: { role: string }) => role === 'system';
  return parsed(ConverseRequest, {
    system: messages.filter(isSystem).flatMap(({ content }) => content),
    messages: messages.filter((message) => !isSystem(message)),
    inferenceConfig: {
      maxTokens: body.max_tokens,
      temperature: body.temperature,
      topP: body.top_p,
      stopSequences: body.stop,
    },
  });
}

const choice = (content: string, reason: string | null) => ({
  choices: [{ index: 0, message: { role: 'assistant', content }, stop_reason: reason }],
});
const stopOf = ({ stopReason }: CannedResponse) => (stopReason === 'max_tokens' ? 'length' : 'stop');
const textOf = ({ blocks }: CannedResponse) =>
  blocks.flatMap((block) => (block.kind === 'text' ? block.text : [])).join('');

export const mistralAnswer = (answer: CannedResponse) => choice(textOf(answer), stopOf(answer));

/** Yields the events of a chat; Bedrock adds its metrics to the last one. */
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
  yield chunk('choices', { ...choice('', stopOf(answer)), 'amazon-bedrock-invocationMetrics': metrics });
}
