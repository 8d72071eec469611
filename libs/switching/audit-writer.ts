import { Injectable } from '@nestjs/common';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { CostsService } from '#libs/costs/costs.service.js';
import { NotificationWriter } from '#libs/notifications/notification-writer.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { AuditRepository } from './audit.repository.js';
import type { SwitchEvent } from './switch.js';
import { storedNotificationOf } from './switch-notification.js';

/** Completes an event with what it saves, stores both as the audit row, and beside it what people are told. */
@Injectable()
export class AuditWriter {
  constructor(
    private readonly costs: CostsService,
    private readonly audit: AuditRepository,
    private readonly catalogue: CatalogueService,
    private readonly notifications: NotificationWriter,
  ) {}

  async write(event: SwitchEvent, tx: Transaction): Promise<void> {
    await this.audit.insert(event, await this.costs.impactOf(event, tx), tx);
    const switched = [event.previousModelId, event.newModelId];
    const { models } = await this.catalogue.loadForDecision([], switched, tx);
    await this.notifications.write(storedNotificationOf(event, models), tx);
  }
}
