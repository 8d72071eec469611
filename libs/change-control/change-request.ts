import type { ChangeOperation, RecordedOperation } from './change-operation.js';

export const CHANGE_STATES = [
  'proposed',
  'approved',
  'scheduled',
  'applying',
  'applied',
  'rejected',
  'withdrawn',
  'expired',
  'conflicted',
  'failed',
] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** States in which a change is still to be decided or applied. */
export const OPEN_STATES: readonly ChangeState[] = ['proposed', 'approved', 'scheduled', 'applying'];

export type DecisionKind =
  | 'propose'
  | 'revise'
  | 'approve'
  | 'reject'
  | 'withdraw'
  | 'schedule'
  | 'lapse'
  | 'apply'
  | 'expire'
  | 'conflict'
  | 'fail'
  | 'break_glass'
  | 'review_accepted'
  | 'review_undo';

/** Decision of somebody about a revision of a change. */
export interface ChangeDecision {
  id: string;
  revision: number;
  hash: string;
  kind: DecisionKind;
  actor: string;
  /** Groups of a person at that time. */
  groups: string[];
  comment: string | null;
  decidedAt: Date;
}

/** Why a change could not be applied. */
export interface ChangeFailure {
  code: string;
  detail: string;
  /** Index of the operation; null: it is of the whole change. */
  operation: number | null;
  /** Of a conflict: what the operation was made against, and what is there. */
  conflicts?: { operation: number; scope: string; expected: unknown; present: unknown }[];
}

/** Wish for a change. */
export interface ChangeProposal {
  operations: ChangeOperation[];
  reason: string;
  /** Undefined: as soon as it is approved. */
  applyAt?: Date | undefined;
}

/** Change request in its present revision. */
export interface ChangeRequest {
  id: string;
  state: ChangeState;
  revision: number;
  /** SHA-256 of operations, versions and time. */
  hash: string;
  reason: string;
  applyAt: Date | null;
  useCases: string[];
  proposer: string;
  /** Author of this revision. */
  editor: string;
  /** `fallback`: made by a fallback switch of a key, for its review. */
  origin: 'proposal' | 'fallback';
  /** Change whose recorded values this one restores. */
  undoes: string | null;
  createdAt: Date;
  revisedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  failure: ChangeFailure | null;
  /** Until when somebody has to review a change without approvals; null: it needs no review. */
  reviewDueAt: Date | null;
  reviewedAt: Date | null;
}

export interface ChangeRequestDetails extends ChangeRequest {
  operations: (RecordedOperation & { scope: string; result: Record<string, unknown> | null })[];
  decisions: ChangeDecision[];
}

/** Returns the approvals of the present revision that were not lost since, the newest of each person. */
export function approvalsOf({
  hash,
  revision,
  decisions,
}: Pick<ChangeRequestDetails, 'hash' | 'revision' | 'decisions'>): ChangeDecision[] {
  const byPerson = new Map<string, ChangeDecision>();
  for (const decision of decisions) {
    if (decision.hash !== hash || decision.revision !== revision) continue;
    if (decision.kind === 'approve') byPerson.set(decision.actor, decision);
    if (decision.kind === 'lapse') byPerson.delete(decision.actor);
  }
  return [...byPerson.values()];
}
