import { expect, it, vi } from 'vitest';
import { BedrockError, classifyError, type FailedCall } from './bedrock-error.js';

/** Failures below HTTP in the words of the SDK's connection handler, which no emulator can make. */
const call: FailedCall = {
  modelId: 'a.model',
  stoppedBy: undefined,
  inStream: false,
  textShown: false,
  begun: false,
};
const sdkError = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });
const kindOf = (error: unknown, more: Partial<FailedCall> = {}) =>
  classifyError(error, { ...call, ...more }).kind;

it.each([
  ['unavailable', 'did not establish a connection with the server within the configured timeout of 2000 ms.'],
  ['not_ready', '[ERROR] a request has exceeded the configured 300000 ms requestTimeout.'],
  ['not_ready', 'the request socket timed out after 300000 ms of inactivity'],
])('is %s: a TimeoutError that says "%s"', (kind, message) => {
  expect(kindOf(sdkError('TimeoutError', `@smithy/node-http-handler - ${message}`))).toBe(kind);
});

it.each(['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE'])('is unavailable by %s', (code) => {
  const error = sdkError(code === 'ECONNRESET' ? 'TimeoutError' : 'Error', 'socket hang up', { code });
  expect(kindOf(error)).toBe('unavailable');
  expect(kindOf(error, { inStream: true, textShown: true })).toBe('stream_broken');
});

it('takes what our own limits did for what it is, whatever the SDK calls it', () => {
  const reset = sdkError('Error', 'aborted', { code: 'ECONNRESET' });
  expect(kindOf(reset, { stoppedBy: 'caller', inStream: true, textShown: true })).toBe('cancelled');
  expect(kindOf(reset, { stoppedBy: 'deadline', inStream: true, textShown: true })).toBe('not_ready');
  expect(kindOf(reset, { stoppedBy: 'first_text' })).toBe('not_ready');
});

it('knows a name in any case, with or without its ending', () => {
  for (const name of ['throttlingException', 'THROTTLINGEXCEPTION', 'Throttling'])
    expect(kindOf(sdkError(name, 'slow', {}), { inStream: true })).toBe('throttled');
});

it('reads a message that the SDK left in JSON', () => {
  const error = classifyError(sdkError('newException', '{"message":"Brand new."}'), {
    ...call,
    inStream: true,
  });
  expect(error).toMatchObject({ kind: 'stream_broken', awsName: 'newException' });
  expect(error.message).toBe('newException: Brand new.');
  expect(classifyError(sdkError('newException', '{"mess'), call).message).toBe('newException: {"mess');
});

it('reads Retry-After as a date too', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T12:00:00Z') });
  const headers = { 'retry-after': 'Sun, 22 Nov 2026 12:01:00 GMT' };
  const { retryAfterMs } = classifyError(
    sdkError('ThrottlingException', 'slow', { $response: { statusCode: 429, headers } }),
    call,
  );
  vi.useRealTimers();
  expect(retryAfterMs).toBe(60_000);
});

it('takes an answer of 200 that cannot be read for an outage, without a status', () => {
  const error = classifyError(sdkError('SyntaxError', 'no JSON', { $response: { statusCode: 200 } }), call);
  expect(error).toMatchObject({ kind: 'unavailable' });
  expect(error.status).toBeUndefined();
});

it('survives what is no error at all, and classifies nothing twice', () => {
  expect(kindOf('a word')).toBe('unavailable');
  expect(kindOf(undefined)).toBe('unavailable');
  const once = classifyError(new Error('x'), call);
  expect(once).toBeInstanceOf(BedrockError);
  expect(classifyError(once, { ...call, stoppedBy: 'caller' })).toBe(once);
});
