import { describe, expect, it, vi } from 'vitest';
import {
  awsError,
  BedrockError,
  type BedrockErrorKind,
  classifyError,
  type FailedCall,
  refusalOf,
} from './bedrock-error.js';

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

it.each([
  [
    'unavailable',
    'ConnectTimeoutError',
    'Connect Timeout Error (attempted address: 10.0.0.1:443, timeout: 2000ms)',
  ],
  ['unavailable', 'SocketError', 'other side closed'],
  ['not_ready', 'HeadersTimeoutError', 'Headers Timeout Error'],
  ['not_ready', 'BodyTimeoutError', 'Body Timeout Error'],
])('is %s: a %s of undici', (kind, name, message) => {
  expect(kindOf(sdkError(name, message))).toBe(kind);
  expect(kindOf(sdkError(name, message), { inStream: true, textShown: true })).toBe('stream_broken');
});

it.each(['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE'])('is unavailable by %s', (code) => {
  const error = sdkError(code === 'ECONNRESET' ? 'TimeoutError' : 'Error', 'socket hang up', { code });
  expect(kindOf(error)).toBe('unavailable');
  expect(kindOf(error, { inStream: true, textShown: true })).toBe('stream_broken');
});

/** A response of AWS with this status. */
const response = (name: string, status: number, message = '', headers: Record<string, string> = {}) =>
  sdkError(name, message, {
    $metadata: { httpStatusCode: status },
    $response: { statusCode: status, headers },
  });

// A name that is not known would be invalid_request with this status.
it.each<[name: string, kind: BedrockErrorKind]>([
  ['ThrottlingException', 'throttled'],
  ['TooManyRequestsException', 'throttled'],
  ['ServiceQuotaExceededException', 'throttled'],
  ['ServiceUnavailableException', 'unavailable'],
  ['InternalServerException', 'unavailable'],
  ['InternalFailure', 'unavailable'],
  ['ModelNotReadyException', 'not_ready'],
  ['ModelTimeoutException', 'not_ready'],
  ['ModelErrorException', 'not_ready'],
  ['ModelStreamErrorException', 'stream_broken'],
  ['ResourceNotFoundException', 'model_gone'],
  ['AccessDeniedException', 'access_denied'],
  ['UnrecognizedClientException', 'bad_credentials'],
  ['InvalidClientTokenId', 'bad_credentials'],
  ['ExpiredTokenException', 'bad_credentials'],
  ['InvalidSignatureException', 'bad_credentials'],
  ['SignatureDoesNotMatch', 'bad_credentials'],
  ['IncompleteSignatureException', 'bad_credentials'],
  ['MissingAuthenticationTokenException', 'bad_credentials'],
  ['CredentialsProviderError', 'bad_credentials'],
  ['TokenProviderError', 'bad_credentials'],
  ['ErrorModel', 'invalid_request'],
])('is known by its name %s: %s', (name, kind) => {
  expect(kindOf(response(name, 400))).toBe(kind);
});

it('is known by its name before its status', () => {
  expect(kindOf(response('ValidationException', 500))).toBe('invalid_request');
});

it.each<[status: number, kind: BedrockErrorKind]>([
  [299, 'unavailable'],
  [300, 'invalid_request'],
  [401, 'bad_credentials'],
  [403, 'access_denied'],
  [404, 'model_gone'],
  [408, 'not_ready'],
  [424, 'not_ready'],
  [429, 'throttled'],
  [499, 'invalid_request'],
  [500, 'unavailable'],
])('is known by its status %i: %s', (status, kind) => {
  expect(kindOf(response('NewException', status))).toBe(kind);
});

it('is a broken stream where a status says that Bedrock failed during it', () => {
  expect(kindOf(response('NewException', 500), { inStream: true })).toBe('stream_broken');
  expect(kindOf(response('NewException', 499), { inStream: true })).toBe('invalid_request');
});

