import { Injectable, Logger } from '@nestjs/common';
import { CostsService } from '#libs/costs/costs.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { OutcomeUnknownError } from '#libs/platform/errors/errors.js';
import { OutboxSignal } from '#libs/platform/outbox/outbox-signal.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { markFailed, startSpan, withSpan } from '#libs/platform/telemetry/spans.js';
import { authorizeSwitch } from './authorize-switch.js';
import { ConversationSwitchHandler } from './conversation-switch.handler.js';
import { IdempotencyService } from './idempotency.service.js';
import type { Caller, SwitchCommand, SwitchOutcome } from './switch.js';
import type { AppliedSwitch, SwitchRequest } from './switch-request.js';
import { SwitchOutcomeUnknownError } from './switching.errors.js';
import { UseCaseSwitchHandler } from './use-case-switch.handler.js';

/** Has no limits: those of the key were checked when the switch was ordered. */
const ORDERED: Principal = { kind: 'system', name: 'move' };

/** Order of an actor whose right was checked when it gave it. */
export interface SwitchOrder extends Pick<Caller, 'requestId' | 'change'>, Pick<SwitchRequest, 'catalogue'> {
  actor: string;
}

/** Switch in a transaction of the caller. */
export interface PendingSwitch {
  outcome: SwitchOutcome;
  /** Notifies the relay and every instance. Call it after the commit. */
  publish: () => Promise<void>;
}

/** Switches the model of a conversation, or of a use case and every conversation that follows it. */
@Injectable()
export class SwitchService {
  private readonly logger = new Logger('Switch');
  private readonly total;

  constructor(
    private readonly transactions: Transactions,
    private readonly idempotency: IdempotencyService,
    private readonly conversations: ConversationSwitchHandler,
    private readonly useCases: UseCaseSwitchHandler,
    private readonly costs: CostsService,
    private readonly outbox: OutboxSignal,
    metrics: Metrics,
  ) {
    this.total = metrics.counter({
      name: 'switches_total',
      help: 'Switches by kind and outcome: switched, unchanged, or the code of the error.',
      labels: ['kind', 'scope', 'outcome'],
    });
  }

  /**
   * Switches in one transaction: the new state, its event, the outbox entry of its audit row and the stored answer are
   * committed together, and the answer comes after the commit. A switch that is refused writes nothing.
   * @throws AppError: forbidden, not_found, conflict, precondition_failed, unprocessable, unavailable;
   * SwitchOutcomeUnknownError where it may be done
   */
  async execute(command: SwitchCommand, caller: Caller): Promise<SwitchOutcome> {
    const grant = authorizeSwitch(command, caller.principal);
    const request = { command, caller, grant };
    if (command.dryRun) return this.transactions.dryRun((tx) => this.preview({ ...request, tx }));
    const { kind } = command;
    const scope = scopeOf(command);
    const attributes = { 'switch.kind': kind, 'switch.scope': scope };
    const span = startSpan({ name: `switch ${kind}`, attributes });
    try {
      const applied = await withSpan(span, () => this.commit(request));
      await this.publish(command, applied);
      return applied.outcome;
    } catch (error) {
      markFailed(span, error);
      this.total.inc({ kind, scope, outcome: error instanceof AppError ? error.code : 'internal_error' });
      throw error;
    } finally {
      span.end();
    }
  }

  /**
   * Switches as a part of a transaction that changes more. A dry run computes the outcome; the caller rolls it back.
   * @throws AppError as `execute`
   */
  async executeWithin(tx: Transaction, command: SwitchCommand, caller: Caller): Promise<PendingSwitch> {
    return this.pending({ command, caller, grant: authorizeSwitch(command, caller.principal), tx });
  }

  /**
   * Switches as a part of a transaction, for an actor whose right was checked when it ordered the switch.
   * @throws AppError as `execute`
   */
  async executeFor(order: SwitchOrder, tx: Transaction, command: SwitchCommand): Promise<PendingSwitch> {
    const { actor, catalogue, ...caller } = order;
    const grant = { actor, onBehalfOf: null, owner: null, userId: actor, anyModel: true };
    return this.pending({ command, caller: { ...caller, principal: ORDERED }, grant, tx, catalogue });
  }

  private async pending(request: SwitchRequest): Promise<PendingSwitch> {
    const { command } = request;
    if (command.dryRun) return { outcome: await this.preview(request), publish: async () => {} };
    const applied = await this.apply(request);
    return { outcome: applied.outcome, publish: () => this.publish(command, applied) };
  }

  /** Locks use cases for switches within a transaction. Call it before the transaction locks anything else. */
  async lockUseCases(names: readonly string[], tx: Transaction): Promise<void> {
    await this.useCases.lock(names, tx);
  }

  /** Conversations of a use case with a pin, which a switch of it leaves alone; counted up to a million. */
  async countPinned(useCase: string, tx: Transaction): Promise<number> {
    return this.useCases.countPinned(useCase, tx);
  }

  private async commit(request: Omit<SwitchRequest, 'tx'>): Promise<AppliedSwitch> {
    const { command, caller } = request;
    let applied: AppliedSwitch | undefined;
    try {
      return await this.transactions.run((tx) =>
        this.idempotency.once(caller, command, tx, async () => {
          applied = await this.apply({ ...request, tx });
          return applied;
        }),
      );
    } catch (error) {
      if (!(error instanceof OutcomeUnknownError)) throw error;
      throw new SwitchOutcomeUnknownError(error, caller.idempotencyKey, applied?.event?.id);
    }
  }

  private async apply(request: SwitchRequest): Promise<AppliedSwitch> {
    const { command } = request;
    return command.conversationId === undefined
      ? this.useCases.apply({ ...request, command })
      : this.conversations.apply(command.conversationId, { ...request, command });
  }

  /**
   * Counts a committed switch, and notifies the relay and every instance. A failure only delays what they see: it never
   * fails the switch.
   */
  private async publish(command: SwitchCommand, { event, changed }: AppliedSwitch): Promise<void> {
    const outcome = event ? 'switched' : 'unchanged';
    this.total.inc({ kind: command.kind, scope: scopeOf(command), outcome });
    try {
      if (event) this.outbox.notify();
      if (changed && 'catalogueVersion' in changed) await this.useCases.publish(changed.catalogueVersion);
      else if (changed) this.conversations.publish(changed);
    } catch (error) {
      this.logger.error(error);
    }
  }

  /**
   * Counts committed switches of conversations, and notifies the relay and every instance.
   * @param kind null: the conversations changed without a switch
   */
  publishAll(
    kind: SwitchCommand['kind'] | null,
    changed: { conversationId: string; version: number }[],
  ): void {
    if (kind) this.total.inc({ kind, scope: 'conversation', outcome: 'switched' }, changed.length);
    try {
      this.outbox.notify();
      for (const each of changed) this.conversations.publish(each);
    } catch (error) {
      this.logger.error(error);
    }
  }

  /** Returns what the request would do and save. The caller rolls the transaction back. */
  private async preview(request: SwitchRequest): Promise<SwitchOutcome> {
    const { outcome, event } = await this.apply(request);
    const { switchId: _, ...would } = outcome;
    if (!event) return { ...would, dryRun: true };
    const { savedUsd, horizon } = await this.costs.impactOf(event, request.tx);
    return { ...would, dryRun: true, costImpact: { savedUsd, horizon } };
  }
}

const scopeOf = ({ conversationId }: SwitchCommand) =>
  conversationId === undefined ? 'use_case' : 'conversation';
