import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { UnavailableError } from '../errors/errors.js';

/** The handle of a running transaction; services pass it to repositories and never look inside. */
export type Transaction = EntityManager;

/** Throw this to leave a transaction with a result and without its writes (a dry run). */
class Rollback<T> extends Error {
  constructor(readonly result: T) {
    super('rolled back on purpose');
  }
}

/** Runs a unit of work in one PostgreSQL transaction. */
@Injectable()
export class Transactions {
  /** How long a transaction keeps its connection lately, in milliseconds. */
  private usualMs = 0;

  constructor(private readonly db: DataSource) {}

  /** @throws UnavailableError when PostgreSQL is away or too busy; nothing is written then */
  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    this.refuseLongQueue();
    let began: number | undefined;
    try {
      return await this.db.transaction((tx) => {
        began = performance.now();
        return work(tx);
      });
    } catch (error) {
      throw asUnavailable(error);
    } finally {
      if (began !== undefined) this.usualMs += (performance.now() - began - this.usualMs) * WEIGHT_OF_LAST;
    }
  }

  /** Connections of this process that are at work and that are idle, their limit, and who waits for one. */
  pool(): Record<'used' | 'idle' | 'limit' | 'waiting', number> {
    const { totalCount, idleCount, waitingCount, options } = this.connections;
    return { used: totalCount - idleCount, idle: idleCount, limit: options.max, waiting: waitingCount };
  }

  /** Turning away at once what would wait for a connection until it is given up leaves the time for what would not. */
  private refuseLongQueue(): void {
    const { waitingCount, options } = this.connections;
    const waitMs = (waitingCount / options.max) * this.usualMs;
    if (waitMs >= options.connectionTimeoutMillis! || waitingCount >= options.max * QUEUE_PER_CONNECTION)
      throw new UnavailableError(
        'overloaded',
        'There is more to do than PostgreSQL can: try again in a moment',
      );
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

/** Transactions that may wait for each connection of the pool, however quick they are. */
const QUEUE_PER_CONNECTION = 15;
const WEIGHT_OF_LAST = 0.05;

const AWAY = /^(08|53|57P|58)|^(55P03|57014|40001|40P01|25P03)$/;
const AWAY_NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);
const AWAY_MESSAGE =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|not queryable|QueryRunner(Provider)?AlreadyReleased|Query read timeout/i;

/** True when the error says that PostgreSQL is away, overloaded or locked, and not that the statement is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const cause = error instanceof QueryFailedError ? (error.driverError as Error) : error;
  const code = String((cause as { code?: unknown }).code ?? '');
  return AWAY.test(code) || AWAY_NETWORK.has(code) || AWAY_MESSAGE.test(`${error.name} ${cause.message}`);
}

/** Turns "PostgreSQL is away" into the 503 a caller can act on; leaves every other error as it is. */
export function asUnavailable(error: unknown): unknown {
  if (!isDatabaseAway(error)) return error;
  return new UnavailableError(
    'database_unavailable',
    'The database is not available right now. Try again in a moment; with an Idempotency-Key a switch is done once at most.',
    {
      cause: error,
    },
  );
}
