import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';

const POLL_MS = 1_000;

/** Publishes what others have stored, and what a worker that died has left, for as long as this worker runs. */
@Injectable()
export class NotificationRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly publisher: NotificationPublisher) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.publisher.trigger(), POLL_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.publisher.idle();
  }
}
