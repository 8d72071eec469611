import { AppError } from '#libs/platform/errors/app-error.js';
import type { MissingApprovals } from './change-policy.js';
import type { ChangeState } from './change-request.js';

export class ChangeRequestNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'change_request_not_found';
  constructor(id: string) {
    super(`Change request ${id} does not exist`);
  }
}

/** Refuses a direct change of a reviewed use case. */
export class ChangeRequiredError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'change_required';
  override readonly extensions: { useCases: string[] };
  constructor(useCases: readonly string[], what: string) {
    super(
      `${useCases.join(', ')} is reviewed: ${what} needs an approved change. Propose it: add propose:true to a switch, or use change-requests propose`,
    );
    this.extensions = { useCases: [...useCases] };
  }
}

/** Refuses a second unfounded report of a failure within an hour. */
export class FallbackRepeatedError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'fallback_repeated';
  override readonly extensions: { changeId: string };
  constructor(useCase: string, changeId: string) {
    super(
      `A fallback of ${useCase} was obeyed within the last hour, and neither the breaker nor the validation of its model says that it fails: propose a change instead`,
    );
    this.extensions = { changeId };
  }
}

export class NoPersonsError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'no_persons';
  constructor() {
    super(
      'Nobody could approve a change: no source of persons gives the scope approve. Set OIDC_ISSUERS and OIDC_ROLES, then set the policy again',
    );
  }
}

export class ChangeStateError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'change_state';
  override readonly extensions: { state: ChangeState };
  constructor(command: string, state: ChangeState) {
    super(`A change request that is ${state} does not take ${command}`);
    this.extensions = { state };
  }
}

/** Refuses a decision about a revision, or another content, than the present one. */
export class StaleChangeError extends AppError {
  readonly kind = 'precondition_failed';
  readonly code = 'stale_change';
  override readonly extensions: { etag: string; hash: string };
  constructor({ revision, hash }: { revision: number; hash: string }) {
    super('The change request was revised since you read it: read it again, then decide');
    this.extensions = { etag: `"${revision}"`, hash };
  }
}

/** Refuses an approval by who proposed or edited the change. */
export class OwnChangeError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'own_change';
  constructor() {
    super('You proposed or edited this change: another person has to decide on it');
  }
}

export class NotTheProposerError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'not_the_proposer';
  constructor() {
    super('Only its proposer may revise or withdraw a change request');
  }
}

/** Refuses an approval that no policy of the change counts. */
export class NotAnApproverError extends AppError {
  readonly kind = 'forbidden';
  readonly code = 'not_an_approver';
  override readonly extensions: { groups: string[] };
  constructor(groups: readonly string[]) {
    super(`Approvals of this change must come from people of the group ${groups.join(' or ')}`);
    this.extensions = { groups: [...groups] };
  }
}

export class NotApprovedError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'not_approved';
  override readonly extensions: { missing: MissingApprovals[] };
  constructor(missing: readonly MissingApprovals[]) {
    super('The change request lacks approvals: see missing');
    this.extensions = { missing: [...missing] };
  }
}

export class NotYetError extends AppError {
  readonly kind = 'conflict';
  readonly code: 'window_closed' | 'scheduled_later';
  override readonly extensions: { notBefore: string | null };
  constructor(code: 'window_closed' | 'scheduled_later', notBefore: Date | null) {
    const when = notBefore ? `from ${notBefore.toISOString()}` : 'at no time';
    super(`The change may be applied ${when}: wait until then, or break the glass`);
    this.code = code;
    this.extensions = { notBefore: notBefore?.toISOString() ?? null };
  }
}

export class ChangeNotAppliedError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'nothing_to_undo';
  override readonly extensions: { state: ChangeState };
  constructor(state: ChangeState) {
    super(`Only a change that was applied can be undone, and this one is ${state}`);
    this.extensions = { state };
  }
}

/** Refuses a second undo of a change. */
export class UndoExistsError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'undo_exists';
  override readonly extensions: { changeId: string };
  constructor(changeId: string) {
    super(`Change request ${changeId} undoes this change already`);
    this.extensions = { changeId };
  }
}

/** Refuses an undo to a model that cannot be selected now. */
export class UndoTargetNotSelectableError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'undo_target_not_selectable';
  override readonly extensions: { reasons: readonly { code: string; detail: string }[] };
  constructor(why: string, reasons: readonly { code: string; detail: string }[]) {
    super(`The change cannot be undone now: ${why}`);
    this.extensions = { reasons };
  }
}
