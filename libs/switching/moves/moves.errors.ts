import { AppError } from '#libs/platform/errors/app-error.js';
import type { MoveCommand, MoveState, Staying } from './move.js';

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

export class MoveStateError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'move_state';
  override readonly extensions: { state: MoveState };
  constructor(command: MoveCommand, state: MoveState) {
    super(`A move that is ${state} does not take ${command}`);
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
