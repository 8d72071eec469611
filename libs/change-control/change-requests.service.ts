import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { assertModelAllowed, assertUseCasesAllowed } from '#libs/platform/auth/key-limits.js';
import { actorOf, hasScope, type Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { type FieldError, InvalidInputError } from '#libs/platform/errors/errors.js';
import { type Page, pageOf } from '#libs/platform/paging/page.js';
import { IdempotencyService } from '#libs/switching/idempotency.service.js';
import type { Caller } from '#libs/switching/switch.js';
import { ApplyTimes } from './apply-times.service.js';
import { ApprovalRights } from './approval-rights.service.js';
import {
  ChangeRequestNotFoundError,
  ChangeStateError,
  NoPersonsError,
  NotTheProposerError,
  StaleChangeError,
} from './change-control.errors.js';
import { hashOfChange } from './change-hash.js';
import { contradictionsIn } from './change-operation.js';
import { approverOf, expiryOf } from './change-policy.js';
import { type ChangePreview, ChangePreviews } from './change-preview.service.js';
import type { ChangeProposal, ChangeRequest, ChangeRequestDetails, ChangeState } from './change-request.js';
import { type ChangeRequestFilter, ChangeRequestsRepository } from './change-requests.repository.js';
import { policiesOf } from './change-values.js';
import { assertWindows } from './change-window.js';
import { DecisionRecorder } from './decision.recorder.js';

export interface PreviewedChangeRequest {
  change: ChangeRequestDetails;
  preview: ChangePreview;
}

interface PageOrder {
  limit: number;
  /** Last id of the page before. */
  after?: string | undefined;
}

const REVISABLE: readonly ChangeState[] = ['proposed', 'approved', 'scheduled', 'rejected', 'conflicted'];
const OPEN: readonly ChangeState[] = ['proposed', 'approved', 'scheduled'];

/** Rolls back the look for an earlier request. */
class NotRepeated extends Error {}

/** Proposes changes, revises and withdraws them, and shows them. */
@Injectable()
export class ChangeRequestsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly idempotency: IdempotencyService,
    private readonly changes: ChangeRequestsRepository,
    private readonly previews: ChangePreviews,
    private readonly rights: ApprovalRights,
    private readonly times: ApplyTimes,
    private readonly recorder: DecisionRecorder,
    private readonly clock: Clock,
  ) {}

  /**
   * Proposes a change. A repeated request with the same Idempotency-Key returns the first one.
   * @throws InvalidInputError; KeyLimitError; the error of an operation that could not be applied now
   */
  async propose(proposal: ChangeProposal, caller: Caller, undoes?: string): Promise<PreviewedChangeRequest> {
    const asked = { propose: proposal, undoes };
    const repeated = await this.repeated(asked, caller);
    if (repeated !== undefined) return this.preview(repeated);
    const preview = await this.previewed(proposal, caller.principal);
    const id = await this.transactions.run((tx) =>
      this.idempotency.once(caller, asked, tx, async () => {
        const change = this.changeOf(proposal, preview, actorOf(caller.principal));
        const proposed = { ...change, undoes: undoes ?? null };
        await this.changes.insert(proposed, preview.recorded, tx);
        await this.decide(proposed, 'propose', caller.principal, tx);
        return change.id;
      }),
    );
    return { change: await this.get(id), preview };
  }

  /**
   * Returns the change that the first request with this Idempotency-Key made. It is looked for before the preview: the
   * operations may have been applied since, and could not be proposed again.
   */
  private async repeated(asked: object, caller: Caller): Promise<string | undefined> {
    if (caller.idempotencyKey === undefined) return undefined;
    try {
      return await this.transactions.run((tx) =>
        this.idempotency.once<string>(caller, asked, tx, async () => {
          throw new NotRepeated();
        }),
      );
    } catch (error) {
      if (error instanceof NotRepeated) return undefined;
      throw error;
    }
  }

  /**
   * Makes a new revision, which nobody has approved yet.
   * @throws as `propose`; ChangeRequestNotFoundError, NotTheProposerError, StaleChangeError, ChangeStateError
   */
  async revise(id: string, proposal: ChangeProposal, caller: Caller): Promise<PreviewedChangeRequest> {
    const preview = await this.previewed(proposal, caller.principal);
    await this.transactions.run(async (tx) => {
      const present = await this.lockOwn(id, caller.principal, tx);
      assertRevision(present, caller.ifMatch);
      if (!REVISABLE.includes(present.state)) throw new ChangeStateError('revise', present.state);
      const next = this.changeOf(proposal, preview, actorOf(caller.principal));
      const { revision, proposer, undoes, createdAt } = present;
      const revised = { ...next, id, revision: revision + 1, proposer, undoes, createdAt };
      await this.changes.revise(revised, preview.recorded, tx);
      await this.decide(revised, 'revise', caller.principal, tx);
    });
    return { change: await this.get(id), preview };
  }

  /**
   * Makes a new revision with another time, and the operations that it has.
   * @throws as `revise`; FrozenError, NotYetError for a time at which it could not be applied
   */
  async schedule(id: string, applyAt: Date, caller: Caller): Promise<PreviewedChangeRequest> {
    const { operations, reason, revision } = await this.get(id);
    const proposal = { operations: operations.map(({ operation }) => operation), reason, applyAt };
    return this.revise(id, proposal, { ...caller, ifMatch: caller.ifMatch ?? `"${revision}"` });
  }

  /** @throws ChangeRequestNotFoundError, NotTheProposerError, ChangeStateError */
  async withdraw(id: string, { principal }: Caller): Promise<ChangeRequestDetails> {
    await this.transactions.run(async (tx) => {
      const change = await this.lockOwn(id, principal, tx);
      if (!OPEN.includes(change.state)) throw new ChangeStateError('withdraw', change.state);
      await this.changes.setState(change, 'withdrawn', { at: this.clock.now() }, tx);
      await this.decide(change, 'withdraw', principal, tx);
    });
    return this.get(id);
  }

  /** Computes again what a change would do. Writes nothing. @throws ChangeRequestNotFoundError */
  async preview(id: string): Promise<PreviewedChangeRequest> {
    const change = await this.get(id);
    const operations = change.operations.map(({ operation }) => operation);
    const { proposer: actor, reason } = change;
    return { change, preview: await this.previews.preview({ actor, reason, operations }) };
  }

  /** @throws ChangeRequestNotFoundError */
  async get(id: string): Promise<ChangeRequestDetails> {
    const change = await this.changes.find(id);
    if (!change) throw new ChangeRequestNotFoundError(id);
    return change;
  }

  /** Returns the id of the change that undoes this one, or would. */
  async undoOf(id: string): Promise<string | undefined> {
    return this.changes.undoOf(id);
  }

  /** Lists changes, the newest first. */
  async list(filter: ChangeRequestFilter, page: PageOrder): Promise<Page<ChangeRequest>> {
    const now = this.clock.now();
    return pageOf(await this.changes.list(filter, now, page.limit + 1, page.after), page.limit);
  }

  /** Lists changes that wait for the approval of this person; nothing waits for who may not approve. */
  async listWaiting(
    principal: Principal,
    filter: ChangeRequestFilter,
    page: PageOrder,
  ): Promise<Page<ChangeRequest>> {
    if (principal.kind !== 'person' || !hasScope(principal, 'approve')) return { items: [] };
    return this.list({ ...filter, waitingFor: approverOf(principal) }, page);
  }

  /** Refuses what could not be applied now: an approval would be of something that fails. */
  private async previewed(proposal: ChangeProposal, principal: Principal): Promise<ChangePreview> {
    this.check(proposal);
    const { operations, reason } = proposal;
    const preview = await this.previews.preview({ actor: actorOf(principal), reason, operations });
    assertWithinLimits(preview, principal);
    const failed = preview.operations.findIndex(({ error }) => error !== null);
    if (failed >= 0) throw errorOf(preview.operations[failed]!.error!, failed);
    const sets = policiesOf({ operations: preview.recorded }, preview.present);
    if (sets.some(({ control }) => control === 'reviewed') && !this.rights.hasApprovers)
      throw new NoPersonsError();
    if (proposal.applyAt) await this.times.assertPossible(proposal.applyAt, useCasesOf(preview), sets);
    return preview;
  }

  private check({ operations, applyAt }: ChangeProposal): void {
    const now = this.clock.now();
    const errors = contradictionsIn(operations);
    if (applyAt && applyAt <= now) errors.push({ field: 'applyAt', message: 'must be ahead' });
    if (errors.length > 0) throw new InvalidInputError(errors);
    for (const [index, operation] of operations.entries())
      if (operation.kind === 'edit-policy' && operation.policy.windows)
        assertWindows(operation.policy.windows, now, `operations.${index}.policy.windows`);
  }

  private changeOf(
    { reason, applyAt = undefined }: ChangeProposal,
    { recorded, present }: ChangePreview,
    actor: string,
  ): ChangeRequest {
    const now = this.clock.now();
    const at = applyAt ?? null;
    const expiresAt = expiryOf(present.policies, at ?? now);
    return {
      id: randomUUID(),
      state: 'proposed',
      revision: 1,
      hash: hashOfChange(recorded, at),
      reason,
      applyAt: at,
      useCases: useCasesOf({ recorded }),
      proposer: actor,
      editor: actor,
      origin: 'proposal',
      undoes: null,
      createdAt: now,
      revisedAt: now,
      expiresAt,
      endedAt: null,
      failure: null,
      reviewDueAt: null,
      reviewedAt: null,
    };
  }

  private async lockOwn(id: string, principal: Principal, tx: Transaction): Promise<ChangeRequestDetails> {
    const change = await this.changes.lock(id, tx);
    if (!change) throw new ChangeRequestNotFoundError(id);
    if (change.proposer !== actorOf(principal)) throw new NotTheProposerError();
    return change;
  }

  private async decide(
    change: ChangeRequest,
    kind: 'propose' | 'revise' | 'withdraw',
    principal: Principal,
    tx: Transaction,
  ): Promise<void> {
    const decidedAt = this.clock.now();
    await this.recorder.record(change, { ...approverOf(principal), kind, decidedAt }, tx);
  }
}

