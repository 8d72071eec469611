import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { NotificationSignal } from '#libs/notifications/notification-signal.js';
import { WebhookDelivery } from '#libs/notifications/webhooks/webhook-delivery.service.js';

/** How often it is looked although nobody rang: Redis may be away, and failures are tried again. */
const POLL_MS = 1_000;

/** Delivers to webhooks, for as long as this worker runs. */
@Injectable()
export class WebhookRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly delivery: WebhookDelivery,
    private readonly signal: NotificationSignal,
  ) {}

  onApplicationBootstrap(): void {
    this.signal.onNotify(() => this.delivery.wake());
    this.timer = setInterval(() => this.delivery.wake(), POLL_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.delivery.stop();
  }
}
