import { z } from 'zod';
import { type ChannelDefinition, defineChannel } from './define-channel.js';
import type { RedisPubSub } from './redis-pubsub.js';

/** Minimum pause between signals, so that receivers process work in batches. */
const QUIET_MS = 20;

/** Signals to all instances that there is work in PostgreSQL, without naming it. A lost signal only delays the work. */
export class RedisSignal {
  private notifiedAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private readonly channel: ChannelDefinition<string>;

  protected constructor(
    private readonly pubSub: RedisPubSub,
    name: string,
  ) {
    this.channel = defineChannel({ name, format: z.string() });
  }

  /** Sends a signal immediately, or one for all calls within the pause. */
  notify(): void {
    if (this.timer) return;
    const quietUntil = this.notifiedAt + QUIET_MS;
    const now = performance.now();
    if (now >= quietUntil) this.publish();
    else this.timer = setTimeout(() => this.publish(), quietUntil - now).unref();
  }

  private publish(): void {
    this.timer = undefined;
    this.notifiedAt = performance.now();
    this.pubSub.publish(this.channel, '');
  }

  onNotify(handler: () => void): void {
    this.pubSub.on(this.channel, handler);
    this.pubSub.onConnected(handler);
  }
}
