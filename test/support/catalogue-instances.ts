import { Logger } from '@nestjs/common';
import { vi } from 'vitest';
import { CatalogueCache } from '#libs/catalogue/catalogue.cache.js';
import type { Catalogue, Model } from '#libs/catalogue/catalogue.js';
import type { CatalogueRepository, StampedCatalogue } from '#libs/catalogue/catalogue.repository.js';
import { RedisRejections } from '#libs/platform/redis/redis-rejections.js';
import { SignedCopies } from '#libs/platform/redis/signed-copies.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { aUseCase } from './catalogue-fixture.js';
import { FakeClock } from './fake-clock.js';
import { FakeBus, FakeRedis } from './fake-redis.js';

/** Longer than an instance takes to ask PostgreSQL by itself, shorter than the 5 s that are promised. */
const NEXT_CHECK_MS = 4_000;
const HOUR_MS = 3_600_000;
const COPY = 'catalogue:11';

const labelled = (version: number, label: string, models: Model[]): Catalogue => ({
  version,
  models,
  useCases: [aUseCase(label, [])],
  assistants: [],
  nextPriceAt: null,
});

const stamped = (version: number, label: string, models: Model[] = []): StampedCatalogue => ({
  catalogue: labelled(version, label, models),
  versionStamp: `${version} ${label}`,
});

/** PostgreSQL with one catalogue in it, whose answers a test may hold back. */
class FakeCatalogueRepository {
  loads = 0;
  away = false;
  private stored = stamped(1, 'first');
  private gate = Promise.resolve();

  store(version: number, label: string, models?: Model[]): void {
    this.stored = stamped(version, label, models);
  }

  /** From now on a load answers with what was there when it began, but not before the returned function is called. */
  holdBack(): () => void {
    let open = () => {};
    this.gate = new Promise((resolve) => {
      open = resolve;
    });
    return () => {
      this.gate = Promise.resolve();
      open();
    };
  }

  async loadStamped(): Promise<StampedCatalogue> {
    this.loads += 1;
    this.assertReachable();
    const read = this.stored;
    await this.gate;
    return read;
  }

  async currentVersionStamp(): Promise<string> {
    this.assertReachable();
    return this.stored.versionStamp;
  }

  private assertReachable(): void {
    if (this.away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }
}

/** Instances that share a PostgreSQL, a Redis and a clock. Needs vitest's fake timers. */
export class CatalogueInstances {
  readonly postgres = new FakeCatalogueRepository();
  readonly redis = new FakeRedis();
  readonly bus = new FakeBus();
  readonly clock = new FakeClock();
  private readonly copies = new SignedCopies(
    this.redis.asConnections(),
    new RedisRejections(new Metrics()),
    this.clock,
    { CACHE_SIGNING_KEY: 'a-key-that-all-instances-share' },
  );
  private readonly started: CatalogueCache[] = [];

  async start(): Promise<CatalogueCache> {
    Logger.overrideLogger(false);
    const repository = this.postgres satisfies Partial<CatalogueRepository> as unknown as CatalogueRepository;
    const cache = new CatalogueCache(repository, this.copies, this.bus.asBus(), this.clock);
    this.started.push(cache);
    await cache.onModuleInit();
    return cache;
  }

  stop(): void {
    for (const cache of this.started) cache.onModuleDestroy();
  }

  /** Another instance shares a catalogue. */
  async share(version: number, label: string): Promise<void> {
    await this.copies.set(COPY, JSON.stringify(stamped(version, label)), HOUR_MS);
  }

  /** @returns the label of what Redis holds, signed or not; undefined: nothing */
  get sharedLabel(): string | undefined {
    const [, , text] = this.redis.texts.get(this.redis.key(COPY))?.match(/^([^.]+\.){2}(.*)$/s) ?? [];
    return text && JSON.parse(text).catalogue.useCases[0].name;
  }

  /** Somebody who can write to Redis, and does not know the key, changes the copy there. */
  forge(label: string): void {
    const key = this.redis.key(COPY);
    this.redis.texts.set(key, this.redis.texts.get(key)!.replace(/"name":"[^"]*"/, `"name":"${label}"`));
  }

  /** Delivers the version of another instance; returns without waiting for the effect. */
  hearOf(version: number): void {
    this.bus.deliver('catalogue-changed', String(version));
  }
}

/** By its label, the catalogue that an instance answers from. */
export const seenBy = (cache: CatalogueCache): string | undefined => cache.get().useCases[0]?.name;
export const settled = () => vi.advanceTimersByTimeAsync(0);
export const untilNextCheck = () => vi.advanceTimersByTimeAsync(NEXT_CHECK_MS);
