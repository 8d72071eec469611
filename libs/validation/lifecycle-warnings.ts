import { Injectable, Logger } from '@nestjs/common';
import type { Catalogue, Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { NotificationsService } from '#libs/notifications/notifications.service.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { type LifecycleWarning, upcoming, warningsOf } from './lifecycle.js';
import { LifecycleRepository } from './lifecycle.repository.js';
import { lifecycleNotification } from './model-notifications.js';

interface DueWarning {
  model: Model;
  warning: LifecycleWarning & { at: string };
}

/** Warns operators of what is to come. */
@Injectable()
export class LifecycleWarnings {
  private readonly logger = new Logger('Lifecycle');

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly repository: LifecycleRepository,
    private readonly transactions: Transactions,
    private readonly notifications: NotificationsService,
  ) {}

  /** Raises each warning once, when its day has come. */
  async warn(): Promise<void> {
    const catalogue = this.catalogue.snapshot();
    const { now } = this.catalogue.policy();
    const due = catalogue.models.flatMap((model) => dueFor(model, now));
    const raised = await this.transactions.run(async (tx) => {
      const fresh: DueWarning[] = [];
      for (const each of due) if (await this.raise(each, catalogue, now, tx)) fresh.push(each);
      return fresh;
    });
    for (const { model, warning } of raised)
      this.logger.warn(`${model.id} reaches ${warning.milestone} in ${warning.days} days`);
  }

  /** @returns false: it has been raised before */
  private async raise(
    { model, warning }: DueWarning,
    { useCases }: Catalogue,
    now: Date,
    tx: Transaction,
  ): Promise<boolean> {
    if (!(await this.repository.raise(model.id, warning, now, tx))) return false;
    const users = useCases.filter(({ activeModelId }) => activeModelId === model.id);
    return this.notifications.write(lifecycleNotification(model, warning, now, users), tx);
  }
}

function dueFor(model: Model, now: Date): DueWarning[] {
  const dates = upcoming(model, now);
  return warningsOf(dates).map((warning) => {
    const { at } = dates.find(({ milestone }) => milestone === warning.milestone)!;
    return { model, warning: { ...warning, at } };
  });
}
