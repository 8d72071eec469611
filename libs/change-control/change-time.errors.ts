import { AppError } from '#libs/platform/errors/app-error.js';
import type { FieldError } from '#libs/platform/errors/errors.js';

/** Thrown for a cron expression that no day of the calendar meets. */
export class WindowNeverOpenError extends AppError {
  readonly kind = 'invalid';
  readonly code = 'window_never_open';
  override readonly extensions: { errors: FieldError[] };
  constructor(field: string, cron: string) {
    super(`A window with the cron expression ${cron} never opens`);
    this.extensions = { errors: [{ field, message: 'never fires' }] };
  }
}

/** Thrown for a change of a use case during a freeze. */
export class FrozenError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'frozen';
  override readonly extensions: { freezeId: string; frozenUntil: string };
  constructor(useCase: string, { id, to }: { id: string; to: Date }) {
    super(
      `${useCase} is frozen until ${to.toISOString()}: wait, or let a person other than its maker end freeze ${id}`,
    );
    this.extensions = { freezeId: id, frozenUntil: to.toISOString() };
  }
}

export class FreezeNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'freeze_not_found';
  constructor(id: string) {
    super(`Freeze ${id} does not exist`);
  }
}

export class FreezeEndedError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'freeze_ended';
  constructor(id: string) {
    super(`Freeze ${id} has ended already`);
  }
}

/** Thrown where somebody would end a freeze that it has made. */
export class OwnFreezeError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'own_freeze';
  constructor() {
    super('You made this freeze: another person has to end it early');
  }
}

/** Thrown where a person would break the glass with a sign-in that is too old, or too weak. */
export class SignInAgainError extends AppError {
  readonly kind = 'forbidden';
  readonly code: 'sign_in_again' | 'second_factor_required';
  constructor(lacks: 'age' | 'second factor') {
    super(
      lacks === 'age'
        ? 'Sign in again first: break-glass needs a sign-in of the last 15 minutes'
        : 'Sign in with a second factor first: break-glass needs the assurance level aal2',
    );
    this.code = lacks === 'age' ? 'sign_in_again' : 'second_factor_required';
  }
}

/** Refuses to break the glass to who has left one unreviewed. */
export class ReviewOverdueError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'review_overdue';
  override readonly extensions: { changeId: string };
  constructor(changeId: string) {
    super(
      `You broke the glass before, and its review is overdue: have another person review change ${changeId}`,
    );
    this.extensions = { changeId };
  }
}

/** Thrown where a change has no review that is open. */
export class NoReviewDueError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'no_review_due';
  constructor() {
    super('This change has no open review: it had approvals, was not applied, or was reviewed');
  }
}

/** Refuses the review by who applied the change. */
export class OwnReviewError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'own_change';
  constructor() {
    super('You applied this change without approvals: another person has to review it');
  }
}
