import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { UnavailableError } from '#libs/platform/errors/errors.js';
import { CallMetrics } from './call-metrics.js';
import type { Invocation } from './invocation.js';
import { InvocationsRepository } from './invocations.repository.js';

/** `durable`: it is in PostgreSQL. `buffered`: it is in the memory of this process until PostgreSQL takes it. */
export type Recorded = 'durable' | 'buffered';

interface Waiting {
  invocation: Invocation;
  /** Passes the outcome to the caller of `record`, which may have stopped waiting. */
  settle: (outcome: Recorded | Error) => void;
}

/** Calls per process that a kill during an outage of PostgreSQL can lose. */
const MAX_BUFFERED = 10_000;
/** Capacity reserved for calls in progress when the last one is admitted. */
const KEPT_FREE = 1_000;
const MAX_BATCH_SIZE = 100;
const BATCH_CONCURRENCY = 2;
const RECORD_WAIT_MS = 1_000;
const RETRY_MS = { first: 100, most: 2_000 };
const FLUSH_TIMEOUT_MS = 2_000;

/** Bad data or a violated constraint: PostgreSQL will never accept the row. All other errors may be temporary. */
const PERMANENT_SQLSTATE = /^2[23]/;

/**
 * Writes calls in batches: a single call is written immediately, and calls that arrive while batches are being written
 * share the next one. While PostgreSQL is unavailable they are buffered, up to a limit.
 */
@Injectable()
export class InvocationsService implements OnApplicationShutdown {
  private readonly logger = new Logger('Invocations');
  private readonly waiting: Waiting[] = [];
  /** Number of calls that are not in PostgreSQL yet. */
  private buffered = 0;
  private batches = 0;
  private failures = 0;
  private retry: NodeJS.Timeout | undefined;
  private emptied: (() => void) | undefined;

  constructor(
    private readonly repository: InvocationsRepository,
    private readonly metrics: CallMetrics,
  ) {
    metrics.watchBuffer(() => this.buffered);
  }

  /** Must run before a call of a model. @throws UnavailableError while too many are buffered */
  assertRoom(): void {
    if (this.buffered > MAX_BUFFERED - KEPT_FREE) throw backlog();
  }

  /**
   * Records a call; idempotent.
   * @returns after a second at most, and immediately while PostgreSQL is known to be unavailable
   * @throws UnavailableError when the buffer is full; Error when PostgreSQL refuses this row permanently
   */
  async record(invocation: Invocation): Promise<Recorded> {
    this.metrics.count(invocation);
    if (this.buffered >= MAX_BUFFERED) throw backlog();
    this.buffered += 1;
    return new Promise((resolve, reject) => {
      const isAway = this.failures > 0;
      if (isAway) resolve('buffered');
      const giveUp = isAway ? undefined : setTimeout(() => resolve('buffered'), RECORD_WAIT_MS);
      const settle = (outcome: Recorded | Error) => {
        clearTimeout(giveUp);
        this.buffered -= 1;
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      this.waiting.push({ invocation, settle });
      this.begin();
    });
  }

  /** Writes the remaining calls, as far as PostgreSQL takes them in time. */
  async onApplicationShutdown(): Promise<void> {
    if (this.buffered === 0) return;
    const emptied = new Promise<void>((resolve) => {
      this.emptied = resolve;
    });
    this.tryAgain();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FLUSH_TIMEOUT_MS);
    });
    await Promise.race([emptied, tooLate]);
    clearTimeout(timer);
    clearTimeout(this.retry);
    if (this.buffered > 0)
      this.logger.error(`${this.buffered} calls were not recorded: PostgreSQL was unavailable`);
  }

  /** Starts batches. After a failure only one batch at a time tests whether PostgreSQL is available again. */
  private begin(): void {
    const most = this.failures > 0 ? 1 : BATCH_CONCURRENCY;
    while (this.waiting.length > 0 && this.batches < most && this.retry === undefined) {
      const batch = this.waiting.splice(0, MAX_BATCH_SIZE);
      this.batches += 1;
      void this.write(batch).finally(() => this.end());
    }
  }

  private end(): void {
    this.batches -= 1;
    this.begin();
    if (this.buffered === 0) this.emptied?.();
  }

  /**
   * Writes a batch. Never throws. If it fails, each row is written alone, so that one refused row does not block the
   * others.
   */
  private async write(batch: Waiting[]): Promise<void> {
    try {
      await this.repository.record(batch.map(({ invocation }) => invocation));
      this.recovered();
      for (const { settle } of batch) settle('durable');
    } catch (error) {
      if (!PERMANENT_SQLSTATE.test(sqlStateOf(error))) this.postpone(batch, error);
      else if (batch.length > 1) for (const one of batch) await this.write([one]);
      else this.refuse(batch[0]!, error);
    }
  }

  private postpone(batch: Waiting[], error: unknown): void {
    this.waiting.unshift(...batch);
    if (this.failures === 0)
      this.logger.warn(
        `calls are buffered until PostgreSQL accepts them (${sqlStateOf(error) || 'unavailable'})`,
      );
    this.failures += 1;
    const delay = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** (this.failures - 1));
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.tryAgain(), delay * (0.5 + Math.random() / 2));
  }

  private tryAgain(): void {
    clearTimeout(this.retry);
    this.retry = undefined;
    this.begin();
  }

  private recovered(): void {
    if (this.failures > 0) this.logger.log('PostgreSQL accepts calls again');
    this.failures = 0;
  }

  private refuse({ invocation, settle }: Waiting, error: unknown): void {
    const sqlState = sqlStateOf(error);
    this.logger.error(`call ${invocation.id} cannot be recorded: PostgreSQL refuses it with ${sqlState}`);
    settle(new Error(`call ${invocation.id} cannot be recorded`, { cause: error }));
  }
}

const sqlStateOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '');

const backlog = () =>
  new UnavailableError(
    'usage_backlog',
    'Too many calls wait to be recorded: the database is not available. Try again shortly.',
  );
