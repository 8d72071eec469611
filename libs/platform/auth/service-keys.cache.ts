import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Clock } from '../clock/clock.js';
import { asUnavailable } from '../database/database-trouble.js';
import { defineChannel } from '../redis/define-channel.js';
import { RedisPubSub } from '../redis/redis-pubsub.js';
import type { ServiceKey } from './service-key.js';
import { ServiceKeysRepository } from './service-keys.repository.js';

const CHANNEL = defineChannel({ name: 'service-key-changed', format: z.uuid() });
/** Even without Redis every instance refuses a revoked key after this time. */
const FRESH_MS = 800;
/**
 * While PostgreSQL is unavailable a cached key is valid for this long: reads must continue, and no key can be revoked
 * then.
 */
const STALE_MS = 3_600_000;
/** After a failure of PostgreSQL no request waits for it for this time: a statement takes 2.2 s to fail. */
const REDIS_BACKOFF_MS = 3_000;
/** Last use is stored to the minute. */
const TOUCH_MS = 60_000;

interface Held {
  key: ServiceKey | null;
  checkedAt: number;
}

/** Caches keys in memory, so that a request seldom waits for PostgreSQL. */
@Injectable()
export class ServiceKeysCache implements OnModuleInit {
  private readonly known = new LRUCache<string, Held>({ max: 10_000 });
  /** Separate, so that guesses do not evict valid keys. */
  private readonly unknown = new LRUCache<string, Held>({ max: 1_000 });
  private readonly reading = new Map<string, Promise<ServiceKey | null>>();
  private failedAt = Number.NEGATIVE_INFINITY;
  private readonly logger = new Logger('ServiceKeys');

  constructor(
    private readonly keys: ServiceKeysRepository,
    private readonly pubSub: RedisPubSub,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.pubSub.on(CHANNEL, (id) => this.forget(id));
  }

  /**
   * @param hash in base64, as everywhere here
   * @returns the key with this hash, which may be revoked or expired; null: there is none. @throws UnavailableError
   */
  async find(hash: string): Promise<ServiceKey | null> {
    const cached = this.known.get(hash) ?? this.unknown.get(hash);
    if (cached && this.now() - cached.checkedAt < FRESH_MS) return cached.key;
    const usable = cached && this.now() - cached.checkedAt < STALE_MS;
    const reading = this.read(hash);
    if (usable && this.now() - this.failedAt < REDIS_BACKOFF_MS) {
      reading.catch(() => undefined);
      return cached.key;
    }
    try {
      return await reading;
    } catch (error) {
      if (usable) return cached.key;
      throw asUnavailable(error);
    }
  }

  /** Returns the key with this hash, if the cached state is recent enough. */
  fresh(hash: string): ServiceKey | null {
    const entry = this.known.get(hash);
    return entry && this.now() - entry.checkedAt < FRESH_MS ? entry.key : null;
  }

  /** Returns whether the key of this hash is cached, so that no query is needed. */
  isCached(hash: string): boolean {
    return this.known.has(hash);
  }

  /** Drops a revoked, replaced or edited key on every instance, which reads it again on its next use. */
  changed(id: string): void {
    this.forget(id);
    this.pubSub.publish(CHANNEL, id);
  }

  private forget(id: string): void {
    for (const [hash, { key }] of this.known.entries()) if (key?.id === id) this.known.delete(hash);
    // A read in progress may return the state before the change.
    this.reading.clear();
  }

  private read(hash: string): Promise<ServiceKey | null> {
    const running = this.reading.get(hash);
    if (running !== undefined) return running;
    const reading = this.readNow(hash).finally(() => {
      if (this.reading.get(hash) === reading) this.reading.delete(hash);
    });
    this.reading.set(hash, reading);
    return reading;
  }

  private async readNow(hash: string): Promise<ServiceKey | null> {
    const checkedAt = this.now();
    try {
      const key = await this.keys.findByHash(Buffer.from(hash, 'base64'));
      this.unknown.delete(hash);
      (key ? this.known : this.unknown).set(hash, { key, checkedAt });
      if (key) this.remember(key, checkedAt);
      return key;
    } catch (error) {
      this.failedAt = this.now();
      throw error;
    }
  }

  private remember(key: ServiceKey, now: number): void {
    if (key.lastUsedAt && now - key.lastUsedAt.getTime() < TOUCH_MS) return;
    this.keys.touch(key.id, new Date(now)).catch((error: Error) => {
      this.logger.debug(`last use of key ${key.id} was not stored: ${error.message}`);
    });
  }

  private now(): number {
    return this.clock.millis();
  }
}
