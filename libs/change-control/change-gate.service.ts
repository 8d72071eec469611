import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { type GatedEdit, UseCaseEditGate } from '#libs/catalogue/use-case-edit-gate.js';
import { actorOf, type Principal } from '#libs/platform/auth/principal.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { SwitchBasis } from '#libs/switching/switch.js';
import {
  basisOf,
  DIRECT,
  type GatedMove,
  type GatedSwitch,
  SwitchGate,
} from '#libs/switching/switch-gate.js';
import { REVIEW_HOURS } from './break-glass.js';
import { ChangeRequiredError, FallbackRepeatedError } from './change-control.errors.js';
import { hashOfChange } from './change-hash.js';
import type { RecordedOperation } from './change-operation.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { FrozenError } from './change-time.errors.js';
import { DecisionRecorder } from './decision.recorder.js';
import { FreezesRepository } from './freezes.repository.js';

const HOUR_MS = 3_600_000;

/**
 * Allows what a policy and the freezes allow, behind the lock of the use case. A change that is being applied was
 * checked by `ChangeApplier`; a safety move is always allowed.
 */
@Injectable()
export class ChangeGate extends SwitchGate implements UseCaseEditGate {
  constructor(
    private readonly changes: ChangeRequestsRepository,
    private readonly freezes: FreezesRepository,
    private readonly breakers: BreakersService,
    private readonly recorder: DecisionRecorder,
  ) {
    super();
  }

  /** @throws ChangeRequiredError, FallbackRepeatedError, FrozenError */
  async allowSwitch(request: GatedSwitch): Promise<SwitchBasis> {
    const { useCase, command, caller, now, tx } = request;
    if (caller.change) return basisOf(caller.change);
    if (isSafetyMove(request)) return { ...DIRECT, kind: 'safety_move' };
    if (command.kind === 'fallback') return this.report(request);
    if (useCase.control === 'reviewed') throw new ChangeRequiredError([useCase.name], 'a switch');
    await this.assertNotFrozen([useCase.name], now, tx);
    return DIRECT;
  }

  /** @throws ChangeRequiredError, FrozenError */
  async allowMove({ useCases, caller, now, tx }: GatedMove): Promise<void> {
    if (caller.change) return;
    const reviewed = useCases.filter(({ control }) => control === 'reviewed').map(({ name }) => name);
    if (reviewed.length > 0) throw new ChangeRequiredError(reviewed, 'a move');
    await this.assertNotFrozen(
      useCases.map(({ name }) => name),
      now,
      tx,
    );
  }

  /** @throws ChangeRequiredError, FrozenError */
  async allowEdit({ useCase, fields, editor, now, tx }: GatedEdit): Promise<void> {
    if (editor.change) return;
    if (useCase.control === 'reviewed')
      throw new ChangeRequiredError([useCase.name], `an edit of ${fields.join(', ')}`);
    await this.assertNotFrozen([useCase.name], now, tx);
  }

  /** @throws FrozenError */
  async assertNotFrozen(useCases: readonly string[], now: Date, tx: Transaction): Promise<void> {
    const [freeze] = await this.freezes.holding(useCases, now, tx);
    if (!freeze) return;
    const held = useCases.find((name) => freeze.useCases?.includes(name) ?? true);
    throw new FrozenError(held ?? useCases[0]!, freeze);
  }

  /**
   * Obeys a report of a failure within the candidates. Without evidence that the model fails, somebody has to review
   * it, and a second one within an hour is refused.
   */
  private async report(request: GatedSwitch): Promise<SwitchBasis> {
    const { useCase, decision, now, tx } = request;
    const { before } = decision;
    const isEvident = this.breakers.isOpen(before.id) || before.validationStatus === 'failed';
    if (useCase.control === 'direct') return DIRECT;
    if (isEvident) return { ...DIRECT, kind: 'safety_move' };
    const earlier = await this.changes.lastReport(useCase.name, new Date(now.getTime() - HOUR_MS), tx);
    if (earlier !== undefined) throw new FallbackRepeatedError(useCase.name, earlier);
    return { ...DIRECT, kind: 'report', changeId: await this.openReview(request) };
  }

  private async openReview({ useCase, decision, command, caller, now, tx }: GatedSwitch): Promise<string> {
    const actor = actorOf(caller.principal);
    const operation: RecordedOperation = {
      operation: { kind: 'switch-use-case', useCase: useCase.name, modelId: decision.activeModelId },
      useCases: [useCase.name],
      expectedVersion: String(useCase.version),
      before: { activeModelId: useCase.activeModelId },
      after: { activeModelId: decision.activeModelId },
    };
    const change = {
      id: randomUUID(),
      state: 'applied' as const,
      revision: 1,
      hash: hashOfChange([operation], null),
      reason: 'reason' in command && command.reason ? command.reason : 'Fallback',
      applyAt: null,
      useCases: [useCase.name],
      proposer: actor,
      editor: actor,
      origin: 'fallback' as const,
      undoes: null,
      createdAt: now,
      revisedAt: now,
      expiresAt: now,
      endedAt: now,
      failure: null,
      reviewDueAt: new Date(now.getTime() + REVIEW_HOURS * HOUR_MS),
      reviewedAt: null,
    };
    await this.changes.insert(change, [operation], tx);
    await this.recorder.record(change, { kind: 'apply', actor, decidedAt: now }, tx, 'reported');
    return change.id;
  }
}

/** Principals of the service that move a use case for safety. A move carries out what a person ordered. */
const isService = (principal: Principal): boolean => principal.kind === 'system' && principal.name !== 'move';

function isSafetyMove({ command, useCase, decision, caller }: GatedSwitch): boolean {
  const isRemedy = command.kind === 'fallback' || command.kind === 'recovery';
  return isService(caller.principal) && isRemedy && useCase.candidates.includes(decision.activeModelId);
}
