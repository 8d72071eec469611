import { Injectable } from '@nestjs/common';
import { FeedDelivery } from '../delivery/feed-delivery.js';
import { DeliveryRecorder } from './delivery.recorder.js';
import type { Cursor, LeasedWebhook, WebhookMessage } from './webhook.js';
import { WebhookFailures } from './webhook-failures.js';
import { WebhookMessages } from './webhook-messages.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Delivers notifications to webhooks, and records each attempt. */
@Injectable()
export class WebhookDelivery extends FeedDelivery<LeasedWebhook, WebhookMessage, Cursor> {
  constructor(
    leases: WebhooksRepository,
    messages: WebhookMessages,
    sender: WebhookSender,
    failures: WebhookFailures,
    private readonly recorder: DeliveryRecorder,
  ) {
    super({
      kind: 'webhook',
      leases,
      steps: (webhook) => messages.after(webhook.feed, webhook),
      sender: {
        timeoutSeconds: sender.timeoutSeconds,
        send: async (webhook, message, stop) => {
          const began = performance.now();
          const delivery = await sender.send(webhook, message, stop);
          const sent = { webhookId: webhook.id, message, delivery, durationMs: performance.now() - began };
          recorder.record(sent, webhook.failures);
          return delivery;
        },
      },
      failures,
    });
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.recorder.stop();
  }
}
