import { Injectable } from '@nestjs/common';
import { CatalogueWriter } from '#libs/catalogue/catalogue-writer.service.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import type { MovePreview, UndoPreview } from '#libs/switching/moves/move.js';
import { type ChangeOperation, type RecordedOperation, scopeOf } from './change-operation.js';
import { type PresentState, record } from './change-values.js';
import { OperationRunner, type PreviewedSwitch, type UndoReason } from './operation-runner.service.js';

/** Effect that one operation would have. */
export interface OperationPreview {
  scope: string;
  useCases: string[];
  switched: PreviewedSwitch | null;
  move: MovePreview | null;
  moveUndo: UndoPreview | null;
  undo: { isPossible: boolean; reasons: UndoReason[] };
  /** Null: it would succeed. */
  error: AppError | null;
}

export interface ChangePreview {
  operations: OperationPreview[];
  recorded: RecordedOperation[];
  present: PresentState;
}

/** Part of a change that a preview needs. */
export interface PreviewedChange {
  /** Actor of its switches. */
  actor: string;
  reason: string;
  operations: readonly ChangeOperation[];
}

const NO_CHANGE = '00000000-0000-0000-0000-000000000000';

/** Executes the operations of a change, and rolls everything back. */
@Injectable()
export class ChangePreviews {
  constructor(
    private readonly writer: CatalogueWriter,
    private readonly runner: OperationRunner,
  ) {}

  /** @throws ModelNotFoundError, UseCaseNotFoundError; other errors are in the operation that has them */
  async preview(change: PreviewedChange): Promise<ChangePreview> {
    const editor = { actor: change.actor, requestId: NO_CHANGE, change: { id: NO_CHANGE } };
    return this.writer.previewUnread(editor, async (tx) => {
      const present = await this.recordedAgainst(change.operations, tx);
      const recorded = change.operations.map((operation) => record(operation, present));
      const operations: OperationPreview[] = [];
      for (const [index, each] of recorded.entries())
        operations.push(
          await this.previewOne(each, {
            change: { id: NO_CHANGE, approvedBy: [], brokenGlass: false },
            actor: change.actor,
            reason: change.reason,
            dryRun: true,
            editing: { tx, present: present.catalogue, editor },
            earlier: recorded.slice(0, index).map(({ operation }) => operation),
          }),
        );
      return { operations, recorded, present };
    });
  }

  private async recordedAgainst(
    operations: readonly ChangeOperation[],
    tx: Transaction,
  ): Promise<PresentState> {
    const useCases = operations.flatMap((operation) => ('useCase' in operation ? [operation.useCase] : []));
    return this.runner.lockedState([...new Set(useCases)], operations, tx);
  }

  private async previewOne(
    { operation, useCases }: RecordedOperation,
    running: Parameters<OperationRunner['run']>[1],
  ): Promise<OperationPreview> {
    const known = { scope: scopeOf(operation), useCases };
    try {
      const { undoReasons, switched, move, moveUndo } = await this.runner.run(operation, running);
      const undo = { isPossible: undoReasons.length === 0, reasons: undoReasons };
      return { ...known, switched, move, moveUndo, undo, error: null };
    } catch (error) {
      if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
      const none = { switched: null, move: null, moveUndo: null };
      return { ...known, ...none, undo: { isPossible: true, reasons: [] }, error };
    }
  }
}
