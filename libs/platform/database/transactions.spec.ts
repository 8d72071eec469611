import {
  type DataSource,
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { describe, expect, it, vi } from 'vitest';
import { FakeDataSource } from '../../../test/support/fake-data-source.js';
import { ForbiddenError, UnavailableError } from '../errors/errors.js';
import { ask, asUnavailable, isDatabaseAway, type Transaction, Transactions } from './transactions.js';

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
    expect(isDatabaseAway(withCode(state))).toBe(true);
    expect(isDatabaseAway(failedQuery(withCode(state)))).toBe(true);
  });

  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'EPIPE',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    // What a container or pod gets whose resolver cannot answer, as while the server's name is gone.
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
    ['42501', 'the role has no right'],
    ['22P02', 'a value cannot be read'],
    ['25006', 'it is a read-only replica'],
    ['28P01', 'the password is wrong'],
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
  ])('as far as one can tell from %s', (_, thrown) => {
    expect(isDatabaseAway(thrown)).toBe(false);
    expect(asUnavailable(thrown)).toBe(thrown);
  });
});

it('a caller is told to try again in a second, in words that are ours, and the log gets the cause', () => {
  const cause = withCode('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.5:5432');
  const error = asUnavailable(cause) as UnavailableError;
  expect(error).toBeInstanceOf(UnavailableError);
  expect(error).toMatchObject({ kind: 'unavailable', code: 'database_unavailable', retryAfter: 1, cause });
  expect(error.message).not.toContain('10.0.0.5');
});

const transactionsOn = (db: FakeDataSource) => new Transactions(db as unknown as DataSource);
const statement = (text: string) => ({ name: text, text });
const asking = async (tx: Transaction) => ask(tx, statement('SELECT 42'), []);

it('is turned away at once where more wait for a connection than could be served in time', async () => {
  const db = new FakeDataSource();
  db.driver.master.waitingCount = 299;
  expect(await transactionsOn(db).run(async () => 42)).toBe(42);
  db.driver.master.waitingCount = 300;
  await expect(transactionsOn(db).run(async () => 42)).rejects.toMatchObject({
    ...{ kind: 'unavailable', code: 'overloaded', retryAfter: 1 },
  });
  expect(db.released).toBe(1);
});

it('is turned away sooner where those before it take long, and not where nobody waits', async () => {
  vi.useFakeTimers();
  const db = new FakeDataSource();
  const transactions = transactionsOn(db);
  const slow = async () => void vi.advanceTimersByTime(250);
  for (let done = 0; done < 100; done += 1) await transactions.run(slow);
  // Of 250 ms each, 20 at a time, 80 take the second that one waits.
  db.driver.master.waitingCount = 75;
  await transactions.run(slow);
  db.driver.master.waitingCount = 85;
  await expect(transactions.run(slow)).rejects.toMatchObject({ code: 'overloaded' });
  db.driver.master.waitingCount = 0;
  for (let done = 0; done < 100; done += 1) await transactions.run(async () => undefined);
  db.driver.master.waitingCount = 85;
  await transactions.run(slow);
  vi.useRealTimers();
});

describe('a dry run', () => {
  it.each([
    ['a result', { would: 'switch' }],
    ['no result', undefined],
    ['a falsy one', 0],
  ])('has %s and writes nothing', async (_, result) => {
    const db = new FakeDataSource();
    const work = async (tx: Transaction) => {
      await asking(tx);
      return result;
    };
    expect(await transactionsOn(db).dryRun<unknown>(work)).toBe(result);
    expect(db).toMatchObject({ committed: 0, rolledBack: 1 });
  });

  it('is refused like the real thing', async () => {
    const refusal = new ForbiddenError('no');
    const refuse = async () => Promise.reject(refusal);
    await expect(transactionsOn(new FakeDataSource()).dryRun(refuse)).rejects.toBe(refusal);
  });

  it('is unavailable where PostgreSQL is', async () => {
    const fail = async () => Promise.reject(withCode('ECONNREFUSED'));
    await expect(transactionsOn(new FakeDataSource()).dryRun(fail)).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });
});
