import type { DataSource } from 'typeorm';
import { describe, expect, it, vi } from 'vitest';
import { FakeDataSource } from '../../../test/support/fake-data-source.js';
import { ForbiddenError } from '../errors/errors.js';
import { query, queueWrite, type Transaction, Transactions } from './transactions.js';

const withCode = (code: string, message = 'something happened') =>
  Object.assign(new Error(message), { code });
const transactionsOn = (db: FakeDataSource) => new Transactions(db as unknown as DataSource);
const statement = (text: string) => ({ name: text, text });
const asking = async (tx: Transaction) => query(tx, statement('SELECT 42'), []);

describe('a transaction', () => {
  it('is committed before its result is there, and its connection is given back', async () => {
    const db = new FakeDataSource();
    expect(await transactionsOn(db).run(asking)).toEqual([{ asked: 'SELECT 42' }]);
    expect(db.sent).toEqual(['BEGIN', 'SELECT 42', 'COMMIT']);
    expect(db.released).toBe(1);
  });

  it('that asks nothing sends nothing', async () => {
    const db = new FakeDataSource();
    expect(await transactionsOn(db).run(async () => 42)).toBe(42);
    expect(db).toMatchObject({ sent: [], released: 1 });
  });

  it.each([
    ['the connection ends', { COMMIT: withCode('57P01') }],
    ['the client waited too long', { COMMIT: new Error('Query read timeout') }],
    [
      'already its write was not answered',
      { 'INSERT b': new Error('Query read timeout'), COMMIT: withCode('EPIPE') },
    ],
  ])('may be done where its commit was sent and %s', async (_, failures) => {
    const db = new FakeDataSource();
    Object.assign(db.failures, failures);
    const write = async (tx: Transaction) => queueWrite(tx, statement('INSERT b'), []);
    await expect(transactionsOn(db).run(write)).rejects.toMatchObject({
      code: 'outcome_unknown',
      retryAfter: 1,
    });
  });

  it('is not done where a write was refused, although the answer to its commit is lost', async () => {
    const db = new FakeDataSource();
    Object.assign(db.failures, { 'INSERT b': withCode('55P03'), COMMIT: withCode('ECONNRESET') });
    const write = async (tx: Transaction) => queueWrite(tx, statement('INSERT b'), []);
    await expect(transactionsOn(db).run(write)).rejects.toMatchObject({ code: 'database_unavailable' });
  });

  it('that refuses something rolls back, and the refusal stays what it is', async () => {
    const db = new FakeDataSource();
    const refusal = new ForbiddenError('no');
    const refuse = async (tx: Transaction) => {
      await asking(tx);
      throw refusal;
    };
    await expect(transactionsOn(db).run(refuse)).rejects.toBe(refusal);
    expect(db).toMatchObject({ committed: 0, rolledBack: 1, released: 1 });
  });

  it('sends what it writes without waiting, in its order, and the commit behind it', async () => {
    const db = new FakeDataSource();
    await transactionsOn(db).run(async (tx) => {
      for (const text of ['UPDATE a', 'INSERT b']) queueWrite(tx, statement(text), []);
      expect(db.sent).toEqual(['BEGIN', 'UPDATE a', 'INSERT b']);
    });
    expect(db.sent).toEqual(['BEGIN', 'UPDATE a', 'INSERT b', 'COMMIT']);
  });

  it('fails with what its write failed with, although the work knew nothing of it', async () => {
    const db = new FakeDataSource();
    const failure = withCode('23505', 'duplicate key');
    db.failures['INSERT b'] = failure;
    const write = async (tx: Transaction) => queueWrite(tx, statement('INSERT b'), []);
    await expect(transactionsOn(db).run(write)).rejects.toBe(failure);
  });

  it('says what its write failed with, and not that a question behind it was refused for that', async () => {
    const db = new FakeDataSource();
    const failure = withCode('23505', 'duplicate key');
    db.failures['INSERT b'] = failure;
    db.failures['SELECT 42'] = withCode('25P02', 'current transaction is aborted');
    const write = async (tx: Transaction) => {
      queueWrite(tx, statement('INSERT b'), []);
      await asking(tx);
    };
    await expect(transactionsOn(db).run(write)).rejects.toBe(failure);
  });

  it('is no success where PostgreSQL rolled it back instead of committing', async () => {
    const db = new FakeDataSource();
    db.failures['SELECT 42'] = withCode('22P02', 'cannot be read');
    const swallow = async (tx: Transaction) => void (await asking(tx).catch(() => undefined));
    const client = (await db.createQueryRunner().connect()) as { query: (query: unknown) => Promise<object> };
    const { query } = client;
    client.query = async (text) => (text === 'COMMIT' ? { command: 'ROLLBACK' } : query(text));
    await expect(transactionsOn(db).run(swallow)).rejects.toThrow('ended with ROLLBACK');
  });

  it.each([
    ['asks', asking],
    ['asks through TypeORM', async (tx: Transaction) => tx.queryRunner!.query('SELECT 42')],
  ])('that could not begin does nothing, where it %s', async (_, work) => {
    const db = new FakeDataSource();
    db.failures.BEGIN = withCode('57014', 'canceling statement due to statement timeout');
    const further = vi.fn();
    await expect(transactionsOn(db).run(async (tx) => further(await work(tx)))).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect(further).not.toHaveBeenCalled();
    expect(db.committed).toBe(0);
  });

  it('waits for BEGIN before TypeORM sends anything, because that may be a write', async () => {
    const db = new FakeDataSource();
    db.failures.BEGIN = withCode('57014');
    const insert = async (tx: Transaction) => tx.queryRunner!.query('INSERT b');
    await expect(transactionsOn(db).run(insert)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(db.sent).not.toContain('INSERT b');
  });
});

it('a question outside of a transaction is a mistake of ours', () => {
  const tx = { dataSource: {}, queryRunner: { data: {} } } as unknown as Transaction;
  expect(() => query(tx, statement('SELECT 42'), [])).toThrow('not within Transactions.run');
});
