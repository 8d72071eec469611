import type { RedisBus } from './redis-bus.js';

/** Says to all instances that there is something to do, never what: that is in PostgreSQL. Losing a ring loses only time. */
export class Doorbell {
  protected constructor(
    private readonly bus: RedisBus,
    private readonly channel: string,
  ) {}

  ring(): void {
    this.bus.publish(this.channel, '');
  }

  onRing(handler: () => void): void {
    this.bus.on(this.channel, handler);
    this.bus.onConnected(handler);
  }
}
