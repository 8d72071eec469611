import { Injectable } from '@nestjs/common';
import { ModelNotFoundError } from '#libs/catalogue/catalogue.errors.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { checkModelIds } from '#libs/catalogue/catalogue-edit.js';
import { CatalogueEditor } from '#libs/catalogue/catalogue-editor.service.js';
import { actorOf } from '#libs/platform/auth/principal.js';
import { MovesService } from './moves/moves.service.js';
import type { Caller } from './switch.js';

export interface Retirement {
  successorId?: string | undefined;
  /** Of the switches; undefined: that the model was retired. */
  reason?: string | undefined;
}

/** Takes a model out of use. A move takes what runs on it off the model first, with audit rows and notifications. */
@Injectable()
export class ModelRetirementService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly moves: MovesService,
    private readonly editor: CatalogueEditor,
  ) {}

  /**
   * Switches all its use cases or none. Repeating it changes nothing.
   * @returns id of the move of its use cases and pinned conversations; null: nothing runs on it
   * @throws ModelNotFoundError; InvalidInputError for an unknown successor; NoSelectableModelError when a use case has
   * nothing to move to: it stays available then
   */
  async retire(modelId: string, { successorId, reason }: Retirement, caller: Caller): Promise<string | null> {
    await this.catalogue.refresh();
    const present = this.catalogue.snapshot();
    const model = present.models.find(({ id }) => id === modelId);
    if (!model) throw new ModelNotFoundError(modelId);
    if (successorId !== undefined) checkModelIds('successorId', [successorId], present);
    const moveId = await this.moves.startForRetirement(model, caller, reason);
    const editor = { actor: actorOf(caller.principal), requestId: caller.requestId };
    await this.editor.editModel(modelId, { available: false, ...(successorId && { successorId }) }, editor);
    return moveId;
  }
}
