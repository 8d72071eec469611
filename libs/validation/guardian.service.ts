import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { findModel, type Model, type UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { policyOf, reasonsAgainst } from '#libs/catalogue/selectability.js';
import { SwitchesService } from '#libs/switching/switches.service.js';
import { SwitchingService } from '#libs/switching/switching.service.js';

const GUARDIAN = { kind: 'system', name: 'validation' } as const;

/** Moves use cases off models that cannot be selected any more, as the policy of each says. */
@Injectable()
export class GuardianService {
  private readonly logger = new Logger('Guardian');

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly switching: SwitchingService,
    private readonly switches: SwitchesService,
  ) {}

  /** Looks at every use case. One that cannot be helped does not hold up the others. */
  async watch(): Promise<void> {
    await this.catalogue.refresh();
    const { useCases, models } = this.catalogue.snapshot();
    for (const useCase of useCases) {
      try {
        await this.watchOne(useCase, models);
      } catch (error) {
        this.logger.error(`use case ${useCase.name} needs a person: ${(error as Error).message}`);
      }
    }
  }

  private async watchOne(useCase: UseCase, models: Model[]): Promise<void> {
    const active = findModel(models, useCase.activeModelId);
    if (!active) return;
    const [reason] = reasonsAgainst(active, policyOf(useCase, this.catalogue.policy()), {});
    if (!reason) return this.bringBack(useCase, models);
    if (useCase.onModelFailure === 'alert') {
      this.logger.error(
        `use case ${useCase.name} runs on ${active.id}, which cannot be selected (${reason.code})`,
      );
      return;
    }
    await this.switch({
      kind: 'fallback',
      useCase: useCase.name,
      failedModelId: active.id,
      reason: `${active.name}: ${reason.detail}`,
    });
  }

  /** Where the operator has asked for it: back, once the model that we left is selectable again. */
  private async bringBack(useCase: UseCase, models: Model[]): Promise<void> {
    if (useCase.onModelRecovery !== 'auto') return;
    const last = await this.switches.lastOfUseCase(useCase.name);
    if (last?.actor !== `system:${GUARDIAN.name}` || last.action !== 'fallback_switch') return;
    const left = findModel(models, last.previousModelId);
    const policy = policyOf(useCase, this.catalogue.policy());
    if (!left || reasonsAgainst(left, policy, useCase.coolDowns).length > 0) return;
    await this.switch({ kind: 'return', useCase: useCase.name, modelId: left.id });
  }

  private async switch(
    command:
      | { kind: 'fallback'; useCase: string; failedModelId: string; reason: string }
      | { kind: 'return'; useCase: string; modelId: string },
  ): Promise<void> {
    const caller = { principal: GUARDIAN, requestId: randomUUID() };
    await this.switching.execute({ ...command, showNotification: true, dryRun: false }, caller);
  }
}
