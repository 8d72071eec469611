import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { DeliveryFailures, type DisabledReceiver } from '../delivery/delivery-failures.js';
import { NotificationsService } from '../notifications.service.js';
import type { LeasedWebhook } from './webhook.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Handles webhooks whose receiver does not accept messages. */
@Injectable()
export class WebhookFailures extends DeliveryFailures<LeasedWebhook> {
  constructor(
    leases: WebhooksRepository,
    notifications: NotificationsService,
    transactions: Transactions,
    clock: Clock,
  ) {
    super('webhook', { leases, notifications, transactions, clock });
  }

  /** Contains only the origin of the address: the rest of it may be a secret. */
  protected describe({ id, owner, url }: LeasedWebhook): DisabledReceiver {
    return {
      title: 'Webhook Switched Off',
      subject: `The webhook of ${owner} at ${new URL(url).host}`,
      resume: `webhooks resume ${id}`,
    };
  }
}
