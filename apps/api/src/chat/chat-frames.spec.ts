import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ChatEvent } from '#libs/inference/chat.js';
import type { OnChatEvent } from '#libs/inference/chat.service.js';
import { ChatFrames } from './chat-frames.js';

const delta: ChatEvent = { type: 'delta', text: 'x'.repeat(1_000) };
const DELTA = `event: delta\ndata: {"text":"${'x'.repeat(1_000)}"}\n\n`;

const textOf = async (frames: ChatFrames): Promise<string> => {
  let text = '';
  for await (const piece of frames) text += piece;
  return text;
};

/** Tells without end, and counts what it was let tell. */
function teller() {
  const told = { count: 0, ended: false };
  const run = async (onEvent: OnChatEvent) => {
    for (; told.count < 100_000 && !told.ended; told.count += 1) {
      const room = onEvent(delta);
      if (room) await room;
    }
  };
  return { told, run };
}

it('begins at once, and ends when the chat does', async () => {
  const run = async (onEvent: OnChatEvent) => void onEvent(delta);
  expect(await textOf(new ChatFrames(run, 'request-1'))).toBe(`:\n\n${DELTA}`);
});

it('ends with the problem when the chat does', async () => {
  const run = async () => {
    throw new Error('a secret of the database');
  };
  const text = await textOf(new ChatFrames(run, 'request-1'));
  expect(text).toMatch(/^:\n\nevent: error\ndata: \{.*"status":500.*"requestId":"request-1".*\}\n\n$/);
  expect(text).not.toContain('secret');
});

it('waits for a reader who takes nothing, and goes on with one who does', async () => {
  const { told, run } = teller();
  const frames = new ChatFrames(run, 'request-1');
  await delay(10);
  const waitedAt = told.count;
  expect(waitedAt).toBeLessThan(100);
  frames.resume();
  await expect.poll(() => told.count).toBeGreaterThan(waitedAt * 10);
  told.ended = true;
});

it('does not wait for a reader who has left', async () => {
  const { told, run } = teller();
  const frames = new ChatFrames(run, 'request-1');
  await delay(10);
  frames.destroy();
  await expect.poll(() => told.count).toBe(100_000);
});
