import { Injectable } from '@nestjs/common';
import { ModelNotFoundError } from '#libs/catalogue/catalogue.errors.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { CatalogueEditor } from '#libs/catalogue/catalogue-editor.service.js';
import { actorOf } from '#libs/platform/auth/principal.js';
import type { Caller } from './switch.js';
import { SwitchingService } from './switching.service.js';

/** Takes a model out of use, the use cases that run on it first: each moves on with an audit row and a notification. */
@Injectable()
export class RetirementService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly switching: SwitchingService,
    private readonly editor: CatalogueEditor,
  ) {}

  /**
   * Repeating it changes nothing.
   * @throws ModelNotFoundError; NoSelectableModelError when a use case has nothing to move to: it stays available then
   */
  async retire(modelId: string, successorId: string | undefined, caller: Caller): Promise<void> {
    const { models, useCases } = this.catalogue.snapshot();
    const model = models.find(({ id }) => id === modelId);
    if (!model) throw new ModelNotFoundError(modelId);
    for (const useCase of useCases.filter(({ activeModelId }) => activeModelId === modelId))
      await this.switching.execute(
        {
          kind: 'fallback',
          useCase: useCase.name,
          failedModelId: modelId,
          reason: `${model.name} was retired`,
          showNotification: true,
          dryRun: false,
        },
        { principal: caller.principal, requestId: caller.requestId },
      );
    const editor = { actor: actorOf(caller.principal), requestId: caller.requestId };
    await this.editor.editModel(modelId, { available: false, ...(successorId && { successorId }) }, editor);
  }
}
