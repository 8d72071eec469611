import { EventStreamCodec } from '@smithy/eventstream-codec';
import { expect, it } from 'vitest';
import { EventStreamDecoder, type Frame } from './event-stream-decoder.js';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);
type Headers = Parameters<typeof codec.encode>[0]['headers'];
const string = (value: string) => ({ type: 'string' as const, value });
const message = (headers: Headers, body: string): Buffer =>
  Buffer.from(codec.encode({ headers, body: Buffer.from(body, 'utf8') }));
const event = (name: string, body: string) =>
  message(
    {
      ':event-type': string(name),
      ':content-type': string('application/json'),
      ':message-type': string('event'),
    },
    body,
  );

const EVENTS = [
  { kind: 'event', name: 'messageStart', payload: '{"role":"assistant"}' },
  { kind: 'event', name: 'contentBlockDelta', payload: '{"delta":{"text":"Käse – 🧀"}}' },
];
const STREAM = Buffer.concat(EVENTS.map(({ name, payload }) => event(name, payload)));

function readIn(sizes: number, stream: Buffer): Frame[] {
  const frames = new EventStreamDecoder();
  const read: Frame[] = [];
  for (let at = 0; at < stream.length; at += sizes)
    read.push(...frames.read(stream.subarray(at, at + sizes)));
  return read;
}

it.each([1, 5, 12, 64, 10_000])('reads what the SDK would write, in pieces of %i bytes', (sizes) => {
  const frames = readIn(sizes, STREAM);
  expect(frames).toMatchObject(EVENTS);
  expect(Buffer.concat(frames.map(({ bytes }) => bytes)).equals(STREAM)).toBe(true);
});

it('reads exceptions and errors, and headers of every type', () => {
  const exception = message(
    { ':message-type': string('exception'), ':exception-type': string('throttlingException') },
    '{"message":"slow down"}',
  );
  const error = message(
    {
      flag: { type: 'boolean', value: true },
      byte: { type: 'byte', value: 1 },
      short: { type: 'short', value: 1 },
      integer: { type: 'integer', value: 1 },
      bytes: { type: 'binary', value: Buffer.from('any') },
      time: { type: 'timestamp', value: new Date(0) },
      id: { type: 'uuid', value: '00000000-0000-4000-8000-000000000000' },
      ':message-type': string('error'),
      ':error-code': string('InternalFailure'),
      ':error-message': string('it broke'),
    },
    '',
  );
  expect(readIn(10_000, Buffer.concat([exception, error]))).toMatchObject([
    { kind: 'exception', name: 'throttlingException', payload: '{"message":"slow down"}' },
    { kind: 'error', name: 'InternalFailure', payload: 'it broke' },
  ]);
});

it.each([0, 9, 20, 40, -1])('finds a message damaged at byte %i, after those before it', (at) => {
  const damaged = Buffer.from(event('messageStop', '{"stopReason":"end_turn"}'));
  damaged[at < 0 ? damaged.length + at : at]! ^= 0x01;
  const read: Frame[] = [];
  const reading = () => {
    for (const frame of new EventStreamDecoder().read(Buffer.concat([STREAM, damaged]))) read.push(frame);
  };
  expect(reading).toThrow(/checksum/);
  expect(read).toMatchObject(EVENTS);
});
