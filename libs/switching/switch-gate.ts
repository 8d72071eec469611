import type { UseCase } from '#libs/catalogue/catalogue.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { UseCaseCommand, UseCaseDecision } from './decide-switch.js';
import type { AppliedChange, Caller, SwitchBasis } from './switch.js';

/** Decided switch of a use case, before it is stored. */
export interface GatedSwitch {
  command: UseCaseCommand;
  /** As it is behind its lock, with its control and freeze. */
  useCase: UseCase;
  decision: UseCaseDecision;
  caller: Caller;
  now: Date;
  tx: Transaction;
}

/** Move that changes conversations of these use cases, before it is stored. */
export interface GatedMove {
  /** As they are behind their locks. */
  useCases: readonly UseCase[];
  caller: Caller;
  now: Date;
  tx: Transaction;
}

export const DIRECT: SwitchBasis = { kind: 'direct', changeId: null, approvedBy: [] };

export const basisOf = ({ id, approvedBy, brokenGlass }: AppliedChange): SwitchBasis => ({
  kind: brokenGlass ? 'break_glass' : 'change',
  changeId: id,
  approvedBy,
});

/**
 * Allows or refuses switches of use cases that are reviewed or frozen. It is asked behind the lock of the use case, in
 * the transaction of the switch. libs/change-control binds it; without it, everything is allowed.
 */
export abstract class SwitchGate {
  /** @throws AppError of kind conflict that says what to do instead */
  abstract allowSwitch(request: GatedSwitch): Promise<SwitchBasis>;

  /** @throws AppError of kind conflict that says what to do instead */
  abstract allowMove(request: GatedMove): Promise<void>;
}

/** Returns whether the gate has to be asked: others cost no query. */
export const isGated = ({ control, frozenUntil }: UseCase, now: Date): boolean =>
  control === 'reviewed' || (frozenUntil !== null && Date.parse(frozenUntil) > now.getTime());
