import { Injectable } from '@nestjs/common';
import { RedisBus } from '#libs/platform/redis/redis-bus.js';

const CHANNEL = 'notifications';

/** Says that something was published, never what: that is read from PostgreSQL. Losing a ring loses only time. */
@Injectable()
export class NotificationBell {
  constructor(private readonly bus: RedisBus) {}

  ring(): void {
    this.bus.publish(CHANNEL, '');
  }

  onRing(handler: () => void): void {
    this.bus.on(CHANNEL, handler);
    this.bus.onConnected(handler);
  }
}
