import { AppError } from '#libs/platform/errors/app-error.js';
import type { MoveCommand, MoveState, Staying, UndoPreview } from './move.js';

export class MoveNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'move_not_found';
  constructor(id: string) {
    super(`Move ${id} does not exist`);
  }
}

export class MoveRunningError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'move_running';
  override readonly extensions: { moveId: string };
  constructor(
    modelId: string,
    readonly moveId: string,
  ) {
    super(`A move off ${modelId} has not ended: see move ${moveId}, or abort it first`);
    this.extensions = { moveId };
  }
}

const HINTS: Partial<Record<MoveCommand, Partial<Record<MoveState, string>>>> = {
  undo: { running: ': wait until it has ended, or abort it', paused: ': resume or abort it' },
};

export class MoveStateError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'move_state';
  override readonly extensions: { state: MoveState };
  constructor(command: MoveCommand, state: MoveState) {
    super(`A move that is ${state} does not take ${command}${HINTS[command]?.[state] ?? ''}`);
    this.extensions = { state };
  }
}

/** Refuses a move of which nothing could go to its target. */
export class NothingToMoveError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'nothing_to_move';
  override readonly extensions: { staying: Staying[] };
  constructor(modelId: string, staying: Staying[]) {
    const why = staying.map(({ useCase, reason }) => `${useCase}: ${reason}`).join('; ');
    super(`Nothing can move off ${modelId}: ${why}`);
    this.extensions = { staying };
  }
}

/** Refuses an undo of which nothing could go back. */
export class NothingToRestoreError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'nothing_to_restore';
  constructor(id: string, { useCases }: UndoPreview) {
    const reasons = useCases.flatMap(({ name, reason }) => (reason === null ? [] : [`${name}: ${reason}`]));
    super(`Nothing of move ${id} can be undone: ${reasons.join('; ') || 'all of it was switched since'}`);
  }
}
