import { Injectable } from '@nestjs/common';
import { findModel } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { NotificationsService } from '#libs/notifications/notifications.service.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { type Check, type Health, nextHealth } from './model-health.js';
import { validationNotification } from './model-notifications.js';
import { type StoredCheck, ValidationsRepository } from './validations.repository.js';

/** Stores results of checks and the health that follows from them. */
@Injectable()
export class ModelHealthService {
  constructor(
    private readonly transactions: Transactions,
    private readonly validations: ValidationsRepository,
    private readonly catalogue: CatalogueService,
    private readonly notifications: NotificationsService,
  ) {}

  /**
   * Stores a check and updates the health of the model; notifies every instance of a change. @returns true if its
   * status flipped
   */
  async record(check: Check): Promise<boolean> {
    const { flipped, version } = await this.transactions.run((tx) => this.store(check, tx));
    if (version !== null) await this.catalogue.announce(version);
    return flipped;
  }

  /** Lists the newest first. */
  async list(modelId: string | undefined, limit: number, before?: number): Promise<StoredCheck[]> {
    return this.validations.list(modelId, limit, before);
  }

  /** @returns the version of the catalogue after a change; null: no change */
  private async store(check: Check, tx: Transaction): Promise<{ flipped: boolean; version: number | null }> {
    const now = this.catalogue.policy().now;
    const before = await this.validations.lockHealth(check.modelId, tx);
    const after = nextHealth(before, check, now);
    await this.validations.insertCheck(check, now, tx);
    await this.validations.saveHealth(after, tx);
    const flipped = after.status !== before.status;
    if (flipped) {
      await this.validations.saveStatus(check.modelId, after.status, check.detail, tx);
      await this.notify(before.status, after.status, check, tx);
    }
    // A sweep does this for all of its models when it ends.
    const learned = check.method === 'deep' && check.outcome !== 'inconclusive';
    if (learned) await this.validations.stamp([check.modelId], now, tx);
    return { flipped, version: flipped || learned ? await this.validations.catalogueVersion(tx) : null };
  }

  /** Notifies of a flipped status, but not of a new model that passes. */
  private async notify(
    before: Health['status'],
    after: Health['status'],
    { modelId, detail }: Check,
    tx: Transaction,
  ): Promise<void> {
    const model = findModel(this.catalogue.snapshot().models, modelId);
    if (!model || after === 'unknown' || (before === 'unknown' && after === 'passed')) return;
    const { now } = this.catalogue.policy();
    await this.notifications.write(validationNotification(model, after, detail, now), tx);
  }
}
