import { expect, it } from 'vitest';
import { EventStreamDecoder } from '#libs/platform/bedrock/event-stream-decoder.js';
import { exceptionFrame } from './exception-frame.js';

it('is an exception that a decoder reads', () => {
  const frame = exceptionFrame('modelStreamErrorException', { message: 'Käse' });
  expect([...new EventStreamDecoder().read(frame)]).toMatchObject([
    { kind: 'exception', name: 'modelStreamErrorException', payload: '{"message":"Käse"}' },
  ]);
});
