import { ForbiddenException, HttpException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { AppError, type ErrorKind } from '#libs/platform/errors/app-error.js';
import { InvalidInputError, UnavailableError } from '#libs/platform/errors/errors.js';
import { toProblem, toProblemSource } from './problem-details.js';

const answerTo = (thrown: unknown) => toProblem(toProblemSource(thrown), 'request-1');

class Refusal extends AppError {
  readonly code = 'some_code';
  constructor(readonly kind: ErrorKind) {
    super('One sentence');
  }
}

const fastify = (code: string, statusCode: number, message = 'Fastify says no') =>
  Object.assign(new Error(message), { code, statusCode });

describe('an error of ours', () => {
  it.each<[ErrorKind, number]>([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['precondition_failed', 412],
    ['payload_too_large', 413],
    ['unsupported_media_type', 415],
    ['unprocessable', 422],
    ['rate_limited', 429],
    ['internal', 500],
    ['unavailable', 503],
  ])('of kind %s is answered with %i', (kind, status) => {
    const problem = answerTo(new Refusal(kind));
    expect(problem).toEqual({
      type: 'urn:bedrock-model-orchestrator:problem:some_code',
      title: expect.stringMatching(/^[A-Z]/),
      status,
      detail: 'One sentence',
      code: 'some_code',
      requestId: 'request-1',
    });
  });

  it('names each field that is wrong', () => {
    const errors = [
      { field: 'useCase', message: 'is required' },
      { field: 'modelId', message: 'is too long' },
    ];
    expect(answerTo(new InvalidInputError(errors))).toMatchObject({
      status: 400,
      code: 'invalid_request',
      detail: 'The request is not valid: useCase: is required; modelId: is too long',
      errors,
    });
  });

  it('says when a retry makes sense, and keeps its cause to itself', () => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.5:5432');
    const error = new UnavailableError('database_unavailable', 'Not now', { cause });
    expect(toProblemSource(error).retryAfter).toBe(1);
    expect(JSON.stringify(answerTo(error))).not.toContain('10.0.0.5');
  });
});

describe('PostgreSQL away', () => {
  it('is 503 wherever it was noticed', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(answerTo(error)).toMatchObject({ status: 503, code: 'database_unavailable' });
    expect(toProblemSource(error).retryAfter).toBe(1);
  });
});

describe('what Fastify and Nest refuse', () => {
  it.each<[what: string, thrown: unknown, status: number, code: string]>([
    ['a body that is too large', fastify('FST_ERR_CTP_BODY_TOO_LARGE', 413), 413, 'payload_too_large'],
    ['another content type', fastify('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415), 415, 'unsupported_media_type'],
    ['an empty body', fastify('FST_ERR_CTP_EMPTY_JSON_BODY', 400), 400, 'invalid_request'],
    [
      'a body that is no JSON',
      Object.assign(new SyntaxError('Unexpected token'), { statusCode: 400 }),
      400,
      'invalid_request',
    ],
    ['a path that does not exist', new NotFoundException('Cannot GET /x'), 404, 'route_not_found'],
  ])('%s', (_, thrown, status, code) => {
    expect(answerTo(thrown)).toMatchObject({ status, code });
  });

  it('names the field of a poisoned body', () => {
    const error = Object.assign(new SyntaxError('Object contains forbidden prototype property'), {
      statusCode: 400,
    });
    expect(answerTo(error)).toMatchObject({ errors: [{ field: '__proto__' }] });
  });

  it('does not repeat what a caller wrote', () => {
    const error = Object.assign(new SyntaxError('Unexpected token in "my diagnosis'), { statusCode: 400 });
    expect(JSON.stringify(answerTo(error))).not.toContain('diagnosis');
  });

  it.each([new ForbiddenException(), new HttpException('teapot', 418)])(
    'is not reported as a failure of the service (%#)',
    (error) => {
      expect(answerTo(error).status).toBeLessThan(500);
    },
  );
});

describe('anything else', () => {
  it.each<[what: string, thrown: unknown]>([
    ['an error in the code', new TypeError("Cannot read properties of undefined (reading 'secret')")],
    ['an error of the database', Object.assign(new Error('duplicate key (secret)'), { code: '23505' })],
    ['a status above 499', fastify('FST_ERR_SOMETHING', 500, 'secret')],
    ['a text', 'secret'],
    ['a number', 42],
    ['null', null],
    ['nothing', undefined],
  ])('(%s) is an internal error that says nothing of its cause, nor that nothing was done', (_, thrown) => {
    const problem = answerTo(thrown);
    expect(problem).toMatchObject({ status: 500, code: 'internal_error', requestId: 'request-1' });
    expect(problem.detail).toContain('the outcome of the request is unknown');
    expect(JSON.stringify(problem)).not.toContain('secret');
  });
});
