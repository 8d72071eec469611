import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { ChannelDefinition } from '#libs/platform/redis/define-channel.js';
import type { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import type { RedisPubSub } from '#libs/platform/redis/redis-pubsub.js';

/** A Redis that holds texts by key. */
export class FakeRedis {
  away = false;
  reads = 0;
  readonly texts = new Map<string, string>();

  readonly commands = {
    get: async (key: string) => {
      this.reads += 1;
      return this.reachable().get(key) ?? null;
    },
    set: async (key: string, text: string) => void this.reachable().set(key, text),
  } as unknown as Redis;

  key(name: string): string {
    return `test:${name}`;
  }

  asConnections(): RedisConnections {
    return this satisfies Partial<RedisConnections> as unknown as RedisConnections;
  }

  private reachable() {
    if (this.away) throw new Error('Redis is away');
    return this.texts;
  }
}

/** A bus whose messages a test delivers, and which remembers what was published on it. */
export class FakeBus {
  readonly published: { channel: string; message: string }[] = [];
  private readonly handlers = new Map<string, (message: string) => void>();
  private readonly reconnected: (() => void)[] = [];

  publish<Message>({ name, format }: ChannelDefinition<Message>, message: Message): void {
    this.published.push({ channel: name, message: z.encode(format, message) });
  }

  on<Message>(
    { name, format }: ChannelDefinition<Message>,
    handler: (message: Message) => void,
    missed?: () => void,
  ): void {
    this.handlers.set(name, (text) => {
      const { success, data } = format.safeParse(text);
      if (success) handler(data);
      else missed?.();
    });
  }

  onConnected(handler: () => void): void {
    this.reconnected.push(handler);
  }

  /** A message of another instance arrives. */
  deliver(channel: string, message: string): void {
    this.handlers.get(channel)?.(message);
  }

  /** The subscription stands again: messages may have been missed. */
  reconnect(): void {
    for (const handler of this.reconnected) handler();
  }

  asBus(): RedisPubSub {
    return this satisfies Partial<RedisPubSub> as unknown as RedisPubSub;
  }
}
