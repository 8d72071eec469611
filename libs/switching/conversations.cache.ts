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
const MOST = 50_000;
/** With Redis away a switch is seen after this time at the latest; the promise is 5 s. */
const SOFT_TTL_MS = 4_000;
/** How long a copy may be used while PostgreSQL is away. */
const HARD_TTL_MS = 3_600_000;

interface Held {
  conversation: Conversation | null;
  readAt: number;
}

/** Conversations in memory for the call that a chat makes on every message. */
@Injectable()
export class ConversationsCache implements OnModuleInit {
  /** Reads so far, by what answered them. */
  readonly reads = { memory: 0, postgres: 0, old_copy: 0 };
  private readonly cached = new LRUCache<string, Held>({ max: MOST });
  private readonly reading = new Map<string, Promise<Conversation | null>>();
  /** The newest version heard of: a read that began before a switch must not put the old state back. */
  private readonly latestKnownVersion = new LRUCache<string, number>({ max: MOST });
  /** When messages may have been missed last. */
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
        help: 'Reads of conversations: from memory, from PostgreSQL, or an old copy because PostgreSQL is away.',
        labels: ['source'],
      },
      () => Object.entries(this.reads).map(([source, value]) => ({ labels: { source }, value })),
    );
  }

  onModuleInit(): void {
    // From now on a copy is read again before it is used, except while PostgreSQL is away.
    const missed = () => {
      this.missedAt = this.now();
    };
    this.pubSub.on(CHANNEL, ({ id, version }) => this.forget(id, version), missed);
    this.pubSub.onConnected(missed);
  }

  /** What is in memory and new enough; null: there is no such conversation; undefined: it has to be read. */
  getCached(id: string): Conversation | null | undefined {
    const held = this.cached.get(id);
    if (!held || !this.isNew(held)) return undefined;
    this.reads.memory += 1;
    return held.conversation;
  }

  /** Whether `getHeld` has something to say of it. */
  isCached(id: string): boolean {
    const held = this.cached.peek(id);
    return held !== undefined && this.isNew(held);
  }

  /** @returns the conversation, null when there is none. @throws UnavailableError when nobody can say */
  async get(id: string): Promise<Conversation | null> {
    const known = this.getCached(id);
    if (known !== undefined) return known;
    const held = this.cached.get(id);
    try {
      const read = await this.read(id);
      this.reads.postgres += 1;
      return read;
    } catch (error) {
      const failure = asUnavailable(error);
      const isAway = failure instanceof UnavailableError;
      if (!held || !isAway || this.now() - held.readAt >= HARD_TTL_MS) throw failure;
      this.reads.old_copy += 1;
      return held.conversation;
    }
  }

  /** After the commit of a switch: forgets the old state here and on the other instances. */
  changed(id: string, version: number): void {
    this.forget(id, version);
    this.pubSub.publish(CHANNEL, { id, version });
  }

  private forget(id: string, version: number): void {
    this.latestKnownVersion.set(id, Math.max(version, this.latestKnownVersion.get(id) ?? 0));
    const held = this.cached.get(id);
    if (held && (held.conversation?.version ?? 0) < version) this.cached.delete(id);
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
