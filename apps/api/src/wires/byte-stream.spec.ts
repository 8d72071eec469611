import { expect, it } from 'vitest';
import { ByteStream } from './byte-stream.js';

const LARGE = Buffer.alloc(100 * 1024);

it('makes its sender wait until the reader has taken what there is', async () => {
  const stream = new ByteStream();
  expect(stream.send(Buffer.from('a'))).toBeUndefined();
  const room = stream.send(LARGE);
  expect(room).toBeInstanceOf(Promise);
  stream.resume();
  await room;
  stream.end();
  await new Promise((resolve) => stream.once('end', resolve));
});

it('does not stop its sender when the reader is gone', async () => {
  const stream = new ByteStream();
  const room = stream.send(LARGE);
  stream.destroy();
  await room;
  expect(stream.send(LARGE)).toBeUndefined();
  stream.end();
});