it.each<[name: string, message: string, kind: BedrockErrorKind]>([
  ['ValidationException', 'The guardrail identifier is not valid.', 'guardrail_unavailable'],
  ['ValidationException', 'Invocation with on-demand throughput is not supported.', 'model_gone'],
  ['ValidationException', 'The provided model identifier is invalid.', 'model_gone'],
  ['ValidationException', 'Operation not allowed', 'model_gone'],
  ['ValidationException', 'This model version has reached the end of its life.', 'model_gone'],
  ['ValidationException', 'Input is too long for requested model.', 'input_too_long'],
  ['ValidationException', 'prompt is too long: 210000 tokens', 'input_too_long'],
  ['ValidationException', 'Too many input tokens.', 'input_too_long'],
  ['ValidationException', 'It exceeds the context window.', 'input_too_long'],
  ['ValidationException', 'The maximum context length is 10.', 'input_too_long'],
  ['ResourceNotFoundException', 'The guardrail does not exist.', 'guardrail_unavailable'],
  ['ResourceNotFoundException', 'This Model is marked by provider as Legacy.', 'access_pending'],
  ['ResourceNotFoundException', 'Model use case details have not been submitted.', 'access_pending'],
  ['AccessDeniedException', 'No right to perform: bedrock:ApplyGuardrail', 'guardrail_unavailable'],
  ['AccessDeniedException', 'The AWS Marketplace subscription is not complete.', 'access_pending'],
  ['AccessDeniedException', 'Model use case details have not been submitted.', 'access_pending'],
  ['AccessDeniedException', 'The security token is invalid.', 'bad_credentials'],
  ['AccessDeniedException', 'Please make sure your API Key is valid.', 'bad_credentials'],
  ['AccessDeniedException', 'The token has expired.', 'bad_credentials'],
])('of the name %s is known by its message "%s": %s', (name, message, kind) => {
  expect(kindOf(response(name, 400, message))).toBe(kind);
});

it('is cancelled where the SDK says that it was aborted', () => {
  expect(kindOf(sdkError('AbortError', 'Request aborted'), { inStream: true })).toBe('cancelled');
});

it('takes what our own limits did for what it is, whatever the SDK calls it', () => {
  const reset = sdkError('Error', 'aborted', { code: 'ECONNRESET' });
  expect(kindOf(reset, { stoppedBy: 'caller', inStream: true, textShown: true })).toBe('cancelled');
  expect(kindOf(reset, { stoppedBy: 'deadline', inStream: true, textShown: true })).toBe('not_ready');
  expect(kindOf(reset, { stoppedBy: 'first_text' })).toBe('not_ready');
  expect(kindOf(reset, { stoppedBy: 'idle', inStream: true })).toBe('not_ready');
  expect(kindOf(reset, { stoppedBy: 'idle', inStream: true, textShown: true })).toBe('stream_broken');
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
  const messageOf = (message: string) => classifyError(sdkError('newException', message), call).message;
  expect(messageOf('{"Message":"Older."}')).toBe('newException: Older.');
  expect(messageOf('{"code":7}')).toBe('newException: {"code":7}');
  expect(messageOf('{"mess')).toBe('newException: {"mess');
});

it('keeps what it knows of the call and of the response, with the error as its cause', () => {
  const cause = response('ThrottlingException', 429, 'slow', { 'retry-after': '7' });
  const error = classifyError(cause, { ...call, textShown: true, begun: true });
  expect(error).toMatchObject({
    ...{ kind: 'throttled', awsName: 'ThrottlingException', message: 'ThrottlingException: slow', cause },
    ...{ modelId: 'a.model', textShown: true, begun: true, status: 429, retryAfterMs: 7_000 },
  });
  expect(classifyError(sdkError('X', 'no status', { $metadata: { httpStatusCode: 429 } }), call).status).toBe(
    429,
  );
});

