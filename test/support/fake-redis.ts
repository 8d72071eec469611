import type { Redis } from 'ioredis';
import type { RedisBus } from '#libs/platform/redis/redis-bus.js';
import type { RedisConnections } from '#libs/platform/redis/redis-connections.js';

/** A Redis that holds one versioned copy per key, for the cache of the catalogue. */
export class FakeRedis {
  away = false;
  readonly copies = new Map<string, { version: number; catalogue: string }>();
  readonly prefix = 'test';

  readonly commands = {
    hget: async (key: string) => this.reachable().get(key)?.catalogue ?? null,
    del: async (key: string) => Number(this.reachable().delete(key)),
    /** What the cache's only script does: it sets a copy unless there is one that is as new. */
    eval: async (_script: string, _keys: number, ...[key, version, catalogue]: [string, number, string]) => {
      if ((this.reachable().get(key)?.version ?? 0) >= version) return 0;
      this.copies.set(key, { version, catalogue });
      return 1;
    },
  } as unknown as Redis;

  key(name: string): string {
    return `${this.prefix}:${name}`;
  }

  asConnections(): RedisConnections {
    return this satisfies Partial<RedisConnections> as unknown as RedisConnections;
  }

  private reachable() {
    if (this.away) throw new Error('Redis is away');
    return this.copies;
  }
}

/** A bus whose messages a test delivers, and which remembers what was published on it. */
export class FakeBus {
  readonly published: { channel: string; message: string }[] = [];
  private readonly handlers = new Map<string, (message: string) => void>();
  private readonly reconnected: (() => void)[] = [];

  publish(channel: string, message: string): void {
    this.published.push({ channel, message });
  }

  on(channel: string, handler: (message: string) => void): void {
    this.handlers.set(channel, handler);
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

  asBus(): RedisBus {
    return this satisfies Partial<RedisBus> as unknown as RedisBus;
  }
}