const useCasesOf = ({ recorded }: Pick<ChangePreview, 'recorded'>): string[] =>
  [...new Set(recorded.flatMap(({ useCases }) => useCases))].sort();

/** @throws InvalidInputError without a condition; StaleChangeError for another revision than the present one */
function assertRevision(change: ChangeRequest, ifMatch: string | undefined): void {
  if (ifMatch === undefined)
    throw new InvalidInputError([
      { field: 'if-match', message: 'is required: the ETag of the change request' },
    ]);
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.includes(`"${change.revision}"`)) throw new StaleChangeError(change);
}

/** @throws KeyLimitError */
function assertWithinLimits({ recorded }: ChangePreview, principal: Principal): void {
  for (const { operation, useCases, before } of recorded) {
    assertUseCasesAllowed(principal, ...useCases);
    if (operation.kind === 'switch-use-case') assertModelAllowed(principal, operation.modelId);
    if (operation.kind === 'move-off-model' && operation.toModelId !== null)
      assertModelAllowed(principal, operation.toModelId);
    if (operation.kind === 'undo-move') assertModelAllowed(principal, before.movedOff as string);
  }
}

/** Names the fields of an operation by their place in the list. */
function errorOf(error: Error, index: number): Error {
  if (!(error instanceof InvalidInputError)) return error;
  const at = ({ field, message }: FieldError) => ({ field: `operations.${index}.${field}`, message });
  return new InvalidInputError(error.extensions.errors.map(at));
}
