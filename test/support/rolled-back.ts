import { DataSource } from 'typeorm';
import { afterAll, beforeAll } from 'vitest';
import { databaseOptions, sessionSettings } from '#libs/platform/database/database-options.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { createTestEnvironment, type TestEnvironment } from './test-env.js';

/** A transaction that a test works in, and what repositories and services take for the database. */
export interface Within {
  tx: Transaction;
  db: DataSource;
  transactions: Transactions;
  // biome-ignore lint/suspicious/noExplicitAny: rows of every shape
  sql: (statement: string, values?: unknown[]) => Promise<any[]>;
}

/**
 * A database for the tests of one file, without api and worker. Each test works in one transaction that is rolled back,
 * so that tests cost milliseconds and do not see each other. `now()` is the same in all of its statements: a row at
 * `now() - interval '30 days'` is exactly on the boundary.
 */
export function useRolledBack(): (work: (within: Within) => Promise<void>) => () => Promise<void> {
  let environment: TestEnvironment;
  let db: DataSource;
  beforeAll(async () => {
    environment = await createTestEnvironment();
    const { env, variables } = environment;
    const patient = { statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 };
    const settings = { ...sessionSettings(env), ...patient };
    const options = databaseOptions(env, variables.MIGRATION_DATABASE_URL!, [], settings);
    const extra = { ...options.extra, query_timeout: 60_000 };
    db = await new DataSource({ ...options, connectTimeoutMS: 60_000, extra }).initialize();
  });
  afterAll(async () => {
    await db.destroy();
    await environment.close();
  });
  return (work) => () => new Transactions(db).dryRun((tx) => work(withinOf(tx)));
}

/** Lets nested transactions take part in this one. */
function withinOf(tx: Transaction): Within {
  const runner = {
    query: (statement: string, values?: unknown[]) => tx.query(statement, values),
    connect: () => tx.queryRunner!.connect(),
    ...{ startTransaction: done, commitTransaction: done, rollbackTransaction: done, release: done },
  };
  const db = {
    query: runner.query,
    transaction: (work: (tx: Transaction) => unknown) => work(tx),
    createQueryRunner: () => runner,
  };
  const transactions = { run: (work: (tx: Transaction) => unknown) => work(tx) };
  return {
    tx,
    db: db as unknown as DataSource,
    transactions: transactions as unknown as Transactions,
    sql: (statement, values = []) => tx.query(statement, values),
  };
}

const done = async () => undefined;
