import type { DataSource } from 'typeorm';
import { describe, expect, it, vi } from 'vitest';
import { FakeDataSource } from '../../../test/support/fake-data-source.js';
import { ForbiddenError } from '../errors/errors.js';
import { query, type Transaction, Transactions } from './transactions.js';

const withCode = (code: string, message = 'something happened') =>
  Object.assign(new Error(message), { code });

const transactionsOn = (db: FakeDataSource) => new Transactions(db as unknown as DataSource);
const statement = (text: string) => ({ name: text, text });
const asking = async (tx: Transaction) => query(tx, statement('SELECT 42'), []);

it('is refused immediately if more wait for a connection than could be served in time', async () => {
  const db = new FakeDataSource();
  db.driver.master.waitingCount = 299;
  expect(await transactionsOn(db).run(async () => 42)).toBe(42);
  db.driver.master.waitingCount = 300;
  await expect(transactionsOn(db).run(async () => 42)).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'overloaded',
    retryAfter: 1,
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
