import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ChatEvent } from '#libs/inference/chat.js';
import type { OnChatEvent } from '#libs/inference/chat.service.js';
import type { SseStream } from '../http/sse-stream.js';
import { chatStream } from './chat-stream.js';

const delta: ChatEvent = { type: 'delta', text: 'x'.repeat(1_000) };
const DELTA = `event: delta\ndata: {"text":"${'x'.repeat(1_000)}"}\n\n`;

const textOf = async (stream: SseStream): Promise<string> => {
  let text = '';
  for await (const piece of stream) text += piece;
  return text;
};

/** Sends events without end, and counts those that were accepted. */
function endlessChat() {
  const sent = { count: 0, ended: false };
  const run = async (onEvent: OnChatEvent) => {
    for (; sent.count < 100_000 && !sent.ended; sent.count += 1) {
      const room = onEvent(delta);
      if (room) await room;
    }
  };
  return { sent, run };
}

it('sends its first line immediately, and ends when the chat does', async () => {
  const run = async (onEvent: OnChatEvent) => void onEvent(delta);
  expect(await textOf(chatStream(run, 'request-1'))).toBe(`:\n\n${DELTA}`);
});

it('ends with the problem when the chat does', async () => {
  const run = async () => {
    throw new Error('a secret of the database');
  };
  const text = await textOf(chatStream(run, 'request-1'));
  expect(text).toMatch(/^:\n\nevent: error\ndata: \{.*"status":500.*"requestId":"request-1".*\}\n\n$/);
  expect(text).not.toContain('secret');
});

it('waits for a reader who reads nothing, and continues when the reader does', async () => {
  const { sent, run } = endlessChat();
  const stream = chatStream(run, 'request-1');
  await delay(10);
  const waitedAt = sent.count;
  expect(waitedAt).toBeLessThan(100);
  stream.resume();
  await expect.poll(() => sent.count).toBeGreaterThan(waitedAt * 10);
  sent.ended = true;
});

it('does not wait for a reader who has left', async () => {
  const { sent, run } = endlessChat();
  const stream = chatStream(run, 'request-1');
  await delay(10);
  stream.destroy();
  await expect.poll(() => sent.count).toBe(100_000);
});
