import type { Pin } from '../conversation.js';
import type { AppliedChange } from '../switch.js';

/** States of a move; the ones with an end have `endedAt`. */
export const MOVE_STATES = ['running', 'paused', 'aborted', 'done', 'undoing', 'undone', 'failed'] as const;
export type MoveState = (typeof MOVE_STATES)[number];

/** Command for a move that exists. */
export type MoveCommand = 'pause' | 'resume' | 'abort' | 'undo';

/** States in which each command fits, and the state after it. */
export const TRANSITIONS = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused', 'failed'], to: 'running' },
  abort: { from: ['running', 'paused', 'failed'], to: 'aborted' },
  undo: { from: ['done', 'aborted', 'failed'], to: 'undoing' },
} as const satisfies Record<MoveCommand, { from: readonly MoveState[]; to: MoveState }>;

/** Target of a move: a model, or with null each use case's own choice. */
export type MoveTarget = string | null;

/** Request for a move. */
export interface MoveOrder {
  fromModelId: string;
  toModelId: MoveTarget;
  reason: string;
  /** Undefined: all. */
  useCases?: string[];
  showNotification: boolean;
}

/** Part of a plan that moves in one use case. */
export interface PlannedUseCase {
  name: string;
  from: string;
  /** Target of the use case, or with `switched` false of its pinned conversations. */
  to: string;
  /** True: the use case itself runs on the model, and is switched. */
  switched: boolean;
  /** Followers of a use case that is switched, counted up to a million. */
  followers: number;
  pinnedManual: number;
  pinnedFallback: number;
  /** Conversations on a fallback from the model, which go back to a pin on it. */
  waysBack: number;
  /** USD, positive = cheaper: 30 days of the use case, and the remaining exchanges of the pinned conversations. */
  savedUsd: string | null;
}

/** Conversations of a use case that stay on the model. */
export interface Staying {
  useCase: string;
  code: string;
  reason: string;
  conversations: number;
}

export interface MovePlan {
  useCases: PlannedUseCase[];
  staying: Staying[];
}

export interface MovePreview extends MovePlan {
  totals: {
    useCases: number;
    following: number;
    pinned: number;
    waysBack: number;
    /** Owners of these conversations. */
    users: number;
    /** True: there are more than counted. */
    usersCapped: boolean;
    savedUsd: string | null;
  };
  /** Owners of the most pinned conversations. */
  users: { userId: string; conversations: number }[];
}

/** Effect that the undo of a move would have on one of its use cases. */
export interface UndonePart {
  name: string;
  /** True: the use case itself goes back to the model. */
  switched: boolean;
  /** Conversations that get back what the move took from them. */
  restored: number;
  /** Conversations, and the use case itself, that were switched since or cannot go back. */
  kept: number;
  /** Reason against the model, so that all of it is kept; null: there is none. */
  reason: string | null;
}

/** Effect that the undo of a move would have now. */
export interface UndoPreview {
  useCases: UndonePart[];
  totals: { useCases: number; restored: number; kept: number };
}

/** Move of everything that runs on a model, to another or to each use case's own choice. */
export interface Move extends MovePlan {
  id: string;
  fromModelId: string;
  toModelId: MoveTarget;
  reason: string;
  showNotification: boolean;
  state: MoveState;
  actor: string;
  createdAt: Date;
  endedAt: Date | null;
  /** Pinned conversations and ways back. The use cases are switched when the move starts. */
  progress: { total: number; moved: number; skipped: number; failed: number };
  /** Null: it was not undone. */
  undo: { actor: string; total: number; restored: number; kept: number } | null;
  /** Error after which it stopped; null: none. */
  lastError: string | null;
}

/**
 * Pass over conversations: the first over the pinned ones leaves out those that others lock, the second waits for them,
 * and the third is over the fallbacks that go back to a pin on the model.
 */
export type Pass = 1 | 2 | 3;

/** Move that a worker has locked for a step. */
export interface ClaimedMove {
  id: string;
  fromModelId: string;
  toModelId: MoveTarget;
  reason: string;
  showNotification: boolean;
  state: 'running' | 'undoing';
  actor: string;
  undoActor: string | null;
  /** Change that ordered it, or its undo while that is made; null: nobody had to review it. */
  change: AppliedChange | null;
  /** Use cases whose pins move. */
  useCases: string[];
  staying: Staying[];
  pass: Pass;
  /** Last conversation, or of an undo the last switch, of the step before. */
  position: string;
  /** Milliseconds until the next step may begin. */
  waitMs: number;
}

/** Switch that a move made, or change of a way back. */
export interface MovedItem {
  /** Of a way back a random id: it is no switch. */
  switchId: string;
  /** Null: of the use case. */
  conversationId: string | null;
  useCase: string;
  seq: number;
  previousPin: Pin | null;
}
