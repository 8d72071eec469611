import { expect, it } from 'vitest';
import { EventStreamDecoder } from '#libs/platform/bedrock/event-stream-decoder.js';
import { messageOf } from '#libs/platform/bedrock/event-stream-encoder.js';
import { EchoWriter } from './echo-writer.js';

const FACTS = { model: 'eu.a', useCase: 'clinical', invocationId: 'call-1', attempts: 2 };
const event = (name: string, payload: string) =>
  messageOf({ ':message-type': 'event', ':event-type': name }, Buffer.from(payload));
const read = (bytes: Buffer) =>
  [...new EventStreamDecoder().read(bytes)].map(({ name, payload }) => [name, payload]);

it('adds who answered to a whole answer, and changes nothing else', () => {
  const answer = '{"output":{"n":1.0},"additionalModelResponseFields":{"a":12345678901234567890}}';
  expect(new EchoWriter(FACTS).whole(Buffer.from(answer)).toString()).toBe(
    `{"output":{"n":1.0},"additionalModelResponseFields":{"a":12345678901234567890,"orchestrator":${JSON.stringify(FACTS)}}}`,
  );
});

it('adds it to the first event of a stream, whose frames stay whole', () => {
  const writer = new EchoWriter(FACTS);
  const [start, delta, stop] = [
    event('messageStart', '{"role":"assistant"}'),
    event('contentBlockDelta', '{"x":1.0}'),
    event('messageStop', '{}'),
  ];
  const first = writer.frames(Buffer.concat([start, delta]));
  const fields = { role: 'assistant', additionalModelResponseFields: { orchestrator: FACTS } };
  expect(read(first)).toEqual([
    ['messageStart', JSON.stringify(fields)],
    ['contentBlockDelta', '{"x":1.0}'],
  ]);
  expect(writer.frames(start)).toBe(start);
  expect(writer.end(stop)).toBe(stop);
});

it('adds it to a stream without content', () => {
  const tail = new EchoWriter(FACTS).end(
    Buffer.concat([event('messageStart', '{}'), event('messageStop', '{}')]),
  );
  expect(read(tail)[0]![1]).toContain('"orchestrator"');
});
