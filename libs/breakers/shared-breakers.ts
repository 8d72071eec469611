import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { POLICIES } from '#libs/platform/bedrock/bedrock-policy.js';
import { defineChannel, jsonOf } from '#libs/platform/redis/define-channel.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { RedisPubSub } from '#libs/platform/redis/redis-pubsub.js';
import { RedisRejections } from '#libs/platform/redis/redis-rejections.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';

const MODEL_ID = z.string().min(1).max(256);

const OPEN_BREAKER = z.object({
  modelId: MODEL_ID,
  /** Why. */
  kind: z.enum(Object.keys(POLICIES) as BedrockErrorKind[]),
  /** When to see whether it is healthy again, ISO 8601. */
  recheckAt: z.iso.datetime(),
});

/** A model that is not asked. */
export type OpenBreaker = z.infer<typeof OPEN_BREAKER>;

const STORED = jsonOf(OPEN_BREAKER);
const CHANGE = z.union([z.object({ opened: OPEN_BREAKER }), z.object({ closed: MODEL_ID })]);
type Change = z.infer<typeof CHANGE>;

const CHANNEL = defineChannel({ name: 'breaker-changed', format: jsonOf(CHANGE) });
const KEY = 'breakers';
/** More than there are models: what is written to Redis must not fill our memory. */
const MAX_OPEN = 1_000;

/** Which breakers are open, in memory; the instances tell each other over Redis, and go on alone without it. */
@Injectable()
export class SharedBreakers implements OnModuleInit {
  private readonly held = new Map<string, OpenBreaker>();
  private readonly watchers = new Set<() => void>();
  private readonly logger = new Logger('SharedBreakers');

  constructor(
    private readonly redis: RedisConnections,
    private readonly pubSub: RedisPubSub,
    private readonly rejections: RedisRejections,
    private readonly metrics: Metrics,
  ) {}

  /** Waits for what the others know: a first job that does not would take a model for healthy that all avoid. */
  async onModuleInit(): Promise<void> {
    this.metrics.gauge(
      { name: 'breaker_open', help: 'Models that are not asked, and why.', labels: ['model_id', 'kind'] },
      () => this.all().map(({ modelId, kind }) => ({ labels: { model_id: modelId, kind }, value: 1 })),
    );
    this.pubSub.on(CHANNEL, (change) => this.heard(change));
    this.pubSub.onConnected(() => void this.read());
    await this.read();
  }

  get(modelId: string): OpenBreaker | undefined {
    return this.held.get(modelId);
  }

  all(): OpenBreaker[] {
    return [...this.held.values()];
  }

  /** @returns what to call when nobody watches any more */
  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => void this.watchers.delete(changed);
  }

  open(breaker: OpenBreaker): void {
    this.hold(breaker);
    this.tell({ opened: breaker }, (key) =>
      this.redis.commands.hset(key, breaker.modelId, z.encode(STORED, breaker)),
    );
  }

  close(modelId: string): void {
    this.release(modelId);
    this.tell({ closed: modelId }, (key) => this.redis.commands.hdel(key, modelId));
  }

  /** Whether this instance is the one that asks the model now. Without Redis every instance asks for itself. */
  async takeProbe(modelId: string, forMs: number): Promise<boolean> {
    const key = this.redis.key(`breaker-probe:${modelId}`);
    try {
      return (await this.redis.commands.set(key, '1', 'PX', Math.ceil(forMs), 'NX')) === 'OK';
    } catch {
      return true;
    }
  }

  private tell(change: Change, store: (key: string) => Promise<unknown>): void {
    store(this.redis.key(KEY)).catch((error: Error) => this.logger.debug(`not shared: ${error.message}`));
    this.pubSub.publish(CHANNEL, change);
  }

  private heard(change: Change): void {
    if ('opened' in change) this.hold(change.opened);
    else this.release(change.closed);
  }

  private hold(breaker: OpenBreaker): void {
    if (this.held.size >= MAX_OPEN && !this.held.has(breaker.modelId)) return;
    this.held.set(breaker.modelId, breaker);
    for (const changed of this.watchers) changed();
  }

  private release(modelId: string): void {
    if (!this.held.delete(modelId)) return;
    for (const changed of this.watchers) changed();
  }

  /** What the others found while we were not listening. Our own findings stay: they were made meanwhile. */
  private async read(): Promise<void> {
    await this.redis.attempted();
    try {
      for (const breaker of Object.values(await this.redis.commands.hgetall(this.redis.key(KEY)))) {
        const opened = STORED.safeParse(breaker);
        if (!opened.success) this.rejections.add(KEY, 'an entry that this release does not understand');
        else if (!this.held.has(opened.data.modelId)) this.hold(opened.data);
      }
    } catch (error) {
      this.logger.debug(`not read: ${(error as Error).message}`);
    }
  }
}
