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
/** Also without Redis a revoked key is refused on every instance after this time. */
const FRESH_MS = 800;
/** With PostgreSQL away a key that was good is good for this long: reads must go on, and nobody can revoke then. */
const STALE_MS = 3_600_000;
/** After PostgreSQL failed, nobody waits for it for this long: a statement takes 2.2 s to fail. */
const REDIS_BACKOFF_MS = 3_000;
/** Last use is stored to the minute. */
const TOUCH_MS = 60_000;

interface Held {
  key: ServiceKey | null;
  checkedAt: number;
}

/** Keys in memory, so that a request seldom waits for PostgreSQL. */
@Injectable()
export class ServiceKeysCache implements OnModuleInit {
  private readonly known = new LRUCache<string, Held>({ max: 10_000 });
  /** Apart, so that guessing does not push good keys out. */
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

  /** The key with this hash, where what is in memory is new enough to be believed. */
  fresh(hash: string): ServiceKey | null {
    const held = this.known.get(hash);
    return held && this.now() - held.checkedAt < FRESH_MS ? held.key : null;
  }

  /** Whether the key of this hash can be judged without asking PostgreSQL. */
  isCached(hash: string): boolean {
    return this.known.has(hash);
  }

  /** A key was revoked or replaced: every instance looks at it again before the next request with it. */
  changed(id: string): void {
    this.forget(id);
    this.pubSub.publish(CHANNEL, id);
  }

  private forget(id: string): void {
    for (const [hash, { key }] of this.known.entries()) if (key?.id === id) this.known.delete(hash);
    // What is being read may be the state before the change.
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
