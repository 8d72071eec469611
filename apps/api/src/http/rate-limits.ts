import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { TooManyRequestsError } from './http.errors.js';

/** After a failure of Redis, no request waits for it for this time. */
const REDIS_BACKOFF_MS = 1_000;
/** Part of the limit that an instance takes at a time, so that a busy principal seldom waits for Redis. */
const SHARE = 1 / 20;
const MAX_PRINCIPALS = 50_000;

/** Requests that this instance may admit in this second without a round trip. */
interface Allowance {
  left: number;
  until: number;
}

/** Limits the requests of a principal, and the failed sign-ins of an address. */
@Injectable()
export class RateLimits {
  /** Count that all instances share. */
  private readonly shared: RateLimiterRedis;
  /** The same limit for this instance alone, while Redis is unavailable. */
  private readonly local: RateLimiterMemory;
  private readonly failures: RateLimiterMemory;
  private readonly allowances = new LRUCache<string, Allowance>({ max: MAX_PRINCIPALS });
  private readonly taking = new Map<string, Promise<void>>();
  private readonly share: number;
  private awayUntil = 0;

  constructor(
    @Inject(ENV) env: Pick<Env, 'RATE_LIMIT_PER_SECOND' | 'FAILED_LOGINS_PER_MINUTE'>,
    redis: RedisConnections,
  ) {
    const perSecond = { points: env.RATE_LIMIT_PER_SECOND, duration: 1 };
    this.share = Math.ceil(env.RATE_LIMIT_PER_SECOND * SHARE);
    this.local = new RateLimiterMemory(perSecond);
    this.shared = new RateLimiterRedis({
      ...perSecond,
      storeClient: redis.commands,
      keyPrefix: redis.key('limit'),
      rejectIfRedisNotReady: true,
      // A principal over the limit is refused from memory until the second ends.
      inMemoryBlockOnConsumed: env.RATE_LIMIT_PER_SECOND,
    });
    this.failures = new RateLimiterMemory({ points: env.FAILED_LOGINS_PER_MINUTE, duration: 60 });
  }

  /**
   * Counts a request if this instance has a part of its rate share left. All instances together never admit more than
   * the limit. Requests that one instance took and does not use are missing on another.
   */
  spend(principal: string): boolean {
    const allowance = this.allowances.get(principal);
    if (!allowance || allowance.left === 0 || this.now() >= allowance.until) return false;
    allowance.left -= 1;
    return true;
  }

  /** Returns true if the address has failed so often that nothing more is looked up for it. */
  async isFlooding(address: string): Promise<boolean> {
    const failed = await this.failures.get(networkOf(address));
    return failed !== null && failed.remainingPoints <= 0;
  }

  /** @throws TooManyRequestsError when the address has failed too often within a minute */
  async countFailure(address: string): Promise<void> {
    await this.failures.consume(networkOf(address)).catch((refused: RateLimiterRes) => {
      throw new TooManyRequestsError(
        secondsUntil(refused),
        'Too many requests without a valid token came from this address: check the token, then try again',
      );
    });
  }

  /**
   * Counts a request. While a rate share is being taken, further requests wait for that one: it may suffice for all.
   * @throws TooManyRequestsError when this principal has sent too many requests within this second
   */
  async count(principal: string): Promise<void> {
    while (!this.spend(principal)) {
      if (this.now() < this.awayUntil) return this.countAlone(principal);
      let taking = this.taking.get(principal);
      if (taking === undefined) {
        taking = this.take(principal).finally(() => this.taking.delete(principal));
        this.taking.set(principal, taking);
      }
      await taking;
    }
  }

  /**
   * Takes a rate share, or as much of it as is left within the limit. @throws TooManyRequestsError when nothing is left
   */
  private async take(principal: string): Promise<void> {
    const asked = this.now();
    const answer = await this.shared.consume(principal, this.share).catch((refused: unknown) => refused);
    // A count without an expiry is not one of ours, and would never end.
    if (!(answer instanceof RateLimiterRes) || answer.msBeforeNext < 0) {
      this.awayUntil = this.now() + REDIS_BACKOFF_MS;
      return;
    }
    const over = Math.max(0, answer.consumedPoints - this.shared.points);
    const left = answer.consumedPoints === 0 ? 0 : this.share - over;
    if (left <= 0) throw new TooManyRequestsError(secondsUntil(answer));
    this.allowances.set(principal, { left, until: asked + answer.msBeforeNext });
  }

  private async countAlone(principal: string): Promise<void> {
    await this.local.consume(principal).catch((refused: RateLimiterRes) => {
      throw new TooManyRequestsError(secondsUntil(refused));
    });
  }

  /** Monotonic, like the expiry in Redis: a correction of the clock neither shortens nor prolongs a second. */
  private now(): number {
    return performance.now();
  }
}

const secondsUntil = ({ msBeforeNext }: RateLimiterRes): number => Math.ceil(msBeforeNext / 1000) || 1;

/** An IPv6 client has a whole /64 to itself. */
const networkOf = (address: string): string =>
  address.includes('.') ? address : address.split('::')[0]!.split(':').slice(0, 4).join(':');
