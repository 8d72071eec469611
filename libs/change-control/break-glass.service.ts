import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import type { Caller } from '#libs/switching/switch.js';
import { assertFreshSignIn, assertSubstantial, REVIEW_HOURS } from './break-glass.js';
import { ChangeApplier } from './change-applier.service.js';
import { ChangeRequestNotFoundError, UndoExistsError } from './change-control.errors.js';
import { approverOf } from './change-policy.js';
import type { ChangeRequestDetails } from './change-request.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { NoReviewDueError, OwnReviewError, ReviewOverdueError } from './change-time.errors.js';
import { ChangeUndo } from './change-undo.service.js';
import { DecisionRecorder } from './decision.recorder.js';
import { PendingChangesRepository } from './pending-changes.repository.js';

type Person = Extract<Principal, { kind: 'person' }>;

/** Judgement of a person about a change that had no approvals. */
export interface Review {
  verdict: 'accepted' | 'undo';
  comment: string;
}

/** Applies changes without approvals in an emergency, and takes the reviews that follow. */
@Injectable()
export class BreakGlassService {
  constructor(
    private readonly transactions: Transactions,
    private readonly changes: ChangeRequestsRepository,
    private readonly pending: PendingChangesRepository,
    private readonly applier: ChangeApplier,
    private readonly undoing: ChangeUndo,
    private readonly recorder: DecisionRecorder,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies a change now, whatever approvals, windows and freezes say; its models must be selectable as ever. Another
   * person reviews it within 24 hours.
   * @throws SignInAgainError; InvalidInputError for its reason; ReviewOverdueError; as `ChangeApplier.apply`
   */
  async breakGlass(id: string, reason: string, person: Person): Promise<ChangeRequestDetails> {
    assertSubstantial(reason);
    const now = this.clock.now();
    assertFreshSignIn(person, now);
    const { actor, groups } = approverOf(person);
    const overdue = await this.pending.overdueReviewOf(actor, now);
    if (overdue !== undefined) throw new ReviewOverdueError(overdue);
    const reviewDueAt = new Date(now.getTime() + REVIEW_HOURS * 3_600_000);
    return this.applier.apply(id, { actor, groups, brokenGlass: { reason, reviewDueAt } });
  }

  /**
   * Closes the review of a change that was applied without approvals. The verdict `undo` proposes its inverse first.
   * @throws ChangeRequestNotFoundError, NoReviewDueError; OwnReviewError for who applied it; as `ChangeUndo.undo`
   */
  async review(id: string, review: Review, caller: Caller): Promise<ChangeRequestDetails> {
    const reviewer = approverOf(caller.principal);
    if (review.verdict === 'undo') {
      await this.transactions.run((tx) => this.lockForReview(id, reviewer.actor, tx));
      await this.proposeUndo(id, review.comment, caller);
    }
    await this.transactions.run(async (tx) => {
      const change = await this.lockForReview(id, reviewer.actor, tx);
      const decidedAt = this.clock.now();
      const kind = review.verdict === 'undo' ? 'review_undo' : 'review_accepted';
      await this.pending.closeReview(id, decidedAt, tx);
      await this.recorder.record(change, { ...reviewer, kind, comment: review.comment, decidedAt }, tx);
    });
    return (await this.changes.find(id))!;
  }

  private async lockForReview(id: string, reviewer: string, tx: Transaction): Promise<ChangeRequestDetails> {
    const change = await this.changes.lock(id, tx);
    if (!change) throw new ChangeRequestNotFoundError(id);
    if (change.reviewDueAt === null || change.reviewedAt !== null) throw new NoReviewDueError();
    if (appliersOf(change).includes(reviewer)) throw new OwnReviewError();
    return change;
  }

  private async proposeUndo(id: string, reason: string, caller: Caller): Promise<void> {
    try {
      await this.undoing.undo(id, reason, caller);
    } catch (error) {
      // Somebody has proposed it already.
      if (!(error instanceof UndoExistsError)) throw error;
    }
  }
}

/** Returns who broke the glass, or reported the failure that moved the use case. */
const appliersOf = ({ decisions }: ChangeRequestDetails): string[] =>
  decisions.filter(({ kind }) => kind === 'break_glass' || kind === 'apply').map(({ actor }) => actor);
