import { Injectable } from '@nestjs/common';
import { RedisBus } from '../redis/redis-bus.js';

const CHANNEL = 'outbox';

/** Wakes the relays, so that new work starts at once and not at the next poll. Losing a ring loses only time. */
@Injectable()
export class OutboxDoorbell {
  constructor(private readonly bus: RedisBus) {}

  ring(): void {
    this.bus.publish(CHANNEL, '');
  }

  onRing(handler: () => void): void {
    this.bus.on(CHANNEL, handler);
    this.bus.onConnected(handler);
  }
}
