import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Clock } from '#libs/platform/clock/clock.js';
import { asUnavailable } from '#libs/platform/database/database-trouble.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';
import { defineChannel, jsonOf } from '#libs/platform/redis/define-channel.js';
import { RedisPubSub } from '#libs/platform/redis/redis-pubsub.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import type { Conversation } from './conversation.js';
import { ConversationsRepository } from './conversations.repository.js';

const CHANNEL = defineChannel({
  name: 'conversation-changed',
  format: jsonOf(z.object({ id: z.string().max(128), version: z.int().min(0) })),
});
const MAX_CACHED = 50_000;
/** While Redis is unavailable a switch is visible after this time at the latest; the guarantee is 5 s. */
const SOFT_TTL_MS = 4_000;
/** Maximum age of a cached conversation while PostgreSQL is unavailable. */
const HARD_TTL_MS = 3_600_000;

interface Held {
  conversation: Conversation | null;
  readAt: number;
}

/** Caches conversations for the request that a chat makes for every message. */
@Injectable()
export class ConversationsCache implements OnModuleInit {
  /** Reads so far by their source. */
  readonly reads = { memory: 0, postgres: 0, old_copy: 0 };
  private readonly cached = new LRUCache<string, Held>({ max: MAX_CACHED });
  private readonly reading = new Map<string, Promise<Conversation | null>>();
  /** Newest version known: a read that began before a switch must not restore the old state. */
  private readonly latestKnownVersion = new LRUCache<string, number>({ max: MAX_CACHED });
  /** Last time at which signals may have been missed. */
  private missedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly repository: ConversationsRepository,
    private readonly pubSub: RedisPubSub,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    metrics.total(
      {
        name: 'conversation_reads_total',
        help: 'Reads of conversations: from memory, from PostgreSQL, or an old copy because PostgreSQL is unavailable.',
        labels: ['source'],
      },
      () => Object.entries(this.reads).map(([source, value]) => ({ labels: { source }, value })),
    );
  }

  onModuleInit(): void {
    // A copy from before this time is read again before its use, except while PostgreSQL is unavailable.
    const missed = () => {
      this.missedAt = this.now();
    };
    this.pubSub.on(CHANNEL, ({ id, version }) => this.forget(id, version), missed);
    this.pubSub.onConnected(missed);
  }

  /** Returns a cached and recent conversation; null: there is none; undefined: it must be read. */
  getCached(id: string): Conversation | null | undefined {
    const entry = this.cached.get(id);
    if (!entry || !this.isNew(entry)) return undefined;
    this.reads.memory += 1;
    return entry.conversation;
  }

  /** Returns whether `getCached` knows the conversation. */
  isCached(id: string): boolean {
    const entry = this.cached.peek(id);
    return entry !== undefined && this.isNew(entry);
  }

  /**
   * @returns the conversation, null if there is none. @throws UnavailableError if PostgreSQL is unavailable and
   * no copy is cached
   */
  async get(id: string): Promise<Conversation | null> {
    const known = this.getCached(id);
    if (known !== undefined) return known;
    const entry = this.cached.get(id);
    try {
      const read = await this.read(id);
      this.reads.postgres += 1;
      return read;
    } catch (error) {
      const failure = asUnavailable(error);
      const isAway = failure instanceof UnavailableError;
      if (!entry || !isAway || this.now() - entry.readAt >= HARD_TTL_MS) throw failure;
      this.reads.old_copy += 1;
      return entry.conversation;
    }
  }

  /** Drops the old state after the commit of a switch, here and on the other instances. */
  changed(id: string, version: number): void {
    this.forget(id, version);
    this.pubSub.publish(CHANNEL, { id, version });
  }

  private forget(id: string, version: number): void {
    this.latestKnownVersion.set(id, Math.max(version, this.latestKnownVersion.get(id) ?? 0));
    const entry = this.cached.get(id);
    if (entry && (entry.conversation?.version ?? 0) < version) this.cached.delete(id);
    this.reading.delete(id);
  }

  private read(id: string): Promise<Conversation | null> {
    const running = this.reading.get(id);
    if (running !== undefined) return running;
    const reading = this.readNow(id).finally(() => {
      if (this.reading.get(id) === reading) this.reading.delete(id);
    });
    this.reading.set(id, reading);
    return reading;
  }

  private async readNow(id: string): Promise<Conversation | null> {
    const readAt = this.now();
    const conversation = await this.repository.find(id);
    if ((conversation?.version ?? 0) >= (this.latestKnownVersion.get(id) ?? 0))
      this.cached.set(id, { conversation, readAt });
    return conversation;
  }

  private isNew({ readAt }: Held): boolean {
    return readAt > this.missedAt && this.now() - readAt < SOFT_TTL_MS;
  }

  private now(): number {
    return this.clock.millis();
  }
}
