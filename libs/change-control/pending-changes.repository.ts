import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { ChangeRequest } from './change-request.js';
import type { PendingChange } from './due-change.js';

/** Change whose review is overdue. */
export type OverdueReview = Pick<ChangeRequest, 'id' | 'useCases' | 'reason' | 'applyAt' | 'reviewDueAt'>;

/** Reads which changes have something due, and which reviews are overdue. */
@Injectable()
export class PendingChangesRepository {
  constructor(private readonly db: DataSource) {}

  /** Lists open changes that may have to be applied or to expire, those with a time first. */
  async due(now: Date, limit: number, tx: Transaction): Promise<PendingChange[]> {
    return tx.query(
      `SELECT id, state, apply_at AS "applyAt", use_cases AS "useCases", expires_at AS "expiresAt" FROM change_requests
       WHERE ended_at IS NULL AND (state = 'approved' OR apply_at <= $1 OR expires_at <= $1)
       ORDER BY apply_at, revised_at LIMIT $2`,
      [now, limit],
    );
  }

  /** Lists changes whose review is overdue, the oldest first. */
  async overdueReviews(now: Date, limit: number, tx: Transaction): Promise<OverdueReview[]> {
    return tx.query(
      `SELECT id, use_cases AS "useCases", reason, apply_at AS "applyAt", review_due_at AS "reviewDueAt" FROM change_requests
       WHERE review_due_at <= $1 AND reviewed_at IS NULL ORDER BY review_due_at LIMIT $2`,
      [now, limit],
    );
  }

  /** Returns a change that this person applied by breaking the glass, and whose review is overdue. */
  async overdueReviewOf(actor: string, now: Date): Promise<string | undefined> {
    const [overdue] = await this.db.query(
      `SELECT c.id FROM change_decisions d JOIN change_requests c ON c.id = d.change_id
       WHERE d.kind = 'break_glass' AND d.actor = $1 AND c.review_due_at <= $2 AND c.reviewed_at IS NULL LIMIT 1`,
      [actor, now],
    );
    return overdue?.id;
  }

  /** Closes the review of a change that was applied without approvals. */
  async closeReview(id: string, at: Date, tx: Transaction): Promise<void> {
    await tx.query('UPDATE change_requests SET reviewed_at = $2 WHERE id = $1', [id, at]);
  }
}
