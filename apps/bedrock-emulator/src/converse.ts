import { type CannedResponse, deltasOf } from './canned-response.js';
import type { StreamEvent } from './event-frames.js';

const usageOf = ({ inputTokens, outputTokens }: CannedResponse) => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + outputTokens,
  cacheReadInputTokens: 0,
  cacheWriteInputTokens: 0,
});

export const converseAnswer = (answer: CannedResponse, latencyMs: number) => ({
  output: { message: { role: 'assistant', content: [{ text: answer.text }] } },
  stopReason: answer.stopReason,
  usage: usageOf(answer),
  metrics: { latencyMs },
});

/**
 * Yields the events of a response. A block of text begins with its first piece: only a tool use or an image has a start
 * event. The last event is made when it is due, because it contains the duration of the stream.
 */
export function* converseEvents(answer: CannedResponse, latencyMs: () => number): Generator<StreamEvent> {
  yield { type: 'messageStart', payload: { role: 'assistant' } };
  let beginsText = true;
  for (const text of deltasOf(answer.text)) {
    yield { type: 'contentBlockDelta', payload: { contentBlockIndex: 0, delta: { text } }, beginsText };
    beginsText = false;
  }
  yield { type: 'contentBlockStop', payload: { contentBlockIndex: 0 } };
  yield { type: 'messageStop', payload: { stopReason: answer.stopReason } };
  yield { type: 'metadata', payload: { usage: usageOf(answer), metrics: { latencyMs: latencyMs() } } };
}
