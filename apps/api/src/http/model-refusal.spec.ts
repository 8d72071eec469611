import { expect, it } from 'vitest';
import { UnansweredError } from '#libs/inference/inference.errors.js';
import { awsError, classifyError } from '#libs/platform/bedrock/bedrock-error.js';
import { EventStreamDecoder } from '#libs/platform/bedrock/event-stream-decoder.js';
import { messageOf } from '#libs/platform/bedrock/event-stream-encoder.js';
import { exceptionOf } from './model-refusal.js';

const frameOf = (name: string, message: string) =>
  messageOf(
    { ':exception-type': name, ':content-type': 'application/json', ':message-type': 'exception' },
    Buffer.from(JSON.stringify({ message })),
  );

/** The error of a call whose stream ended with an exception. */
function brokenBy(name: string, message: string): UnansweredError {
  const frame = frameOf(name, message);
  const error = Object.assign(awsError(name, JSON.stringify({ message })), { frame });
  const call = { modelId: 'm', stoppedBy: undefined, inStream: true, textShown: true, begun: true };
  return new UnansweredError(classifyError(error, call), []);
}

it.each([
  'internalServerException',
  'modelStreamErrorException',
  'modelTimeoutException',
  'serviceUnavailableException',
  'throttlingException',
  'validationException',
])('%s reaches the client as it arrived', (name) => {
  expect(exceptionOf(brokenBy(name, 'Käse'))).toEqual(frameOf(name, 'Käse'));
});

it('an exception names no resource of the account', () => {
  const message = 'arn:aws:iam::111122223333:role/x may not, in 111122223333';
  const [frame] = [...new EventStreamDecoder().read(exceptionOf(brokenBy('throttlingException', message))!)];
  expect(frame).toMatchObject({
    ...{ kind: 'exception', name: 'throttlingException' },
    payload: '{"message":"[arn] may not, in [account]"}',
  });
});

it('an exception that SDKs do not know in a stream stays here, as every other failure', () => {
  expect(exceptionOf(brokenBy('accessDeniedException', 'no'))).toBeUndefined();
  expect(exceptionOf(new Error('other'))).toBeUndefined();
});
