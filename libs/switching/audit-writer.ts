import { Injectable } from '@nestjs/common';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { CostsService } from '#libs/costs/costs.service.js';
import { NotificationWriter } from '#libs/notifications/notification-writer.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { AuditRepository } from './audit.repository.js';
import type { SwitchEvent } from './switch.js';
import { storedNotificationOf } from './switch-notification.js';

/** Completes events with what they save, stores both as the audit rows, and beside them what people are told. */
@Injectable()
export class AuditWriter {
  constructor(
    private readonly costs: CostsService,
    private readonly audit: AuditRepository,
    private readonly catalogue: CatalogueService,
    private readonly notifications: NotificationWriter,
  ) {}

  async write(events: SwitchEvent[], tx: Transaction): Promise<void> {
    const switched = new Set(
      events.flatMap(({ previousModelId, newModelId }) => [previousModelId, newModelId]),
    );
    const [impacts, labels] = await Promise.all([
      this.costs.impactsOf(events, tx),
      this.catalogue.labelsOf([...switched], tx),
    ]);
    this.audit.insert(
      impacts.map((impact, place) => ({ ...impact, id: events[place]!.id })),
      tx,
    );
    const notifications = events.map((event) => storedNotificationOf(event, labels));
    this.notifications.writeAll(notifications, tx);
  }
}
