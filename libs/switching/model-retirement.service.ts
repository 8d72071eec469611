import { Injectable } from '@nestjs/common';
import { ModelNotFoundError } from '#libs/catalogue/catalogue.errors.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { checkModelIds } from '#libs/catalogue/catalogue-edit.js';
import { CatalogueEditor } from '#libs/catalogue/catalogue-editor.service.js';
import { actorOf } from '#libs/platform/auth/principal.js';
import type { Caller } from './switch.js';
import { SwitchService } from './switch.service.js';

/** Takes a model out of use, the use cases that run on it first: each moves on with an audit row and a notification. */
@Injectable()
export class ModelRetirementService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly switching: SwitchService,
    private readonly editor: CatalogueEditor,
  ) {}

  /**
   * All or nothing: it is tried before anything moves. Repeating it changes nothing.
   * @throws ModelNotFoundError; InvalidInputError for an unknown successor; NoSelectableModelError when a use case has
   * nothing to move to: it stays available then
   */
  async retire(modelId: string, successorId: string | undefined, caller: Caller): Promise<void> {
    await this.catalogue.refresh();
    const present = this.catalogue.snapshot();
    const model = present.models.find(({ id }) => id === modelId);
    if (!model) throw new ModelNotFoundError(modelId);
    if (successorId !== undefined) checkModelIds('successorId', [successorId], present);
    const leaving = present.useCases.filter(({ activeModelId }) => activeModelId === modelId);
    for (const dryRun of [true, false])
      for (const { name } of leaving) await this.moveOn(name, model, dryRun, caller);
    const editor = { actor: actorOf(caller.principal), requestId: caller.requestId };
    await this.editor.editModel(modelId, { available: false, ...(successorId && { successorId }) }, editor);
  }

  private async moveOn(
    useCase: string,
    model: Model,
    dryRun: boolean,
    { principal, requestId }: Caller,
  ): Promise<void> {
    const reason = `${model.name} was retired`;
    await this.switching.execute(
      { kind: 'fallback', useCase, failedModelId: model.id, reason, showNotification: true, dryRun },
      { principal, requestId },
    );
  }
}
