import { HttpException, Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  NoModelReadyError,
  TooManyModelCallsError,
  UnansweredError,
} from '#libs/inference/inference.errors.js';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { ForbiddenError, InvalidInputError, UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { ConversationNotFoundError } from '#libs/switching/switching.errors.js';
import { TooManyRequestsError } from './http.errors.js';
import { openAiErrorEvent } from './openai-error.js';
import { sendProblem } from './problem-response.js';

beforeEach(() => Logger.overrideLogger(false));

/** Returns the response to an error, on a route of the wire. */
function sent(error: unknown) {
  const answer = { status: 0, type: '', error: {} as Record<string, unknown>, headers: {} as object };
  const reply = {
    removeHeader: () => reply,
    headers: (headers: object) => Object.assign(answer, { headers }) && reply,
    code: (status: number) => Object.assign(answer, { status }) && reply,
    type: (type: string) => Object.assign(answer, { type }) && reply,
    send: (body: string) => Object.assign(answer, JSON.parse(body)) && reply,
  };
  const request = { id: 'r-1', url: '/openai/v1/chat/completions', routeOptions: {} };
  sendProblem(request as never, reply as never, error);
  return answer;
}

const unanswered = (kind: BedrockErrorKind, awsName = 'X', message = 'X: no') =>
  new UnansweredError(new BedrockError(message, { kind, awsName, modelId: 'm', textShown: false }), []);
const NEVER = { 'x-should-retry': 'false' };

it.each<[string, unknown, [status: number, type: string, code: string], object]>([
  ['bad input', new InvalidInputError([]), [400, 'invalid_request_error', 'invalid_request'], {}],
  ['no key', new UnauthenticatedError('no'), [401, 'invalid_request_error', 'invalid_api_key'], {}],
  ['no right', new ForbiddenError('no'), [403, 'permission_error', 'permission_denied'], {}],
  [
    'another owner',
    new ConversationNotFoundError('c'),
    [404, 'invalid_request_error', 'conversation_not_found'],
    {},
  ],
  ['no such route', new HttpException('no', 404), [404, 'invalid_request_error', 'route_not_found'], {}],
  [
    'too many requests',
    new TooManyRequestsError(3),
    [429, 'rate_limit_error', 'rate_limit_exceeded'],
    { 'retry-after': '3' },
  ],
  [
    'too many calls',
    new TooManyModelCallsError(),
    [503, 'server_error', 'service_unavailable'],
    { 'retry-after': '2' },
  ],
  [
    'breakers that close soon',
    new NoModelReadyError([], 20),
    [503, 'server_error', 'service_unavailable'],
    { 'retry-after': '20' },
  ],
  [
    'breakers that stay open',
    new NoModelReadyError([], 21),
    [503, 'server_error', 'service_unavailable'],
    { 'retry-after': '21', ...NEVER },
  ],
  ['a bug', new Error('secret'), [500, 'server_error', 'internal_error'], {}],
  [
    'throttled',
    unanswered('throttled'),
    [429, 'rate_limit_error', 'rate_limit_exceeded'],
    { 'retry-after': '5' },
  ],
  ['our deadline', unanswered('not_ready'), [504, 'server_error', 'timeout'], NEVER],
  [
    'not ready',
    unanswered('not_ready', 'ModelNotReadyException'),
    [429, 'rate_limit_error', 'rate_limit_exceeded'],
    { 'retry-after': '5' },
  ],
  ['failed', unanswered('not_ready', 'ModelErrorException'), [502, 'server_error', 'model_error'], NEVER],
  ['unusable', unanswered('unusable_answer'), [502, 'server_error', 'model_error'], NEVER],
  ['ended', unanswered('model_gone'), [404, 'invalid_request_error', 'model_not_found'], {}],
  ['too long', unanswered('input_too_long'), [400, 'invalid_request_error', 'context_length_exceeded'], {}],
  ['refused form', unanswered('invalid_request'), [400, 'invalid_request_error', 'request_not_accepted'], {}],
  ['no rights of ours', unanswered('access_denied'), [403, 'permission_error', 'permission_denied'], {}],
])('%s has its status, its names and its retry', (_, error, [status, type, code], headers) => {
  const answer = sent(error);
  expect(answer).toMatchObject({ status, headers, type: 'application/json', error: { type, code } });
  expect(Object.keys(answer.headers)).toEqual(Object.keys(headers));
  expect(JSON.stringify(answer)).not.toContain('secret');
});

describe('the text of an error', () => {
  it('names the first field that is wrong', () => {
    const errors = ['temperature', 'n'].map((field) => ({ field, message: 'no' }));
    expect(sent(new InvalidInputError(errors)).error.param).toBe('temperature');
    expect(sent(new ForbiddenError('no')).error).toMatchObject({ param: null, message: 'no' });
  });

  it('is that of AWS for a refused form, without names of resources', () => {
    const message = 'ValidationException: bad arn:aws:iam::111122223333:role/x in 111122223333';
    const { error } = sent(unanswered('invalid_request', 'ValidationException', message));
    expect(error).toMatchObject({ message: 'bad [arn] in [account]', attempts: [] });
  });
});

it('is an event in a stream', () => {
  expect(openAiErrorEvent('no', 'x').toString('utf8')).toBe(
    'data: {"error":{"message":"no","type":"server_error","param":null,"code":"x"}}\n\n',
  );
});
