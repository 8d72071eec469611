import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import type { PreparedStatement } from '../database/pipelined-transaction.js';
import { query, queueWrite, type Transaction, Transactions } from '../database/transactions.js';
import { presentTraceparent } from '../telemetry/spans.js';
import { BacklogError } from './outbox.errors.js';

/** Entry leased by a relay. `publishCount` shows later whether another relay has leased it since. */
export interface LeasedEntry {
  id: string;
  publishCount: number;
  /** Trace of its cause, if that was traced. */
  traceparent?: string | null;
}

/** Entry that failed too often. */
export interface DeadLetter {
  id: string;
  job: string;
  failures: number;
  lastError: string;
  createdAt: Date;
  setAsideAt: Date;
}

/** Seconds after which a published job is published again. */
const LEASE_SECONDS = 15;
/** Failures after which an entry becomes a dead letter; 10 with doubling pauses take about ten minutes. */
const MAX_FAILURES = 10;
/** Interval of the check whether too much work waits. */
const LOOK_AGAIN_MS = 2_000;

const ENQUEUE: PreparedStatement = {
  name: 'enqueue',
  text: 'INSERT INTO outbox (id, job, traceparent) VALUES ($1, $2, $3)',
};

const ENQUEUE_ALL: PreparedStatement = {
  name: 'enqueue-all',
  text: 'INSERT INTO outbox (id, job, traceparent) SELECT id, $2, $3 FROM unnest($1::uuid[]) AS entries (id)',
};

const LEASE: PreparedStatement = {
  name: 'lease',
  text: `UPDATE outbox SET available_at = now() + make_interval(secs => $3), publish_count = publish_count + 1
    WHERE id = ANY (ARRAY(SELECT id FROM outbox WHERE job = $1 AND dead_at IS NULL AND available_at <= now()
                    ORDER BY available_at LIMIT $2 FOR UPDATE SKIP LOCKED))
    RETURNING id, publish_count AS "publishCount", traceparent`,
};

/** All in the same order, so that two overlapping batches do not deadlock. */
const CLAIM: PreparedStatement = {
  name: 'claim',
  text: 'SELECT id FROM outbox WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
};

const COMPLETE: PreparedStatement = {
  name: 'complete',
  text: 'DELETE FROM outbox WHERE id = ANY($1::uuid[])',
};

/**
 * Durable queue of work in PostgreSQL. An entry is written in the transaction of its cause, and deleted in the
 * transaction that completes it. So a loss of Redis loses nothing.
 */
@Injectable()
export class OutboxService {
  private isFull = false;
  private lookAgainAt = 0;

  constructor(
    private readonly transactions: Transactions,
    @Inject(ENV) private readonly env: Pick<Env, 'OUTBOX_LIMIT'>,
  ) {}

  /**
   * Writes an entry for this id; the job runs if the transaction commits.
   * @throws BacklogError if too much waits already
   */
  async enqueue(job: string, id: string, tx: Transaction): Promise<void> {
    if (await this.isOverLimit(tx)) throw new BacklogError(this.env.OUTBOX_LIMIT);
    queueWrite(tx, ENQUEUE, [id, job, presentTraceparent()]);
  }

  /** Writes an entry for each id, as `enqueue`. @throws BacklogError */
  async enqueueAll(job: string, ids: readonly string[], tx: Transaction): Promise<void> {
    if (await this.isOverLimit(tx)) throw new BacklogError(this.env.OUTBOX_LIMIT);
    queueWrite(tx, ENQUEUE_ALL, [ids, job, presentTraceparent()]);
  }

  /** Returns whether less than a quarter of the limit waits: bulk work leaves room for single switches. */
  async hasRoom(tx: Transaction): Promise<boolean> {
    return !(await this.hasMoreThan(Math.floor(this.env.OUTBOX_LIMIT / 4), tx));
  }

  /** Leases entries that are due. Entries leased by another relay are skipped, not waited for. */
  async lease(job: string, limit: number): Promise<LeasedEntry[]> {
    return this.transactions.run((tx) => query<LeasedEntry>(tx, LEASE, [job, limit, LEASE_SECONDS]));
  }

  /** Releases entries that could not be published, unless another relay has leased them meanwhile. */
  async release(entries: LeasedEntry[]): Promise<void> {
    await this.query(
      `UPDATE outbox SET available_at = now() + interval '1 second'
       FROM unnest($1::uuid[], $2::int[]) AS leased (id, publish_count)
       WHERE outbox.id = leased.id AND outbox.publish_count = leased.publish_count`,
      [entries.map(({ id }) => id), entries.map(({ publishCount }) => publishCount)],
    );
  }

  /** Locks entries, so that two workers with the same job run one after the other. Completed entries are deleted. */
  async claim(ids: string[], tx: Transaction): Promise<void> {
    await query(tx, CLAIM, [ids]);
  }

  completed(ids: string[], tx: Transaction): void {
    queueWrite(tx, COMPLETE, [ids]);
  }

  /**
   * Counts a failure and sets the next attempt. An entry that failed too often becomes a dead letter with its history.
   */
  async fail(id: string, error: string): Promise<{ dead: boolean }> {
    const [rows] = await this.query(
      `UPDATE outbox SET failures = failures + 1,
         history = history || jsonb_build_object('at', now(), 'error', $2::text),
         available_at = now() + make_interval(secs => least(power(2, failures), 300)),
         dead_at = CASE WHEN failures + 1 >= $3 THEN now() END
       WHERE id = $1 AND dead_at IS NULL RETURNING dead_at IS NOT NULL AS dead`,
      [id, error.slice(0, 500), MAX_FAILURES],
    );
    return { dead: rows[0]?.dead === true };
  }

  /** Lists dead letters, the oldest first. @param after the last id of the page before */
  async listDeadLetters(limit: number, after: string | null): Promise<DeadLetter[]> {
    return this.query(
      `SELECT id, job, failures, history -> -1 ->> 'error' AS "lastError", created_at AS "createdAt", dead_at AS "setAsideAt"
       FROM outbox WHERE dead_at IS NOT NULL
         AND ($2::uuid IS NULL OR (dead_at, id) > (SELECT dead_at, id FROM outbox WHERE id = $2))
       ORDER BY dead_at, id LIMIT $1`,
      [limit, after],
    );
  }

  /** Requeues a dead letter; its history stays. @param id null: all of them. @returns the number of requeued entries */
  async requeue(id: string | null): Promise<number> {
    const [, requeued] = await this.query(
      `UPDATE outbox SET dead_at = NULL, failures = 0, available_at = now()
       WHERE dead_at IS NOT NULL AND ($1::uuid IS NULL OR id = $1)`,
      [id],
    );
    return requeued;
  }

  /** Counts only at intervals: a limit need not be exact, and counting is expensive when much waits. */
  private async isOverLimit(tx: Transaction): Promise<boolean> {
    if (performance.now() < this.lookAgainAt) return this.isFull;
    this.lookAgainAt = performance.now() + LOOK_AGAIN_MS;
    this.isFull = await this.hasMoreThan(this.env.OUTBOX_LIMIT, tx);
    return this.isFull;
  }

  private async hasMoreThan(entries: number, tx: Transaction): Promise<boolean> {
    const beyond = await tx.query(
      'SELECT 1 FROM outbox WHERE dead_at IS NULL ORDER BY job, available_at OFFSET $1 LIMIT 1',
      [entries],
    );
    return beyond.length > 0;
  }

  private query(sql: string, parameters: unknown[]) {
    return this.transactions.run((tx) => tx.query(sql, parameters));
  }
}
