import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { describe, expect, it } from 'vitest';
import { ForbiddenError, OutcomeUnknownError, UnavailableError } from '../errors/errors.js';
import { asUnavailable, isDatabaseAway, provesRollback, troubleOf } from './database-trouble.js';

const withCode = (code: string, message = 'something happened') =>
  Object.assign(new Error(message), { code });
const failedQuery = (driverError: Error) => new QueryFailedError('SELECT 1', [], driverError);

describe('PostgreSQL is away', () => {
  it.each([
    ['08006', 'the connection broke'],
    ['08001', 'no connection could be made'],
    ['53300', 'there are too many connections'],
    ['53100', 'its disk is full'],
    ['57P01', 'it is being shut down'],
    ['57P02', 'it crashed'],
    ['57P03', 'it is starting'],
    ['57014', 'the statement took too long'],
    ['58030', 'its disk fails'],
    ['55P03', 'a lock was not free in time'],
    ['40001', 'two transactions cannot be put in order'],
    ['40P01', 'there was a deadlock'],
    ['25P03', 'the transaction was idle for too long'],
  ])('where it answers %s: %s', (state) => {
    expect(troubleOf(withCode(state))).toBe('away');
    expect(troubleOf(failedQuery(withCode(state)))).toBe('away');
  });

  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'EPIPE',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    // A container or pod gets it if its resolver cannot answer, such as while the server's name is gone.
    'EAI_AGAIN',
  ])('where the network says %s', (code) => {
    expect(isDatabaseAway(withCode(code))).toBe(true);
    expect(isDatabaseAway(failedQuery(withCode(code)))).toBe(true);
  });

  it('where a name has several addresses and none of them answers', () => {
    const refused = [withCode('ECONNREFUSED'), withCode('ECONNREFUSED')];
    expect(isDatabaseAway(Object.assign(new AggregateError(refused), { code: 'ECONNREFUSED' }))).toBe(true);
  });

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Query read timeout',
  ])('where the driver says “%s”', (message) => {
    expect(isDatabaseAway(new Error(message))).toBe(true);
    expect(isDatabaseAway(failedQuery(new Error(message)))).toBe(true);
  });

  it.each([
    ['before a query', new QueryRunnerProviderAlreadyReleasedError()],
    ['before an insert by the query builder, or the commit', new QueryRunnerAlreadyReleasedError()],
  ])('where the connection was lost within a transaction, %s', (_, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });
});

describe('PostgreSQL is there', () => {
  it.each([
    ['23505', 'a value exists already'],
    ['23503', 'a row is missing that another names'],
    ['42P01', 'there is no such table'],
    ['22P02', 'a value cannot be read'],
    ['P0001', 'a trigger objects'],
  ])('where it answers %s: %s', (state) => {
    expect(isDatabaseAway(failedQuery(withCode(state)))).toBe(false);
  });

  it.each([
    ['an error of ours', new ForbiddenError('no')],
    ['an error in the code', new TypeError('x is not a function')],
    ['a code that only looks like one', withCode('0')],
    ['a number that only begins like one', withCode('5')],
    ['what is no error', 'ECONNREFUSED'],
    ['nothing', undefined],
    ['null', null],
  ])('judging by %s', (_, thrown) => {
    expect(troubleOf(thrown)).toBeUndefined();
    expect(asUnavailable(thrown)).toBe(thrown);
  });
});

it('a caller gets Retry-After and our own words, and the log gets the cause', () => {
  const cause = withCode('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.5:5432');
  const error = asUnavailable(cause) as UnavailableError;
  expect(error).toBeInstanceOf(UnavailableError);
  expect(error).toMatchObject({ kind: 'unavailable', code: 'database_unavailable', retryAfter: 1, cause });
  expect(error.message).not.toContain('10.0.0.5');
});

describe('PostgreSQL is there, and a caller can do nothing but try again', () => {
  it.each([
    ['25006', 'it is a standby, or was demoted', 'database_read_only'],
    ['28P01', 'the password was changed', 'database_login_refused'],
    ['28000', 'the role may not log in', 'database_login_refused'],
    ['3D000', 'there is no such database', 'database_login_refused'],
    ['42501', 'the role has no right', 'database_right_missing'],
    ['0P000', 'there is no such role', 'database_right_missing'],
    ['XX000', 'it, or Supavisor, fails', 'database_unavailable'],
    ['08P01', 'PgBouncer ends the connection', 'database_unavailable'],
  ])('where it answers %s: %s', (state, _, code) => {
    expect(asUnavailable(failedQuery(withCode(state)))).toMatchObject({
      kind: 'unavailable',
      code,
      retryAfter: 1,
    });
  });

  it('and a process that starts waits for one that takes changes, and not for a login', () => {
    expect(isDatabaseAway(withCode('25006'))).toBe(true);
    expect(isDatabaseAway(withCode('28P01'))).toBe(false);
    expect(isDatabaseAway(withCode('42501'))).toBe(false);
  });
});

describe('behind a commit whose answer did not come, nothing was done', () => {
  it.each([
    ['a statement was refused', withCode('23505'), true],
    ['a statement took too long', withCode('57014'), true],
    [
      'the connection was ended by PostgreSQL',
      Object.assign(withCode('57P01'), { severity: 'FATAL' }),
      false,
    ],
    ['a pooler lost its server', withCode('08P01'), false],
    ['the connection broke', withCode('ECONNRESET'), false],
    ['the connection broke while writing', withCode('EPIPE'), false],
    ['the client waited too long', new Error('Query read timeout'), false],
  ])('for sure or not, where %s', (_, error, proven) => {
    expect(provesRollback(error)).toBe(proven);
    expect(provesRollback(failedQuery(error))).toBe(proven);
  });

  it('and what is not known stays what it is, also through TypeORM', () => {
    const unknown = new OutcomeUnknownError(withCode('ECONNRESET'));
    expect(asUnavailable(unknown)).toBe(unknown);
    expect(asUnavailable(failedQuery(unknown))).toBe(unknown);
  });
});
