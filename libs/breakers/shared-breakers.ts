import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { POLICIES } from '#libs/platform/bedrock/failure-policy.js';
import { defineChannel, jsonOf } from '#libs/platform/redis/define-channel.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { RedisPubSub } from '#libs/platform/redis/redis-pubsub.js';
import { RedisRejections } from '#libs/platform/redis/redis-rejections.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';

const MODEL_ID = z.string().min(1).max(256);

const OPEN_BREAKER = z.object({
  modelId: MODEL_ID,
  /** Error that opened the breaker. */
  kind: z.enum(Object.keys(POLICIES) as BedrockErrorKind[]),
  /** Time of the next probe, ISO 8601. */
  recheckAt: z.iso.datetime(),
});

/** Breaker that is open: its model gets no calls. */
export type OpenBreaker = z.infer<typeof OPEN_BREAKER>;

const STORED = jsonOf(OPEN_BREAKER);
const CHANGE = z.union([z.object({ opened: OPEN_BREAKER }), z.object({ closed: MODEL_ID })]);
type Change = z.infer<typeof CHANGE>;

const CHANNEL = defineChannel({ name: 'breaker-changed', format: jsonOf(CHANGE) });
const KEY = 'breakers';
/** More than there are models: data in Redis must not fill our memory. */
const MAX_OPEN = 1_000;

/** Keeps the open breakers in memory. Instances notify each other over Redis, and work alone without it. */
@Injectable()
export class SharedBreakers implements OnModuleInit {
  private readonly openBreakers = new Map<string, OpenBreaker>();
  private readonly watchers = new Set<() => void>();
  private readonly logger = new Logger('SharedBreakers');

  constructor(
    private readonly redis: RedisConnections,
    private readonly pubSub: RedisPubSub,
    private readonly rejections: RedisRejections,
    private readonly metrics: Metrics,
  ) {}

  /** Waits for the shared breakers: otherwise a first job would call a model that all others avoid. */
  async onModuleInit(): Promise<void> {
    this.metrics.gauge(
      {
        name: 'breaker_open',
        help: 'Models with an open breaker, by kind of failure.',
        labels: ['model_id', 'kind'],
      },
      () => this.all().map(({ modelId, kind }) => ({ labels: { model_id: modelId, kind }, value: 1 })),
    );
    this.pubSub.on(CHANNEL, (change) => this.heard(change));
    this.pubSub.onConnected(() => void this.read());
    await this.read();
  }

  get(modelId: string): OpenBreaker | undefined {
    return this.openBreakers.get(modelId);
  }

  all(): OpenBreaker[] {
    return [...this.openBreakers.values()];
  }

  /** @returns a function that ends the subscription */
  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => void this.watchers.delete(changed);
  }

  open(breaker: OpenBreaker): void {
    this.add(breaker);
    this.publish({ opened: breaker }, (key) =>
      this.redis.commands.hset(key, breaker.modelId, z.encode(STORED, breaker)),
    );
  }

  close(modelId: string): void {
    this.remove(modelId);
    this.publish({ closed: modelId }, (key) => this.redis.commands.hdel(key, modelId));
  }

  /** Takes the right to probe the model. Without Redis every instance probes for itself. */
  async takeProbe(modelId: string, forMs: number): Promise<boolean> {
    const key = this.redis.key(`breaker-probe:${modelId}`);
    try {
      return (await this.redis.commands.set(key, '1', 'PX', Math.ceil(forMs), 'NX')) === 'OK';
    } catch {
      return true;
    }
  }

  private publish(change: Change, store: (key: string) => Promise<unknown>): void {
    store(this.redis.key(KEY)).catch((error: Error) =>
      this.logger.debug(`the breaker was not shared: ${error.message}`),
    );
    this.pubSub.publish(CHANNEL, change);
  }

  private heard(change: Change): void {
    if ('opened' in change) this.add(change.opened);
    else this.remove(change.closed);
  }

  private add(breaker: OpenBreaker): void {
    if (this.openBreakers.size >= MAX_OPEN && !this.openBreakers.has(breaker.modelId)) return;
    this.openBreakers.set(breaker.modelId, breaker);
    for (const changed of this.watchers) changed();
  }

  private remove(modelId: string): void {
    if (!this.openBreakers.delete(modelId)) return;
    for (const changed of this.watchers) changed();
  }

  /** Reads the breakers that others opened while the subscription was down. Keeps our own, which are newer. */
  private async read(): Promise<void> {
    await this.redis.attempted();
    try {
      for (const breaker of Object.values(await this.redis.commands.hgetall(this.redis.key(KEY)))) {
        const opened = STORED.safeParse(breaker);
        if (!opened.success) this.rejections.add(KEY, 'an entry that this release does not understand');
        else if (!this.openBreakers.has(opened.data.modelId)) this.add(opened.data);
      }
    } catch (error) {
      this.logger.debug(`the shared breakers were not read: ${(error as Error).message}`);
    }
  }
}
