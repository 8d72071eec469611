import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { ApprovalRights } from './approval-rights.service.js';
import { ChangeApplier } from './change-applier.service.js';
import {
  ChangeRequestNotFoundError,
  ChangeStateError,
  NotAnApproverError,
  NotYetError,
  OwnChangeError,
  StaleChangeError,
} from './change-control.errors.js';
import { ChangePoliciesRepository } from './change-policies.repository.js';
import { approverOf, type ChangePolicy, missingApprovals } from './change-policy.js';
import type { ChangeRequestDetails, ChangeState } from './change-request.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { FrozenError } from './change-time.errors.js';
import { policiesOf } from './change-values.js';
import { DecisionRecorder } from './decision.recorder.js';

/** Judgement of a person about the content of a change. */
export interface Judgement {
  principal: Principal;
  /** Hash of the content that the person has seen. */
  hash: string;
  comment: string | null;
}

const BY_APPROVAL = { actor: 'system:changes' };

/** Takes the approvals and rejections of people, and applies a change that has enough of them. */
@Injectable()
export class ChangeApprovals {
  constructor(
    private readonly transactions: Transactions,
    private readonly changes: ChangeRequestsRepository,
    private readonly policies: ChangePoliciesRepository,
    private readonly rights: ApprovalRights,
    private readonly applier: ChangeApplier,
    private readonly recorder: DecisionRecorder,
    private readonly clock: Clock,
  ) {}

  /**
   * Approves the content of a change. With the last approval that it needs it is applied, unless it has a later time, no
   * window is open or a freeze holds it.
   * @throws ChangeRequestNotFoundError, ChangeStateError, StaleChangeError, OwnChangeError, NotAnApproverError
   */
  async approve(id: string, judgement: Judgement): Promise<ChangeRequestDetails> {
    const state = await this.transactions.run(async (tx) => {
      const change = await this.lockFor('approve', id, judgement, tx);
      await this.addApproval(change, judgement, tx);
      return this.settle(id, tx);
    });
    return state === 'approved' ? this.applyIfInTime(id) : this.get(id);
  }

  /** Ends the revision. @throws as `approve`, without NotAnApproverError */
  async reject(id: string, judgement: Judgement): Promise<ChangeRequestDetails> {
    const at = this.clock.now();
    await this.transactions.run(async (tx) => {
      const change = await this.lockFor('reject', id, judgement, tx);
      const decision = { ...approverOf(judgement.principal), comment: judgement.comment, decidedAt: at };
      await this.recorder.record(change, { ...decision, kind: 'reject' }, tx);
      await this.changes.setState(change, 'rejected', { at }, tx);
    });
    return this.get(id);
  }

  private async lockFor(
    command: 'approve' | 'reject',
    id: string,
    { hash, principal }: Judgement,
    tx: Transaction,
  ): Promise<ChangeRequestDetails> {
    const change = await this.changes.lock(id, tx);
    if (!change) throw new ChangeRequestNotFoundError(id);
    const open: ChangeState[] = command === 'approve' ? ['proposed'] : ['proposed', 'approved', 'scheduled'];
    if (!open.includes(change.state)) throw new ChangeStateError(command, change.state);
    if (change.expiresAt <= this.clock.now()) throw new ChangeStateError(command, 'expired');
    if (change.hash !== hash) throw new StaleChangeError(change);
    const { actor } = approverOf(principal);
    if ([change.proposer, change.editor].includes(actor)) throw new OwnChangeError();
    return change;
  }

  private async addApproval(
    change: ChangeRequestDetails,
    { comment, principal }: Judgement,
    tx: Transaction,
  ): Promise<void> {
    const approver = approverOf(principal);
    assertCounts(await this.policiesFor(change, tx), approver.groups);
    await this.recorder.record(
      change,
      { ...approver, kind: 'approve', comment, decidedAt: this.clock.now() },
      tx,
    );
  }

  /** Approves the change if it has all approvals. @returns its state */
  private async settle(id: string, tx: Transaction): Promise<ChangeState> {
    const change = (await this.changes.lock(id, tx))!;
    const { valid } = await this.rights.count(change, tx);
    const missing = missingApprovals(await this.policiesFor(change, tx), valid);
    if (missing.length > 0) return change.state;
    const at = this.clock.now();
    const state = change.applyAt && change.applyAt > at ? 'scheduled' : 'approved';
    await this.changes.setState(change, state, { at }, tx);
    await this.recorder.notify(change, { event: state, at, actor: BY_APPROVAL.actor }, tx);
    return state;
  }

  private async policiesFor(
    change: ChangeRequestDetails,
    tx: Transaction,
  ): Promise<(ChangePolicy & { useCase: string })[]> {
    return policiesOf(change, { policies: await this.policies.find(change.useCases, tx) });
  }

  private async applyIfInTime(id: string): Promise<ChangeRequestDetails> {
    try {
      return await this.applier.apply(id, BY_APPROVAL);
    } catch (error) {
      if (error instanceof NotYetError || error instanceof FrozenError) return this.get(id);
      throw error;
    }
  }

  private async get(id: string): Promise<ChangeRequestDetails> {
    return (await this.changes.find(id))!;
  }
}

/** @throws NotAnApproverError for a person whose approval no policy counts */
function assertCounts(policies: readonly ChangePolicy[], groups: readonly string[]): void {
  const wanted = policies
    .filter(({ control }) => control === 'reviewed')
    .map(({ approverGroup }) => approverGroup);
  if (wanted.length === 0 || wanted.some((group) => group === null || groups.includes(group))) return;
  throw new NotAnApproverError([...new Set(wanted.filter((group) => group !== null))]);
}
