import { z } from 'zod';
import { type ChannelDefinition, defineChannel } from './define-channel.js';
import type { RedisPubSub } from './redis-pubsub.js';

/** Who is woken for each of a thousand things a second does them one by one. */
const QUIET_MS = 20;

/** Says to all instances that there is something to do, never what: that is in PostgreSQL. Losing a ring loses only time. */
export class RedisSignal {
  private rungAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private readonly channel: ChannelDefinition<string>;

  protected constructor(
    private readonly pubSub: RedisPubSub,
    name: string,
  ) {
    this.channel = defineChannel({ name, format: z.string() });
  }

  /** At once, or with all others of the next moment. */
  notify(): void {
    if (this.timer) return;
    const quietUntil = this.rungAt + QUIET_MS;
    const now = performance.now();
    if (now >= quietUntil) this.publish();
    else this.timer = setTimeout(() => this.publish(), quietUntil - now).unref();
  }

  private publish(): void {
    this.timer = undefined;
    this.rungAt = performance.now();
    this.pubSub.publish(this.channel, '');
  }

  onNotify(handler: () => void): void {
    this.pubSub.on(this.channel, handler);
    this.pubSub.onConnected(handler);
  }
}
