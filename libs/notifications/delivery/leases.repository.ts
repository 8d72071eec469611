import type { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { Leased } from './delivery.js';

/** A receiver that has failed for this long, and this often, is disabled. */
const MAX_DAYS = 3;
const MAX_FAILURES = 10;

/** Columns of delivery in a table of receivers, and how a lease moves them. */
export abstract class LeasesRepository<Receiver extends Leased, Cursor extends object> {
  private readonly cursorFields: (keyof Cursor)[];

  /** @param cursorColumns column of each field of the cursor */
  constructor(
    protected readonly db: DataSource,
    private readonly table: 'webhooks' | 'channels',
    private readonly cursorColumns: Readonly<Record<keyof Cursor, string>>,
  ) {
    this.cursorFields = Object.keys(cursorColumns) as (keyof Cursor)[];
  }

  /**
   * @param delivered false: no message was needed up to the cursor. @returns false: the lease is over, and another
   * worker may deliver
   */
  async advance(
    { id, lease }: Receiver,
    cursor: Cursor,
    delivered: boolean,
    leaseSeconds: number,
  ): Promise<boolean> {
    const moved = this.cursorFields.map((field, n) => `${this.cursorColumns[field]} = $${n + 5}`);
    const [, advanced] = await this.db.query(
      `UPDATE ${this.table} SET ${moved.join(', ')}, leased_until = now() + make_interval(secs => $4),
         failures = CASE WHEN $3 THEN 0 ELSE failures END, failing_since = CASE WHEN NOT $3 THEN failing_since END,
         last_error = CASE WHEN NOT $3 THEN last_error END, delivered_at = CASE WHEN $3 THEN now() ELSE delivered_at END
       WHERE id = $1 AND lease = $2 AND disabled_at IS NULL`,
      [id, lease, delivered, leaseSeconds, ...this.cursorFields.map((field) => cursor[field])],
    );
    return advanced > 0;
  }

  /** Releases the lease and moves the receiver to the end of the queue. */
  async release({ id, lease }: Receiver): Promise<void> {
    await this.db.query(
      `UPDATE ${this.table} SET lease = NULL, leased_until = NULL, next_attempt_at = now() WHERE id = $1 AND lease = $2`,
      [id, lease],
    );
  }

  /** Releases the lease until the next attempt. @returns the start of the failures, if the receiver is disabled now */
  async fail({ id, lease }: Leased, error: string, delayMs: number, tx: Transaction): Promise<Date | null> {
    const [[failed]] = await tx.query(
      `UPDATE ${this.table} SET failures = failures + 1, failing_since = coalesce(failing_since, now()), last_error = $3,
         next_attempt_at = now() + make_interval(secs => $4::float8 / 1000), lease = NULL, leased_until = NULL,
         disabled_at = CASE WHEN failures + 1 >= $5 AND failing_since < now() - make_interval(days => $6) THEN now() END
       WHERE id = $1 AND lease = $2 RETURNING failing_since AS since, disabled_at IS NOT NULL AS disabled`,
      [id, lease, error, delayMs, MAX_FAILURES, MAX_DAYS],
    );
    return failed?.disabled ? failed.since : null;
  }
}

/** Assignments that let a receiver deliver immediately, also a disabled one, and that end a delivery in progress. */
export const RESUMED = `failures = 0, failing_since = NULL, last_error = NULL, disabled_at = NULL,
  next_attempt_at = now(), lease = NULL, leased_until = NULL`;
