import { expect, it } from 'vitest';
import { freeBody, freePieces, trackedBody } from './body-memory.js';

const LARGE = 300_000;
/** Length of a freed body of this length: Node 20 cannot free it. */
const freed = (length: number): number => ('transfer' in ArrayBuffer.prototype ? 0 : length);

it('frees a large body, and a second time nothing', () => {
  const body = Buffer.alloc(LARGE);
  freeBody(body);
  freeBody(body);
  expect(body).toHaveLength(freed(LARGE));
});

it('leaves a small body, and a part of a buffer', () => {
  const bodies = [Buffer.alloc(1_000), Buffer.alloc(LARGE + 1).subarray(1)];
  bodies.forEach(freeBody);
  expect(bodies.map(({ length }) => length)).toEqual([1_000, LARGE]);
});

it('frees pieces that are large together, and leaves the others', () => {
  const [large, small] = [
    [Buffer.alloc(LARGE / 2), Buffer.alloc(LARGE / 2)],
    [Buffer.alloc(9), Buffer.alloc(9)],
  ];
  freePieces(large!);
  freePieces(small!);
  expect(large!.map(({ length }) => length)).toEqual([freed(LARGE / 2), freed(LARGE / 2)]);
  expect(small!.map(({ length }) => length)).toEqual([9, 9]);
});

const senderOf = (body: Buffer) => (trackedBody(body) as AsyncIterable<Buffer>)[Symbol.asyncIterator]();

it('leaves a body until each of its sends has written it', async () => {
  const body = Buffer.alloc(LARGE);
  const senders = [senderOf(body), senderOf(body)];
  // As undici: it takes the body, and asks for more when it is written.
  for (const sender of senders) expect((await sender.next()).value).toBe(body);
  await senders[0]!.next();
  freeBody(body);
  expect(body).toHaveLength(LARGE);
  await senders[1]!.next();
  freeBody(body);
  expect(body).toHaveLength(freed(LARGE));
});

it('leaves a body whose send has not begun, or has failed', async () => {
  const [waiting, failed] = [Buffer.alloc(LARGE), Buffer.alloc(LARGE)];
  trackedBody(waiting);
  const sender = senderOf(failed);
  await sender.next();
  await sender.return?.();
  [waiting, failed].forEach(freeBody);
  expect([waiting.length, failed.length]).toEqual([LARGE, LARGE]);
});

it('sends text and small bodies as they are', () => {
  const small = Buffer.alloc(1_000);
  expect([trackedBody('text'), trackedBody(small)]).toEqual(['text', small]);
});
