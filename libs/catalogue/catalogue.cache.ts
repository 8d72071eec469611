import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';
import { RedisBus } from '#libs/platform/redis/redis-bus.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueRepository } from './catalogue.repository.js';

const CHANNEL = 'catalogue-changed';
/** Counted up when a copy has another shape, so that no release reads that of another. */
const KEY = 'catalogue:3';
/** With Redis away a change is seen after this time at the latest; the promise is 5 s. */
const CHECK_MS = 2_000;
/** A copy that nobody could confirm for this long is not used any more. */
const HARD_TTL_MS = 3_600_000;

const SET_IF_NEWER = `
local held = redis.call('HGET', KEYS[1], 'version')
if held and tonumber(held) >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'catalogue', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`;

/**
 * The catalogue in memory, the same on every instance. PostgreSQL owns the version; Redis carries one shared copy and
 * the news that there is a newer one. Reading never waits for either.
 */
@Injectable()
export class CatalogueCache implements OnModuleInit, OnModuleDestroy {
  /** How often a catalogue was taken into memory. */
  loads = 0;
  private held: { catalogue: Catalogue; confirmedAt: number } | undefined;
  private newestKnown = 0;
  private refreshing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly logger = new Logger('CatalogueCache');

  constructor(
    private readonly repository: CatalogueRepository,
    private readonly redis: RedisConnections,
    private readonly bus: RedisBus,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    this.bus.on(CHANNEL, (version) => this.heardOf(Number(version)));
    this.bus.onConnected(() => void this.check());
    this.timer = setInterval(() => void this.check(), CHECK_MS).unref();
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
    this.bus.publish(CHANNEL, String(version));
  }

  /** Drops the shared copy, whatever its version. */
  async drop(): Promise<void> {
    await this.redis.commands.del(this.redis.key(KEY)).catch(() => undefined);
  }

  private heardOf(version: number): void {
    this.newestKnown = Math.max(this.newestKnown, version);
    if (this.version < version) void this.refresh();
  }

  /** Asks PostgreSQL which version is the newest; while it is away, an instance without a copy takes Redis's. */
  async check(): Promise<void> {
    try {
      const version = await this.repository.version();
      this.newestKnown = Math.max(this.newestKnown, version);
      if (version === this.version) this.held!.confirmedAt = this.clock.millis();
      else await this.refresh();
    } catch (error) {
      this.logger.debug(`not confirmed: ${(error as Error).message}`);
      const shared = this.held ? null : await this.shared();
      if (shared && !this.held) this.hold(shared);
    }
  }

  private refresh(): Promise<void> {
    this.refreshing ??= this.loadNewest()
      .catch((error: Error) => this.logger.warn(`keeping version ${this.version}: ${error.message}`))
      .finally(() => {
        this.refreshing = undefined;
      });
    return this.refreshing;
  }

  private async loadNewest(): Promise<void> {
    let known: number;
    do {
      known = this.newestKnown;
      const shared = await this.shared();
      if (shared && shared.version === known && known > this.version) this.hold(shared);
      else await this.loadFromPostgres(shared?.version ?? 0);
    } while (this.newestKnown > known && this.newestKnown > this.version);
    // What PostgreSQL answers is the newest there is, also after it was restored to an older state.
    this.newestKnown = this.version;
  }

  /** @param sharedVersion of the copy that Redis had before: newer than PostgreSQL's answer, it is from a lost past */
  private async loadFromPostgres(sharedVersion: number): Promise<void> {
    const catalogue = await this.repository.load();
    if (sharedVersion > catalogue.version) await this.drop();
    this.hold(catalogue);
    this.redis.commands
      .eval(SET_IF_NEWER, 1, this.redis.key(KEY), catalogue.version, JSON.stringify(catalogue), HARD_TTL_MS)
      .catch((error: Error) => this.logger.debug(`not shared: ${error.message}`));
  }

  /** In milliseconds of the clock; undefined before the first load. */
  get confirmedAt(): number | undefined {
    return this.held?.confirmedAt;
  }

  private hold(catalogue: Catalogue): void {
    this.loads += 1;
    this.held = { catalogue, confirmedAt: this.clock.millis() };
  }

  /** @returns Redis's copy; null where there is none that can be read */
  private async shared(): Promise<Catalogue | null> {
    try {
      return JSON.parse((await this.redis.commands.hget(this.redis.key(KEY), 'catalogue')) ?? 'null');
    } catch {
      return null;
    }
  }

  private get version(): number {
    return this.held?.catalogue.version ?? 0;
  }
}
