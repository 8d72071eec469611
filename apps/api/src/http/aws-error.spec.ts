import { HttpException, Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  CapabilityNotAvailableError,
  NoModelReadyError,
  TooManyModelCallsError,
  UnansweredError,
} from '#libs/inference/inference.errors.js';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { ForbiddenError, InvalidInputError, UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { ConversationNotFoundError } from '#libs/switching/switching.errors.js';
import { TooManyRequestsError } from './http.errors.js';
import { sendProblem } from './problem-response.js';

beforeEach(() => Logger.overrideLogger(false));

/** Returns the response to an error, on a route of the wire. */
function sent(error: unknown, url = '/bedrock/model/clinical/converse') {
  const headers: Record<string, string> = {};
  const answer = { status: 0, type: '', body: {} as Record<string, unknown>, headers };
  const reply = {
    removeHeader: () => reply,
    hasHeader: (name: string) => name in headers,
    header: (name: string, value: string) => Object.assign(headers, { [name]: value }) && reply,
    code: (status: number) => Object.assign(answer, { status }) && reply,
    type: (type: string) => Object.assign(answer, { type }) && reply,
    send: (body: string) => Object.assign(answer, { body: JSON.parse(body) }) && reply,
  };
  sendProblem({ id: 'r-1', url, routeOptions: {} } as never, reply as never, error);
  return answer;
}

const bedrock = (kind: BedrockErrorKind, awsName = 'X', message = 'X: no') =>
  new BedrockError(message, { kind, awsName, modelId: 'm', textShown: false });
const unanswered = (kind: BedrockErrorKind, awsName?: string, message?: string) =>
  new UnansweredError(bedrock(kind, awsName, message), []);

it.each<[string, unknown, number, string]>([
  ['bad input', new InvalidInputError([]), 400, 'ValidationException'],
  ['no key', new UnauthenticatedError('no'), 403, 'UnrecognizedClientException'],
  ['no right', new ForbiddenError('no'), 403, 'AccessDeniedException'],
  ['another owner', new ConversationNotFoundError('c'), 404, 'ResourceNotFoundException'],
  ['no such route', new HttpException('no', 404), 404, 'UnknownOperationException'],
  ['too many requests', new TooManyRequestsError(3), 429, 'ThrottlingException'],
  ['too many calls', new TooManyModelCallsError(), 503, 'ServiceUnavailableException'],
  ['open breakers', new NoModelReadyError([], 7), 503, 'ServiceUnavailableException'],
  ['a bug', new Error('secret'), 500, 'InternalServerException'],
  ['throttled', unanswered('throttled'), 429, 'ThrottlingException'],
  ['away', unanswered('unavailable'), 503, 'ServiceUnavailableException'],
  ['our deadline', unanswered('not_ready'), 408, 'ModelTimeoutException'],
  ['not ready', unanswered('not_ready', 'ModelNotReadyException'), 429, 'ModelNotReadyException'],
  ['failed', unanswered('not_ready', 'ModelErrorException'), 424, 'ModelErrorException'],
  ['ended', unanswered('model_gone'), 404, 'ResourceNotFoundException'],
  ['too long', unanswered('input_too_long'), 400, 'ValidationException'],
  ['refused form', unanswered('invalid_request'), 400, 'ValidationException'],
  ['no rights of ours', unanswered('access_denied'), 403, 'AccessDeniedException'],
])('%s has its status and its name', (_, error, status, name) => {
  const { headers, body, ...answer } = sent(error);
  expect([answer.status, headers['x-amzn-errortype'], answer.type]).toEqual([
    status,
    name,
    'application/json',
  ]);
  expect(headers['x-amzn-requestid']).toBe('r-1');
  expect(body.message).toEqual(expect.any(String));
  expect(body.message).not.toContain('secret');
});

describe('the time after which a retry helps', () => {
  it('is in both headers, for both kinds of SDK', () => {
    const { headers } = sent(new NoModelReadyError([], 7));
    expect([headers['retry-after'], headers['x-amz-retry-after']]).toEqual(['7', '7000']);
  });

  it('is a minute at most: SDKs wait within the call of an application', () => {
    expect(sent(new NoModelReadyError([], 86_400)).headers['retry-after']).toBe('60');
  });

  it('is not named where a retry does not help', () => {
    expect(sent(unanswered('access_denied')).headers).not.toHaveProperty('retry-after');
  });
});

describe('the message', () => {
  it('is that of AWS for a form that it refuses, without accounts and resources', () => {
    const words = 'ValidationException: bad arn:aws:iam::111122223333:role/x, of 111122223333';
    const { body } = sent(unanswered('invalid_request', 'ValidationException', words));
    expect(body).toEqual({ message: 'bad [arn], of [account]', code: 'request_not_accepted', attempts: [] });
  });

  it('is ours for everything else that may quote accounts or prompts', () => {
    expect(sent(unanswered('throttled', 'X', 'X: prompt')).body.message).not.toContain('prompt');
    expect(sent(unanswered('invalid_request', 'Other', 'Other: prompt')).body.message).not.toContain(
      'prompt',
    );
  });

  it('names what speaks against each model where all were passed over', () => {
    const skipped = { outcome: 'skipped' as const, ms: 0 };
    const attempts = [
      { ...skipped, modelId: 'eu.a', errorKind: 'tools_not_supported', lacks: ['tools'] },
      { ...skipped, modelId: 'eu.b', errorKind: 'cooling_down' },
    ];
    const failure = bedrock('invalid_request', 'FormNotSupported');
    const { status, body } = sent(new CapabilityNotAvailableError(failure, attempts));
    expect([status, body.code]).toEqual([400, 'capability_not_available']);
    expect(body.message).toBe(
      'No model of the use case takes this request: eu.a does not take tools; eu.b is passed over (cooling_down)',
    );
  });

  it('has the words that clients recognise where a prompt is too long', () => {
    expect(sent(unanswered('input_too_long')).body.message).toBe('Input is too long for requested model.');
  });
});

it('is a problem document on every other path', () => {
  const { type, headers } = sent(new ForbiddenError('no'), '/v1/chat');
  expect(type).toBe('application/problem+json');
  expect(headers).not.toHaveProperty('x-amzn-errortype');
});
