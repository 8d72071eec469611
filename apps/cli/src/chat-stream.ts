import { EventSourceParserStream } from 'eventsource-parser/stream';
import { z } from 'zod';

const model = z.object({ id: z.string(), name: z.string(), provider: z.string() });
const notification = z.object({
  title: z.string(),
  message: z.string(),
  modelName: z.string(),
  direction: z.string().optional(),
});

const done = z.object({
  conversationId: z.string(),
  created: z.boolean().optional(),
  useCase: z.string(),
  model,
  message: z.object({ role: z.literal('assistant'), content: z.string() }),
  stopReason: z.string(),
  usage: z.object({
    inputTokens: z.number(),
    outputTokens: z.number(),
    costUsd: z.string().nullable(),
    costUnknown: z.string().optional(),
    estimated: z.boolean(),
  }),
});

/** Event that the service streams; an unknown event of a newer service is ignored. */
const chatEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('model'), data: z.object({ model, notification: notification.optional() }) }),
  z.object({ event: z.literal('delta'), data: z.object({ text: z.string() }) }),
  z.object({ event: z.literal('restart'), data: z.object({ reason: z.string(), model }) }),
  z.object({ event: z.literal('done'), data: done }),
  z.object({ event: z.literal('error'), data: z.looseObject({ status: z.number() }) }),
]);
export type ChatEvent = z.infer<typeof chatEvent>;

/** @throws TypeError when the connection breaks */
export async function* chatEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ChatEvent> {
  const frames = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of frames) {
    const known = chatEvent.safeParse({ event, data: JSON.parse(data) });
    if (known.success) yield known.data;
  }
}
