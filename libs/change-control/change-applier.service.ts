import { Injectable, Logger } from '@nestjs/common';
import { CatalogueWriter } from '#libs/catalogue/catalogue-writer.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { ApprovalRights } from './approval-rights.service.js';
import { ChangeRequestNotFoundError, ChangeStateError, NotApprovedError } from './change-control.errors.js';
import { ChangeGate } from './change-gate.service.js';
import { hashOfChange, hashOfJson } from './change-hash.js';
import type { ChangeOperation } from './change-operation.js';
import { missingApprovals } from './change-policy.js';
import type { ChangeFailure, ChangeRequestDetails, ChangeState } from './change-request.js';
import { ChangeRequestsRepository, type NewDecision } from './change-requests.repository.js';
import { assertInTime } from './change-timing.js';
import { type PresentState, policiesOf, record } from './change-values.js';
import { DecisionRecorder } from './decision.recorder.js';
import { type OperationOutcome, OperationRunner } from './operation-runner.service.js';

/** Applying actor of a change, and its authority. */
export interface ApplyOrder {
  /** Name in the decision. */
  actor: string;
  groups?: readonly string[];
  /** Reason of a person that breaks the glass: no approvals, windows and freezes count. */
  brokenGlass?: { reason: string; reviewDueAt: Date };
}

const APPLICABLE: readonly ChangeState[] = ['approved', 'scheduled'];
const BREAKABLE: readonly ChangeState[] = ['proposed', 'approved', 'scheduled'];

/** Ends the transaction of an application, and says what the change becomes. */
class ApplicationFailed extends Error {
  constructor(
    readonly state: 'conflicted' | 'failed',
    readonly failure: ChangeFailure,
  ) {
    super(failure.detail);
  }
}

/** Ends the transaction because approvals do not count any more. */
class ApprovalsLapsed extends Error {
  constructor(readonly people: { actor: string; groups: string[] }[]) {
    super('approvals lapsed');
  }
}

/** Applies changes: all operations in one transaction, or none, and once only. */
@Injectable()
export class ChangeApplier {
  private readonly logger = new Logger('Changes');

