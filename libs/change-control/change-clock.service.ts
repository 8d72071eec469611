import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { type LoopStep, loggable, SingletonLoop } from '#libs/platform/process/singleton-loop.js';
import { ChangeApplier } from './change-applier.service.js';
import { ChangePoliciesRepository } from './change-policies.repository.js';
import { type ChangeFailure, OPEN_STATES } from './change-request.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { DecisionRecorder } from './decision.recorder.js';
import { type DueAction, decideDue, type PendingChange } from './due-change.js';
import { FreezesRepository } from './freezes.repository.js';
import { PendingChangesRepository } from './pending-changes.repository.js';

/** Actor of what the clock does. */
const ACTOR = 'system:change-clock';
/** Open changes that one step looks at; those with a time come first. */
const MAX_CHANGES = 1_000;
/** Changes of one step, so that the heartbeat continues and what becomes due meanwhile is seen. */
const BATCH_SIZE = 10;
/** Overdue reviews that one step reminds of; the oldest come first. */
const MAX_REVIEWS = 100;

const FAILURES: Record<'missed' | 'old', ChangeFailure> = {
  missed: {
    code: 'missed',
    detail: 'Its time is past by more than its policies allow: revise it with a new time',
    operation: null,
  },
  old: {
    code: 'old',
    detail: 'It was not applied within its days: revise or propose it again',
    operation: null,
  },
};

/**
 * Applies changes at their time, ends those that are too old, and reminds of reviews. It needs PostgreSQL alone: Redis away holds no change
 * back. Each change is applied in a separate transaction, behind its lock, so that it is applied once, whichever
 * worker or api is at it meanwhile.
 */
@Injectable()
export class ChangeClock extends SingletonLoop {
  /** Changes that were tried since the last poll: one that fails does not hold up the others. */
  private readonly tried = new Set<string>();

  constructor(
    private readonly runs: Transactions,
    private readonly pending: PendingChangesRepository,
    private readonly changes: ChangeRequestsRepository,
    private readonly policies: ChangePoliciesRepository,
    private readonly freezes: FreezesRepository,
    private readonly applier: ChangeApplier,
    private readonly recorder: DecisionRecorder,
    private readonly clock: Clock,
  ) {
    super('change-clock', runs);
  }

  protected async next(tx: Transaction): Promise<LoopStep> {
    const now = this.clock.now();
    this.recorder.remind(await this.pending.overdueReviews(now, MAX_REVIEWS, tx), now, tx);
    const changes = await this.pending.due(now, MAX_CHANGES, tx);
    const decided = changes.length > 0 ? await this.decided(changes, now, tx) : [];
    const due = decided.filter(({ id, action }) => action !== 'wait' && !this.tried.has(id));
    const batch = due.slice(0, BATCH_SIZE);
    for (const { id } of batch) this.tried.add(id);
    if (batch.length === due.length) this.tried.clear();
    return {
      waitMs: batch.length < due.length ? 0 : undefined,
      committed: () => this.carryOut(batch),
    };
  }

  protected async failed(error: unknown): Promise<void> {
    this.logger.warn(`changes were not looked at, and are again: ${loggable(error)}`);
  }

  private async decided(
    changes: readonly PendingChange[],
    now: Date,
    tx: Transaction,
  ): Promise<{ id: string; action: DueAction }[]> {
    const names = [...new Set(changes.flatMap(({ useCases }) => useCases))];
    const policies = new Map((await this.policies.find(names, tx)).map((policy) => [policy.useCase, policy]));
    const freezes = await this.freezes.inForce(now, tx);
    return changes.map((change) => {
      const own = change.useCases.flatMap((name) => policies.get(name) ?? []);
      return { id: change.id, action: decideDue(change, { now, policies: own, freezes }) };
    });
  }

  /** One that fails is due again at the next poll. */
  private async carryOut(due: readonly { id: string; action: DueAction }[]): Promise<void> {
    for (const { id, action } of due)
      await this.carryOutOne(id, action).catch((error: unknown) => {
        const isExpected = error instanceof AppError && error.kind === 'conflict';
        this.logger[isExpected ? 'debug' : 'warn'](`change ${id} waits: ${loggable(error)}`);
      });
  }

  private async carryOutOne(id: string, action: DueAction): Promise<void> {
    if (action === 'apply') await this.applier.apply(id, { actor: ACTOR });
    if (action === 'missed' || action === 'old') await this.expire(id, action);
  }

  /** Ends a change, unless somebody has decided on it meanwhile. */
  private async expire(id: string, why: 'missed' | 'old'): Promise<void> {
    const isOver = await this.runs.run(async (tx) => {
      const change = await this.changes.lock(id, tx);
      if (!change || !OPEN_STATES.includes(change.state)) return false;
      const now = this.clock.now();
      const [{ action } = { action: 'wait' }] = await this.decided([change], now, tx);
      if (action !== why) return false;
      await this.changes.setState(change, 'expired', { at: now, failure: FAILURES[why] }, tx);
      const decision = { kind: 'expire', actor: ACTOR, decidedAt: now } as const;
      await this.recorder.record(change, decision, tx, why === 'missed' ? 'missed' : 'expired');
      return true;
    });
    if (isOver) this.logger.warn(`change ${id} expired: ${why}`);
  }
}
