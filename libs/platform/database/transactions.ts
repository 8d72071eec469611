import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { UnavailableError } from '../errors/errors.js';
import { asUnavailable } from './database-trouble.js';
import { PipelinedTransaction, type PreparedStatement } from './pipelined-transaction.js';

/** Handle of a running transaction; services pass it to repositories and never look inside. */
export type Transaction = EntityManager;

/** Thrown to end a transaction with a result and without its writes (a dry run). */
class Rollback<T> extends Error {
  constructor(readonly result: T) {
    super('rolled back on purpose');
  }
}

/** Runs a unit of work in one PostgreSQL transaction. */
@Injectable()
export class Transactions {
  /** Moving average of the time that a transaction keeps its connection, in milliseconds. */
  private usualMs = 0;

  constructor(private readonly db: DataSource) {}

  /**
   * Runs `work` and commits it.
   * @throws UnavailableError if PostgreSQL is unavailable or too busy: nothing is written then
   * @throws OutcomeUnknownError if the response to the commit was lost: it may be written
   */
  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    this.refuseLongQueue();
    const runner = this.db.createQueryRunner();
    try {
      const open = await openOn(runner);
      const began = performance.now();
      try {
        return await finished(open, () => work(runner.manager));
      } finally {
        this.usualMs += (performance.now() - began - this.usualMs) * WEIGHT_OF_LAST;
      }
    } catch (error) {
      throw asUnavailable(error);
    } finally {
      await runner.release();
    }
  }

  /** Connections of this process in use and idle, their limit, and the number of waiting callers. */
  pool(): Record<'used' | 'idle' | 'limit' | 'waiting', number> {
    const { totalCount, idleCount, waitingCount, options } = this.connections;
    return { used: totalCount - idleCount, idle: idleCount, limit: options.max, waiting: waitingCount };
  }

  /**
   * Refuses immediately if the wait for a connection would exceed its timeout, so that the others are served in time.
   */
  private refuseLongQueue(): void {
    const { waitingCount, options } = this.connections;
    const waitMs = (waitingCount / options.max) * this.usualMs;
    if (waitMs >= options.connectionTimeoutMillis! || waitingCount >= options.max * QUEUE_PER_CONNECTION)
      throw new UnavailableError('overloaded', 'PostgreSQL is overloaded: try again shortly');
  }

  private get connections(): Pool {
    return (this.db.driver as PostgresDriver).master as Pool;
  }

  /** Runs `work` for its result and rolls everything back. */
  async dryRun<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.run<T>(async (tx) => {
        throw new Rollback(await work(tx));
      });
    } catch (error) {
      if (error instanceof Rollback) return error.result as T;
      throw error;
    }
  }
}

/** Sends a statement within a transaction; several may be pipelined. @returns the rows */
export function query<Row>(tx: Transaction, statement: PreparedStatement, values: unknown[]): Promise<Row[]> {
  return openOf(tx, statement, values).query<Row>(statement, values);
}

/** Runs a statement as its own transaction, on any free connection. @returns the rows */
export async function queryOnPool<Row>(
  db: DataSource,
  statement: PreparedStatement,
  values: unknown[],
): Promise<Row[]> {
  db.logger.logQuery(statement.text, values);
  const { rows } = await ((db.driver as PostgresDriver).master as Pool).query({ ...statement, values });
  return rows as Row[];
}

/** Writes within a transaction, and does not wait: if it fails, so does the commit. */
export function queueWrite(tx: Transaction, statement: PreparedStatement, values: unknown[]): void {
  openOf(tx, statement, values).queueWrite(statement, values);
}

function openOf({ dataSource, queryRunner }: Transaction, { text }: PreparedStatement, values: unknown[]) {
  const open = queryRunner?.data.open as PipelinedTransaction | undefined;
  if (!open) throw new Error('not within Transactions.run');
  dataSource.logger.logQuery(text, values, queryRunner);
  return open;
}

/** Makes statements of TypeORM wait for BEGIN: if BEGIN failed, they would otherwise commit alone. */
async function openOn(runner: QueryRunner): Promise<PipelinedTransaction> {
  const open = new PipelinedTransaction(await runner.connect());
  const query = runner.query.bind(runner) as (...statement: unknown[]) => Promise<unknown>;
  runner.query = async (...statement: unknown[]) => {
    await open.begin();
    return query(...statement) as never;
  };
  runner.data.open = open;
  return open;
}

async function finished<T>(open: PipelinedTransaction, work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    const [cause] = await Promise.all([open.failure(), open.rollback()]);
    throw cause ?? error;
  }
  await open.commit();
  return result;
}

/** Transactions that may wait for each connection of the pool, however quick they are. */
const QUEUE_PER_CONNECTION = 15;
const WEIGHT_OF_LAST = 0.05;