  constructor(
    private readonly writer: CatalogueWriter,
    private readonly transactions: Transactions,
    private readonly changes: ChangeRequestsRepository,
    private readonly runner: OperationRunner,
    private readonly recorder: DecisionRecorder,
    private readonly rights: ApprovalRights,
    private readonly gate: ChangeGate,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies an approved change. One that cannot be applied becomes conflicted or failed; one whose approvals do not count
   * any more becomes proposed again.
   * @returns the change after it. Applying it again changes nothing
   * @throws ChangeRequestNotFoundError, ChangeStateError; NotYetError, FrozenError: it stays approved; UnavailableError
   */
  async apply(id: string, order: ApplyOrder): Promise<ChangeRequestDetails> {
    const found = await this.get(id);
    const editor = { actor: found.proposer, requestId: id, change: { id } };
    let locked = found;
    try {
      const publish = await this.writer.changeUnread(
        editor,
        (tx) => this.applyWithin(locked, order, tx),
        async (tx) => {
          locked = (await this.changes.lock(id, tx)) ?? found;
        },
      );
      await Promise.all(publish.map((each) => each()));
    } catch (error) {
      await this.end(locked, error, order);
    }
    return this.get(id);
  }

  private async applyWithin(
    change: ChangeRequestDetails,
    order: ApplyOrder,
    tx: Transaction,
  ): Promise<OperationOutcome['publish'][]> {
    if (change.state === 'applied') return [];
    const { brokenGlass } = order;
    if (!(brokenGlass ? BREAKABLE : APPLICABLE).includes(change.state))
      throw new ChangeStateError('apply', change.state);
    assertUnaltered(change);
    if (!brokenGlass && change.expiresAt <= this.clock.now()) throw new ChangeStateError('apply', 'expired');
    const present = await this.runner.lockedState(
      change.useCases,
      change.operations.map(({ operation }) => operation),
      tx,
    );
    const approvedBy = brokenGlass ? [] : await this.assertAllowed(change, present, tx);
    assertUnchanged(change, present);
    const outcomes = await this.runAll(
      change,
      { approvedBy, isBroken: brokenGlass !== undefined },
      present,
      tx,
    );
    await this.changes.setResults(
      change,
      outcomes.map(({ result }) => result),
      tx,
    );
    const at = this.clock.now();
    await this.changes.setState(change, 'applied', { at }, tx);
    const reviewDueAt = brokenGlass?.reviewDueAt ?? null;
    if (reviewDueAt) await this.changes.requireReview(change, reviewDueAt, tx);
    await this.recorder.record({ ...change, reviewDueAt }, decisionOf(order, at), tx);
    return outcomes.map(({ publish }) => publish);
  }

  /** @returns the people who approved it. @throws ApprovalsLapsed, NotApprovedError, NotYetError, FrozenError */
  private async assertAllowed(
    change: ChangeRequestDetails,
    present: PresentState,
    tx: Transaction,
  ): Promise<string[]> {
    const { valid, lapsed } = await this.rights.count(change, tx);
    const missing = missingApprovals(policiesOf(change, present), valid);
    if (missing.length > 0 && lapsed.length > 0) throw new ApprovalsLapsed(lapsed);
    if (missing.length > 0) throw new NotApprovedError(missing);
    const now = this.clock.now();
    assertInTime(change, present.policies, now);
    await this.gate.assertNotFrozen(change.useCases, now, tx);
    return valid.map(({ actor }) => actor);
  }

  private async runAll(
    change: ChangeRequestDetails,
    { approvedBy, isBroken }: { approvedBy: string[]; isBroken: boolean },
    present: PresentState,
    tx: Transaction,
  ): Promise<OperationOutcome[]> {
    const { id, proposer: actor, reason } = change;
    const editor = { actor, requestId: id, change: { id } };
    const running = {
      change: { id, approvedBy, brokenGlass: isBroken },
      actor,
      reason,
      dryRun: false,
      editing: { tx, present: present.catalogue, editor },
    };
    const outcomes: OperationOutcome[] = [];
    const operations = change.operations.map(({ operation }) => operation);
    for (const [index, operation] of operations.entries())
      try {
        const earlier = operations.slice(0, index);
        outcomes.push(await this.runner.run(operation, { ...running, earlier }));
      } catch (error) {
        if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
        const { code, message: detail } = error;
        throw new ApplicationFailed('failed', { code, detail, operation: index });
      }
    return outcomes;
  }

  /** Stores what a failed application makes of the change, in a separate transaction. */
  private async end(change: ChangeRequestDetails, error: unknown, order: ApplyOrder): Promise<void> {
    if (!(error instanceof ApplicationFailed || error instanceof ApprovalsLapsed)) throw error;
    const at = this.clock.now();
    await this.transactions.run(async (tx) => {
      const locked = await this.changes.lock(change.id, tx);
      if (!locked || locked.state !== change.state || locked.revision !== change.revision) return;
      if (error instanceof ApplicationFailed) {
        const { state, failure } = error;
        await this.changes.setState(locked, state, { at, failure }, tx);
        const kind = state === 'conflicted' ? 'conflict' : 'fail';
        return this.recorder.record(locked, { kind, actor: order.actor, decidedAt: at }, tx);
      }
      await this.changes.setState(locked, 'proposed', { at }, tx);
      for (const person of error.people)
        await this.recorder.record(locked, { ...person, kind: 'lapse', decidedAt: at }, tx);
    });
    this.logger.warn(`change ${change.id} was not applied: ${codeOf(error)}`);
  }

  private async get(id: string): Promise<ChangeRequestDetails> {
    const change = await this.changes.find(id);
    if (!change) throw new ChangeRequestNotFoundError(id);
    return change;
  }
}

const codeOf = (error: ApplicationFailed | ApprovalsLapsed): string =>
  error instanceof ApplicationFailed ? error.failure.code : 'approvals_lapsed';

const decisionOf = ({ actor, groups = [], brokenGlass }: ApplyOrder, decidedAt: Date): NewDecision => ({
  kind: brokenGlass ? 'break_glass' : 'apply',
  actor,
  groups: [...groups],
  comment: brokenGlass?.reason ?? null,
  decidedAt,
});

/** @throws ApplicationFailed where operations or time are not those of the hash that people approved */
function assertUnaltered({ hash, operations, applyAt }: ChangeRequestDetails): void {
  if (hashOfChange(operations, applyAt) === hash) return;
  const detail = 'Its operations or its time were altered outside the service: propose it again';
  throw new ApplicationFailed('failed', { code: 'content_altered', detail, operation: null });
}

/** @throws ApplicationFailed where what an operation was made against is not there any more */
function assertUnchanged(change: ChangeRequestDetails, present: PresentState): void {
  const conflicts = change.operations.flatMap((recorded, operation) => {
    const now = presentOf(recorded.operation, present);
    if (now && now.expectedVersion === recorded.expectedVersion && isSame(now.before, recorded.before))
      return [];
    return [{ operation, scope: recorded.scope, expected: recorded.before, present: now?.before ?? null }];
  });
  const named = new Set(change.useCases);
  const more = present.policies.filter(({ useCase }) => !named.has(useCase)).map(({ useCase }) => useCase);
  if (conflicts.length === 0 && more.length === 0) return;
  const detail =
    conflicts.length > 0
      ? `${conflicts.map(({ scope }) => scope).join(', ')} changed since the proposal: revise it`
      : `It would change ${more.join(', ')} too, which was not so at the proposal: revise it`;
  throw new ApplicationFailed('conflicted', {
    code: 'version_conflict',
    detail,
    operation: conflicts[0]?.operation ?? null,
    conflicts,
  });
}

/** Compares what an edit by SQL changes, too: it does not increase the version. */
const isSame = (one: object, other: object): boolean => hashOfJson(one) === hashOfJson(other);

function presentOf(operation: ChangeOperation, present: PresentState) {
  try {
    return record(operation, present);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
