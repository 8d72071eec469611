import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { SseStream } from './sse-stream.js';

const turn = () => new Promise(setImmediate);

/** Reads only when `take` is called. */
class SlowReader extends Writable {
  text = '';
  private pending: (() => void) | undefined;
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk;
    this.pending = done;
  }
  take(): void {
    const done = this.pending;
    this.pending = undefined;
    done?.();
  }
}

it('writes events in the form of the standard', async () => {
  const stream = new SseStream(2_500);
  stream.event('notification', 7, '{"a":1}');
  stream.beat();
  stream.end();
  stream.event('late', 8, '{}');
  expect(Buffer.concat(await stream.toArray()).toString()).toBe(
    'retry: 2500\n\nevent: notification\nid: 7\ndata: {"a":1}\n\nevent: heartbeat\ndata: {}\n\n',
  );
});

it('cuts off a reader for whom more than 128 KiB wait', async () => {
  const stream = new SseStream(1);
  stream.pipe(new SlowReader({ highWaterMark: 1 }));
  await turn();
  let events = 0;
  while (!stream.destroyed && events < 1_000) {
    stream.event('x', events, 'y'.repeat(1_000));
    events += 1;
  }
  expect(events).toBeGreaterThan(120);
  expect(events).toBeLessThan(140);
  expect(stream.drained()).toBeUndefined();
});

it('cuts off a reader that is behind at three beats in a row, and no other', async () => {
  const stuck = new SseStream(1);
  const steady = new SseStream(1);
  const reader = new SlowReader({ highWaterMark: 1 });
  stuck.pipe(new SlowReader({ highWaterMark: 1 }));
  steady.pipe(reader);
  for (let beats = 0; beats < 3; beats += 1) {
    for (const stream of [stuck, steady]) stream.event('x', beats, 'y');
    for (let n = 0; n < 4; n += 1) {
      await turn();
      reader.take();
    }
    for (const stream of [stuck, steady]) stream.beat();
  }
  expect([stuck.destroyed, steady.destroyed]).toEqual([true, false]);
});

it('is drained when the reader has taken enough of what waited', async () => {
  const stream = new SseStream(1);
  const reader = new SlowReader({ highWaterMark: 1 });
  stream.pipe(reader);
  await turn();
  for (let n = 0; n < 4; n += 1) stream.event('x', n, 'y'.repeat(8_000));
  let drained = false;
  const waiting = stream.drained()!.then(() => {
    drained = true;
  });
  await turn();
  expect(drained).toBe(false);
  while (!drained) {
    reader.take();
    await turn();
  }
  await waiting;
  expect(reader.text).toContain('id: 0');
  expect(stream.readableLength).toBeLessThan(16 * 1024);
});
