import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '#libs/platform/clock/clock.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';
import { defineChannel, jsonOf } from '#libs/platform/redis/define-channel.js';
import { RedisPubSub } from '#libs/platform/redis/redis-pubsub.js';
import { SignedCopies } from '#libs/platform/redis/signed-copies.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueRepository, type StampedCatalogue } from './catalogue.repository.js';

/** Carries the new version of the catalogue. */
const CHANNEL = defineChannel({ name: 'catalogue-changed', format: jsonOf(z.int().min(0)) });
/** Increased when the shape of the copy changes, so that no release reads the copy of another. */
const COPY = 'catalogue:11';
/** While Redis is unavailable, a change is visible after this time at the latest; the guarantee is 5 s. */
const CHECK_MS = 2_000;
/** Maximum age of a snapshot without confirmation by PostgreSQL. */
const HARD_TTL_MS = 3_600_000;

/**
 * Snapshot of the catalogue in memory, the same on every instance. PostgreSQL owns the catalogue. Redis carries one
 * shared copy and the signal that there is a newer one. The copy is signed, and used if PostgreSQL confirms its version
 * stamp. Reads never wait for either.
 */
@Injectable()
export class CatalogueCache implements OnModuleInit, OnModuleDestroy {
  /** Number of snapshots that were loaded. */
  loads = 0;
  private cached: (StampedCatalogue & { confirmedAt: number }) | undefined;
  private newestKnown = 0;
  /** Newest version that a change of this instance made. */
  private changedTo = 0;
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

  /** @throws UnavailableError before the first load, and when the snapshot was not confirmed for an hour */
  get(): Catalogue {
    if (!this.cached || this.clock.millis() - this.cached.confirmedAt > HARD_TTL_MS)
      throw new UnavailableError(
        'catalogue_unavailable',
        'The catalogue cannot be read right now. Try again shortly.',
      );
    return this.cached.catalogue;
  }

  /** Reads our own change back after its commit, shares it and notifies the other instances. Never throws. */
  async changed(version: number): Promise<void> {
    this.newestKnown = Math.max(this.newestKnown, version);
    this.changedTo = Math.max(this.changedTo, version);
    await this.refresh();
    this.pubSub.publish(CHANNEL, version);
  }

  private latestKnownVersion(version: number): void {
    this.newestKnown = Math.max(this.newestKnown, version);
    if (this.version < version) void this.refresh();
  }

  /**
   * Confirms or reloads the snapshot: it is then at least as new as this call. While PostgreSQL is unavailable, an
   * instance without a snapshot takes Redis's copy.
   */
  async check(): Promise<void> {
    try {
      // A load in progress may have read before this call.
      await this.loading?.catch(() => undefined);
      await this.loadNewest();
    } catch (error) {
      this.logger.debug(`the catalogue was not confirmed: ${(error as Error).message}`);
      const shared = this.cached ? null : await this.shared();
      if (shared && !this.cached) this.keep({ ...shared, catalogue: withoutDestinations(shared.catalogue) });
    }
  }

  private async refresh(): Promise<void> {
    await this.loadNewest().catch((error: Error) =>
      this.logger.warn(`version ${this.version} of the catalogue is kept: ${error.message}`),
    );
  }

  /** Loads once for all concurrent callers. @throws while PostgreSQL is unavailable */
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
      const versionStamp = await this.repository.currentVersionStamp();
      if (versionStamp === this.cached?.versionStamp) this.cached.confirmedAt = this.clock.millis();
      else await this.take(versionStamp);
    } while (this.newestKnown > known && this.newestKnown > this.version);
    // The version in PostgreSQL is the newest, also after a restore of an older backup.
    this.newestKnown = this.version;
  }

  /** Nobody has shared a copy of a version that only this instance knows of, and an old copy costs as much as a new one. */
  private async take(versionStamp: string): Promise<void> {
    const isOurs = versionStamp.startsWith(`${this.changedTo} `);
    const shared = isOurs ? null : await this.shared();
    if (shared?.versionStamp === versionStamp) this.keep(shared);
    else await this.loadFromPostgres();
  }

  private async loadFromPostgres(): Promise<void> {
    const stamped = await this.repository.loadStamped();
    this.keep(stamped);
    this.copies
      .set(COPY, JSON.stringify(stamped), HARD_TTL_MS)
      .catch((error: Error) => this.logger.debug(`the catalogue was not shared: ${error.message}`));
  }

  /** Time of the clock in milliseconds; undefined before the first load. */
  get confirmedAt(): number | undefined {
    return this.cached?.confirmedAt;
  }

  /** See `Catalogue.nextPriceAt`; null also before the first load. */
  get nextPriceAt(): string | null {
    return this.cached?.catalogue.nextPriceAt ?? null;
  }

  private keep(stamped: StampedCatalogue): void {
    this.loads += 1;
    this.cached = { ...stamped, confirmedAt: this.clock.millis() };
  }

  /** @returns the copy of another instance; null if there is none that may be used */
  private async shared(): Promise<StampedCatalogue | null> {
    return JSON.parse((await this.copies.get(COPY, HARD_TTL_MS)) ?? 'null');
  }

  private get version(): number {
    return this.cached?.catalogue.version ?? 0;
  }
}

/** Removes the destinations from a copy that PostgreSQL has not confirmed: then only the prefix of an id counts. */
function withoutDestinations(catalogue: Catalogue): Catalogue {
  const models = catalogue.models.map((model) => ({ ...model, destinationRegions: null }));
  return { ...catalogue, models };
}
