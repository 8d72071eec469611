import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '#libs/platform/clock/clock.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';
import { defineChannel, jsonOf } from '#libs/platform/redis/define-channel.js';
import { RedisPubSub } from '#libs/platform/redis/redis-pubsub.js';
import { SignedCopies } from '#libs/platform/redis/signed-copies.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueRepository, type MarkedCatalogue } from './catalogue.repository.js';

/** Carries the version that was made. */
const CHANNEL = defineChannel({ name: 'catalogue-changed', format: jsonOf(z.int().min(0)) });
/** Counted up when a copy has another shape, so that no release reads that of another. */
const COPY = 'catalogue:5';
/** With Redis away a change is seen after this time at the latest; the promise is 5 s. */
const CHECK_MS = 2_000;
/** A copy that nobody could confirm for this long is not used any more. */
const HARD_TTL_MS = 3_600_000;

/**
 * The catalogue in memory, the same on every instance. PostgreSQL owns it; Redis carries one shared copy and the news
 * that there is a newer one. The copy is signed, and used where PostgreSQL says that this is its state. Reading never
 * waits for either.
 */
@Injectable()
export class CatalogueCache implements OnModuleInit, OnModuleDestroy {
  /** How often a catalogue was taken into memory. */
  loads = 0;
  private held: (MarkedCatalogue & { confirmedAt: number }) | undefined;
  private newestKnown = 0;
  private loading: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly logger = new Logger('CatalogueCache');

  constructor(
    private readonly repository: CatalogueRepository,
    private readonly copies: SignedCopies,
    private readonly pubSub: RedisPubSub,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    const missed = () => void this.check();
    this.pubSub.on(CHANNEL, (version) => this.latestKnownVersion(version), missed);
    this.pubSub.onConnected(missed);
    this.timer = setInterval(missed, CHECK_MS).unref();
    await this.check();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** @throws UnavailableError before the first load, and when the copy is older than an hour */
  get(): Catalogue {
    if (!this.held || this.clock.millis() - this.held.confirmedAt > HARD_TTL_MS)
      throw new UnavailableError('catalogue_unavailable', 'The model catalogue cannot be read right now.');
    return this.held.catalogue;
  }

  /** After a change of our own was committed: reads it back, shares it and tells the others. Never throws. */
  async changed(version: number): Promise<void> {
    this.newestKnown = Math.max(this.newestKnown, version);
    await this.refresh();
    this.pubSub.publish(CHANNEL, version);
  }

  private latestKnownVersion(version: number): void {
    this.newestKnown = Math.max(this.newestKnown, version);
    if (this.version < version) void this.refresh();
  }

  /** Sees to it that this is what PostgreSQL has when it is asked; while it is away, an instance without a copy takes Redis's. */
  async check(): Promise<void> {
    try {
      // A load under way may have read before this was called.
      await this.loading?.catch(() => undefined);
      await this.loadNewest();
    } catch (error) {
      this.logger.debug(`not confirmed: ${(error as Error).message}`);
      const shared = this.held ? null : await this.shared();
      if (shared && !this.held) this.hold({ ...shared, catalogue: withoutDestinations(shared.catalogue) });
    }
  }

  private async refresh(): Promise<void> {
    await this.loadNewest().catch((error: Error) =>
      this.logger.warn(`keeping version ${this.version}: ${error.message}`),
    );
  }

  /** Loads once for all who ask meanwhile. @throws while PostgreSQL is away */
  private loadNewest(): Promise<void> {
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async load(): Promise<void> {
    let known: number;
    do {
      known = this.newestKnown;
      const mark = await this.repository.currentMark();
      if (mark === this.held?.mark) this.held.confirmedAt = this.clock.millis();
      else await this.take(mark);
    } while (this.newestKnown > known && this.newestKnown > this.version);
    // What PostgreSQL answers is the newest there is, also after it was restored to an older state.
    this.newestKnown = this.version;
  }

  private async take(mark: string): Promise<void> {
    const shared = await this.shared();
    if (shared?.mark === mark) this.hold(shared);
    else await this.loadFromPostgres();
  }

  private async loadFromPostgres(): Promise<void> {
    const marked = await this.repository.loadMarked();
    this.hold(marked);
    this.copies
      .set(COPY, JSON.stringify(marked), HARD_TTL_MS)
      .catch((error: Error) => this.logger.debug(`not shared: ${error.message}`));
  }

  /** In milliseconds of the clock; undefined before the first load. */
  get confirmedAt(): number | undefined {
    return this.held?.confirmedAt;
  }

  /** See `Catalogue.nextPriceAt`; null also before the first load. */
  get nextPriceAt(): string | null {
    return this.held?.catalogue.nextPriceAt ?? null;
  }

  private hold(marked: MarkedCatalogue): void {
    this.loads += 1;
    this.held = { ...marked, confirmedAt: this.clock.millis() };
  }

  /** @returns the copy of another instance; null where there is none that may be used */
  private async shared(): Promise<MarkedCatalogue | null> {
    return JSON.parse((await this.copies.get(COPY, HARD_TTL_MS)) ?? 'null');
  }

  private get version(): number {
    return this.held?.catalogue.version ?? 0;
  }
}

/** Where a prompt may go is never believed of a copy that PostgreSQL has not confirmed: then only what an id says counts. */
function withoutDestinations(catalogue: Catalogue): Catalogue {
  const models = catalogue.models.map((model) => ({ ...model, destinationRegions: null }));
  return { ...catalogue, models };
}
