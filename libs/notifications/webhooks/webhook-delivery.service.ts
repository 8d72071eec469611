import { Injectable } from '@nestjs/common';
import { DeliveryRecorder } from '../delivery/delivery.recorder.js';
import { FeedDelivery } from '../delivery/feed-delivery.js';
import type { Cursor, LeasedWebhook, WebhookMessage } from './webhook.js';
import { WebhookFailures } from './webhook-failures.js';
import { WebhookMessages } from './webhook-messages.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Delivers notifications to webhooks. */
@Injectable()
export class WebhookDelivery extends FeedDelivery<LeasedWebhook, WebhookMessage, Cursor> {
  constructor(
    leases: WebhooksRepository,
    messages: WebhookMessages,
    sender: WebhookSender,
    failures: WebhookFailures,
    recorder: DeliveryRecorder,
  ) {
    const steps = (webhook: LeasedWebhook) => messages.after(webhook.feed, webhook);
    super({ kind: 'webhook', leases, steps, sender, failures, recorder });
  }
}
