import { Injectable } from '@nestjs/common';
import { ModelNotSelectableError } from '#libs/catalogue/catalogue.errors.js';
import type { Caller } from '#libs/switching/switch.js';
import {
  ChangeNotAppliedError,
  UndoExistsError,
  UndoTargetNotSelectableError,
} from './change-control.errors.js';
import { inverseOf } from './change-inverse.js';
import type { ChangeOperation } from './change-operation.js';
import { ChangeRequestsService, type PreviewedChangeRequest } from './change-requests.service.js';
import { IdleModels } from './idle-models.repository.js';

/** Undoes a change by another one, which restores what the first has recorded. */
@Injectable()
export class ChangeUndo {
  constructor(
    private readonly changes: ChangeRequestsService,
    private readonly idle: IdleModels,
  ) {}

  /**
   * Proposes the inverse of an applied change. It needs approvals as any other.
   * @throws ChangeRequestNotFoundError, ChangeNotAppliedError; UndoTargetNotSelectableError; the errors of a proposal
   */
  async undo(id: string, reason: string | undefined, caller: Caller): Promise<PreviewedChangeRequest> {
    const change = await this.changes.get(id);
    if (change.state !== 'applied') throw new ChangeNotAppliedError(change.state);
    const earlier = await this.changes.undoOf(id);
    if (earlier !== undefined) throw new UndoExistsError(earlier);
    const operations = change.operations.toReversed().flatMap(inverseOf);
    await this.assertInUse(operations);
    try {
      const proposal = { operations, reason: reason ?? `Undo of the change ${id}` };
      return await this.changes.propose(proposal, caller, id);
    } catch (error) {
      if (!(error instanceof ModelNotSelectableError)) throw error;
      throw new UndoTargetNotSelectableError(error.message, error.extensions.reasons);
    }
  }

  /** Bedrock refuses a Legacy model that an account has not called for some weeks. */
  private async assertInUse(operations: readonly ChangeOperation[]): Promise<void> {
    for (const operation of operations) {
      if (operation.kind !== 'switch-use-case') continue;
      const reasons = await this.idle.reasonsAgainst(operation.modelId);
      if (reasons.length > 0) throw new UndoTargetNotSelectableError(`${operation.modelId} is idle`, reasons);
    }
  }
}
