import { Logger } from '@nestjs/common';
import { vi } from 'vitest';
import { CatalogueCache } from '#libs/catalogue/catalogue.cache.js';
import type { Catalogue } from '#libs/catalogue/catalogue.js';
import type { CatalogueRepository } from '#libs/catalogue/catalogue.repository.js';
import { aUseCase } from './catalogue-fixture.js';
import { FakeBus, FakeRedis } from './fake-redis.js';
import { SetClock } from './set-clock.js';

/** Longer than an instance takes to ask PostgreSQL by itself, shorter than the 5 s that are promised. */
const NEXT_CHECK_MS = 4_000;

const labelled = (version: number, label: string): Catalogue => ({
  version,
  models: [],
  useCases: [aUseCase(label, [])],
  assistants: [],
});

/** What Redis holds of a catalogue that is known by its label. */
export const copyOf = (version: number, label: string) => ({
  version,
  catalogue: JSON.stringify(labelled(version, label)),
});

/** PostgreSQL with one catalogue in it, whose answers a test may hold back. */
class FakeCatalogueRepository {
  loads = 0;
  away = false;
  private stored = labelled(1, 'first');
  private gate = Promise.resolve();

  store(version: number, label: string): void {
    this.stored = labelled(version, label);
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

  async load(): Promise<Catalogue> {
    this.loads += 1;
    this.demandPresence();
    const read = this.stored;
    await this.gate;
    return read;
  }

  async version(): Promise<number> {
    this.demandPresence();
    return this.stored.version;
  }

  private demandPresence(): void {
    if (this.away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }
}

/** Instances that share a PostgreSQL, a Redis and a clock. Needs vitest's fake timers. */
export class CatalogueInstances {
  readonly postgres = new FakeCatalogueRepository();
  readonly redis = new FakeRedis();
  readonly bus = new FakeBus();
  readonly clock = new SetClock();
  private readonly started: CatalogueCache[] = [];

  async start(): Promise<CatalogueCache> {
    Logger.overrideLogger(false);
    const repository = this.postgres satisfies Partial<CatalogueRepository> as unknown as CatalogueRepository;
    const cache = new CatalogueCache(repository, this.redis.asConnections(), this.bus.asBus(), this.clock);
    this.started.push(cache);
    await cache.onModuleInit();
    return cache;
  }

  stop(): void {
    for (const cache of this.started) cache.onModuleDestroy();
  }

  /** Another instance tells of a version; returns without waiting for what comes of it. */
  hearOf(version: number): void {
    this.bus.deliver('catalogue-changed', String(version));
  }
}

/** By its label, the catalogue that an instance answers from. */
export const seenBy = (cache: CatalogueCache): string | undefined => cache.get().useCases[0]?.name;
export const settled = () => vi.advanceTimersByTimeAsync(0);
export const untilNextCheck = () => vi.advanceTimersByTimeAsync(NEXT_CHECK_MS);
