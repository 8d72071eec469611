import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { NoSelectableModelError } from '#libs/catalogue/catalogue.errors.js';
import { findModel, type Model, type UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { policyOf, type Reason, reasonsAgainst } from '#libs/catalogue/selectability.js';
import { NotificationsService } from '#libs/notifications/notifications.service.js';
import { SwitchService } from '#libs/switching/switch.service.js';
import { SwitchHistoryService } from '#libs/switching/switch-history.service.js';
import { alertNotification } from './model-notifications.js';

const FAILOVER_PRINCIPAL = { kind: 'system', name: 'validation' } as const;

/** Switches use cases off models that are not selectable any more, by the policy of each. */
@Injectable()
export class UseCaseFailoverService {
  private readonly logger = new Logger('UseCaseFailover');

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly switching: SwitchService,
    private readonly switches: SwitchHistoryService,
    private readonly notifications: NotificationsService,
  ) {}

  /** Looks at every use case. One that cannot be helped does not hold up the others. */
  async failOverUnselectable(): Promise<void> {
    await this.catalogue.refresh();
    const { useCases, models } = this.catalogue.snapshot();
    for (const useCase of useCases) {
      try {
        await this.watchOne(useCase, models);
      } catch (error) {
        this.logger.error(`use case ${useCase.name} needs an operator: ${(error as Error).message}`);
      }
    }
  }

  private async watchOne(useCase: UseCase, models: Model[]): Promise<void> {
    const active = findModel(models, useCase.activeModelId);
    if (!active) return;
    const [reason] = reasonsAgainst(active, policyOf(useCase, this.catalogue.policy()), {});
    if (!reason) return this.recoverUseCase(useCase, models);
    const { name } = useCase;
    if (useCase.onModelFailure === 'alert') {
      this.logger.error(`use case ${name} runs on ${active.id}, which cannot be selected (${reason.code})`);
      return this.alert(useCase, active, reason);
    }
    const why = `${active.name}: ${reason.detail}`;
    try {
      await this.switch({ kind: 'fallback', useCase: name, failedModelId: active.id, reason: why });
    } catch (error) {
      if (error instanceof NoSelectableModelError) await this.alert(useCase, active, reason);
      throw error;
    }
  }

  private async alert(useCase: UseCase, active: Model, reason: Reason): Promise<void> {
    const { now } = this.catalogue.policy();
    await this.notifications.write(alertNotification(useCase, active, reason, now));
  }

  /** Recovers the failed model when it is selectable again, if the operator has configured it. */
  private async recoverUseCase(useCase: UseCase, models: Model[]): Promise<void> {
    if (useCase.onModelRecovery !== 'auto') return;
    const [last] = await this.switches.lastOfUseCases([useCase.name]);
    if (last?.actor !== `system:${FAILOVER_PRINCIPAL.name}` || last.action !== 'fallback_switch') return;
    const left = findModel(models, last.previousModelId);
    const policy = policyOf(useCase, this.catalogue.policy());
    if (!left || reasonsAgainst(left, policy, useCase.coolDowns).length > 0) return;
    await this.switch({ kind: 'recovery', useCase: useCase.name, modelId: left.id });
  }

  private async switch(
    command:
      | { kind: 'fallback'; useCase: string; failedModelId: string; reason: string }
      | { kind: 'recovery'; useCase: string; modelId: string },
  ): Promise<void> {
    const caller = { principal: FAILOVER_PRINCIPAL, requestId: randomUUID() };
    await this.switching.execute({ ...command, showNotification: true, dryRun: false }, caller);
  }
}
