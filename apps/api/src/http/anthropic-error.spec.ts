import { HttpException, Logger } from '@nestjs/common';
import { beforeEach, expect, it } from 'vitest';
import {
  CapabilityNotAvailableError,
  NoModelReadyError,
  TooManyModelCallsError,
  UnansweredError,
} from '#libs/inference/inference.errors.js';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import {
  ForbiddenError,
  InvalidInputError,
  UnauthenticatedError,
  UnavailableError,
} from '#libs/platform/errors/errors.js';
import { ConversationNotFoundError } from '#libs/switching/switching.errors.js';
import { anthropicErrorEvent } from './anthropic-error.js';
import { StoppingError, TooManyRequestsError } from './http.errors.js';
import { sendProblem } from './problem-response.js';

beforeEach(() => Logger.overrideLogger(false));

/** Returns the response to an error, on a route of the wire. */
function sent(error: unknown, given: Record<string, string> = {}) {
  const headers = { ...given };
  const answer = { status: 0, type: '', body: {} as Record<string, unknown>, headers };
  const reply = {
    removeHeader: () => reply,
    hasHeader: (name: string) => name in headers,
    getHeader: (name: string) => headers[name],
    header: (name: string, value: string) => Object.assign(headers, { [name]: value }) && reply,
    code: (status: number) => Object.assign(answer, { status }) && reply,
    type: (type: string) => Object.assign(answer, { type }) && reply,
    send: (body: string) => Object.assign(answer, { body: JSON.parse(body) }) && reply,
  };
  sendProblem({ id: 'r-1', url: '/anthropic/v1/messages', routeOptions: {} } as never, reply as never, error);
  return answer;
}

const unanswered = (kind: BedrockErrorKind, awsName = 'X', message = 'X: no') =>
  new UnansweredError(new BedrockError(message, { kind, awsName, modelId: 'm', textShown: false }), []);
const withCode = (code: string) => Object.assign(new Error('no'), { code });

it.each<[string, unknown, number, string]>([
  ['bad input', new InvalidInputError([]), 400, 'invalid_request_error'],
  ['no key', new UnauthenticatedError('no'), 401, 'authentication_error'],
  ['no right', new ForbiddenError('no'), 403, 'permission_error'],
  ['another owner', new ConversationNotFoundError('c'), 404, 'not_found_error'],
  ['no such route', new HttpException('no', 404), 404, 'not_found_error'],
  ['a large body', withCode('FST_ERR_CTP_BODY_TOO_LARGE'), 413, 'request_too_large'],
  ['another content', withCode('FST_ERR_CTP_INVALID_MEDIA_TYPE'), 415, 'invalid_request_error'],
  ['too many requests', new TooManyRequestsError(3), 429, 'rate_limit_error'],
  ['too many calls', new TooManyModelCallsError(), 529, 'overloaded_error'],
  ['a stop', new StoppingError(), 529, 'overloaded_error'],
  ['no database', new UnavailableError('database_unavailable', 'no'), 529, 'overloaded_error'],
  ['open breakers', new NoModelReadyError([], 7), 529, 'overloaded_error'],
  ['a bug', new Error('secret'), 500, 'api_error'],
  ['throttled', unanswered('throttled'), 429, 'rate_limit_error'],
  ['away', unanswered('unavailable'), 529, 'overloaded_error'],
  ['our deadline', unanswered('not_ready'), 504, 'timeout_error'],
  ['not ready', unanswered('not_ready', 'ModelNotReadyException'), 529, 'overloaded_error'],
  ['failed', unanswered('not_ready', 'ModelErrorException'), 500, 'api_error'],
  ['an answer that cannot be read', unanswered('unusable_answer'), 500, 'api_error'],
  ['ended', unanswered('model_gone'), 404, 'not_found_error'],
  ['too long', unanswered('input_too_long'), 400, 'invalid_request_error'],
  ['refused form', unanswered('invalid_request'), 400, 'invalid_request_error'],
  ['no rights of ours', unanswered('access_denied'), 403, 'permission_error'],
])('%s has its status and its type', (_, error, status, type) => {
  const answer = sent(error);
  expect([answer.status, answer.type]).toEqual([status, 'application/json']);
  expect(answer.body).toMatchObject({ type: 'error', error: { type }, request_id: 'r-1' });
  expect(answer.headers['request-id']).toBe('r-1');
  expect(JSON.stringify(answer.body)).not.toContain('secret');
});

it('has the id of the recorded call, where there is one', () => {
  const { headers, body } = sent(unanswered('throttled'), { 'request-id': 'call-1' });
  expect([headers['request-id'], body.request_id]).toEqual(['call-1', 'call-1']);
});

it.each<[string, unknown, string | undefined, string | undefined]>([
  ['a short wait', new TooManyRequestsError(20), '20', undefined],
  ['a long wait', new TooManyRequestsError(21), '21', 'false'],
  ['breakers that are open for long', new NoModelReadyError([], 300), '300', 'false'],
  ['a deadline', unanswered('not_ready'), undefined, 'false'],
  ['a model that failed', unanswered('not_ready', 'ModelErrorException'), undefined, 'false'],
  ['a bug', new Error('secret'), undefined, undefined],
  ['bad input', new InvalidInputError([]), undefined, undefined],
])('%s says whether a retry helps', (_, error, retryAfter, shouldRetry) => {
  const { headers } = sent(error);
  expect([headers['retry-after'], headers['x-should-retry']]).toEqual([retryAfter, shouldRetry]);
});

it('shows the words of AWS of a form that it refuses, and the models that were passed over', () => {
  const refused = sent(
    unanswered('invalid_request', 'ValidationException', 'ValidationException: tools: bad'),
  );
  expect(refused.body.error).toMatchObject({ message: 'tools: bad' });
  expect(sent(unanswered('input_too_long')).body.error).toMatchObject({
    message: expect.stringMatching(/^prompt is too long/),
  });
  const attempts = [{ modelId: 'm', outcome: 'skipped' as const, errorKind: 'x', ms: 0, lacks: ['tools'] }];
  const cause = new BedrockError('no', {
    kind: 'invalid_request',
    awsName: 'X',
    modelId: 'm',
    textShown: false,
  });
  expect(sent(new CapabilityNotAvailableError(cause, attempts)).body.error).toMatchObject({
    message: expect.stringContaining('m does not take tools'),
    details: { error_code: 'capability_not_available', attempts },
  });
});

it.each([
  ['throttled', 'rate_limit_error'],
  ['unavailable', 'overloaded_error'],
  ['stream_broken', 'api_error'],
  [null, 'api_error'],
])('the event of a stream that broke off by %s has the type %s', (errorKind, type) => {
  const attempts = [{ errorKind: 'throttled' }, { errorKind }];
  const event = anthropicErrorEvent('Broken', { requestId: 'r-1', attempts } as never).toString();
  expect(event).toMatch(/^event: error\ndata: .*\n\n$/);
  expect(JSON.parse(event.split('data: ')[1]!)).toEqual({
    ...{ type: 'error', error: { type, message: 'Broken' }, request_id: 'r-1' },
  });
});

it('the event of a stream that ends without an attempt has a type, too', () => {
  expect(anthropicErrorEvent('Broken', { requestId: 'r-1' } as never).toString()).toContain('api_error');
});