it('has no property for what it does not know', () => {
  const cut = classifyError(sdkError('Error', 'socket hang up'), call);
  const denied = classifyError(response('AccessDeniedException', 403, 'no right'), call);
  expect(cut).not.toHaveProperty('status');
  expect(cut).not.toHaveProperty('retryAfterMs');
  expect(denied).not.toHaveProperty('blockedRegion');
});

describe('the region that a policy forbids', () => {
  const regionIn = (message: string, name = 'AccessDeniedException') =>
    classifyError(response(name, 403, message), call).blockedRegion;

  it.each(['aws', 'aws-us-gov'])('is that of the model in the message (%s)', (partition) => {
    const arn = `arn:${partition}:bedrock:eu-west-3::foundation-model/amazon.nova-lite-v1:0`;
    expect(regionIn(`not authorized on resource: ${arn} with an explicit deny`)).toBe('eu-west-3');
  });

  it('is not known for another resource, and of no other failure', () => {
    expect(
      regionIn('on resource: arn:aws:bedrock:eu-west-3:111122223333:inference-profile/x'),
    ).toBeUndefined();
    const arn = 'arn:aws:bedrock:eu-west-3::foundation-model/amazon.nova-lite-v1:0';
    expect(regionIn(arn, 'ResourceNotFoundException')).toBeUndefined();
  });
});

it.each([
  ['0', 0],
  ['-5', 0],
  ['0.5', 500],
  ['', undefined],
  ['soon', undefined],
])('reads Retry-After: %j is %j ms', (value, ms) => {
  const error = response('ThrottlingException', 429, 'slow', { 'retry-after': value });
  expect(classifyError(error, call).retryAfterMs).toBe(ms);
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
  for (const nothing of ['a word', undefined, null])
    expect(classifyError(nothing, call)).toMatchObject({
      ...{ kind: 'unavailable', awsName: 'Unknown', message: `Unknown: ${nothing}` },
    });
  expect(classifyError({}, call)).toMatchObject({ kind: 'unavailable', message: 'Error: ' });
  const once = classifyError(new Error('x'), call);
  expect(once).toBeInstanceOf(BedrockError);
  expect(once.name).toBe('BedrockError');
  expect(classifyError(once, { ...call, stoppedBy: 'caller' })).toBe(once);
});

describe('a refusal of AWS', () => {
  const refused = (body: string, headers: Record<string, string> = {}) =>
    refusalOf({ statusCode: 429, headers, body });

  it('has the name in its header, its status and its headers', () => {
    const headers = { 'x-amzn-errortype': 'ThrottlingException:http://internal/', 'retry-after': '7' };
    expect(refused('{"message":"Slow down.","code":"Other"}', headers)).toMatchObject({
      name: 'ThrottlingException',
      message: '{"message":"Slow down.","code":"Other"}',
      $metadata: { httpStatusCode: 429 },
      $response: { statusCode: 429, headers },
    });
  });

  it.each([
    ['its code', '{"code":"ThrottlingException","__type":"Other"}', 'ThrottlingException'],
    ['its type', '{"__type":"com.amazon.coral#ThrottlingException"}', 'ThrottlingException'],
    ['no name', '{}', 'Unknown'],
    ['no JSON', '<html>', 'Unknown'],
  ])('without such a header is named by its body with %s', (_, body, name) => {
    expect(refused(body).name).toBe(name);
  });

  it('has at most 10,000 characters of a page of a proxy', () => {
    expect(refused('x'.repeat(10_001)).message).toBe('x'.repeat(10_000));
  });
});

it.each([
  ['throttlingException', 'ThrottlingException'],
  ['ThrottlingException,http://internal/', 'ThrottlingException'],
  ['com.amazon#ThrottlingException:http://internal/', 'ThrottlingException'],
])('an exception of the type %s is named %s', (type, name) => {
  expect(awsError(type, 'slow')).toMatchObject({ name, message: 'slow' });
});
