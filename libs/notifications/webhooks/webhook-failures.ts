import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { deduplicationId, type NewNotification } from '../notification.js';
import { NotificationsService } from '../notifications.service.js';
import { retryDelayMs } from './retry-delay.js';
import type { Delivery, LeasedWebhook } from './webhook.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Handles webhooks whose receiver does not accept messages. */
@Injectable()
export class WebhookFailures {
  private readonly logger = new Logger('Webhooks');

  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly notifications: NotificationsService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Schedules the next attempt. Disables a webhook that has failed for days, and notifies operators in the same
   * transaction.
   */
  async record(webhook: LeasedWebhook, delivery: Delivery & { delivered: false }): Promise<void> {
    const delayMs = retryDelayMs(webhook.failures + 1, delivery.retryAfterMs);
    await this.transactions.run(async (tx) => {
      const since = await this.webhooks.fail(webhook, delivery.error, delayMs, tx);
      if (since)
        await this.notifications.write(disabled(webhook, since, delivery.error, this.clock.now()), tx);
    });
    this.logger.warn(`webhook ${webhook.id} of ${webhook.owner}: ${delivery.error}`);
  }
}

/** Notification without a model. Contains only the origin of the address: the rest of it may be a secret. */
const disabled = (
  { id, owner, url }: LeasedWebhook,
  since: Date,
  error: string,
  now: Date,
): NewNotification => ({
  id: deduplicationId('webhook', id, since.toISOString()),
  kind: 'alert',
  audience: 'operators',
  type: 'auto',
  title: 'Webhook Switched Off',
  message: `The webhook of ${owner} at ${new URL(url).host} took nothing since ${since.toISOString()} (${error}). When it does again: webhooks resume ${id}`,
  modelId: '',
  modelName: '',
  provider: null,
  reason: error,
  details: {},
  silent: false,
  occurredAt: now,
});
