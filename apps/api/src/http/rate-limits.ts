import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { TooManyRequestsError } from './http.errors.js';

/** After Redis failed, nobody waits for it for this long. */
const AWAY_MS = 1_000;

/** How often one may ask, and how often an address may get it wrong. */
@Injectable()
export class RateLimits {
  /** One count for all instances: a round trip per request. */
  private readonly shared: RateLimiterRedis;
  /** The same limit for this instance alone, while Redis is away. */
  private readonly local: RateLimiterMemory;
  private readonly failures: RateLimiterMemory;
  private awayUntil = 0;

  constructor(
    @Inject(ENV) env: Pick<Env, 'RATE_LIMIT_PER_SECOND' | 'FAILED_LOGINS_PER_MINUTE'>,
    redis: RedisConnections,
    private readonly clock: Clock,
  ) {
    const perSecond = { points: env.RATE_LIMIT_PER_SECOND, duration: 1 };
    this.local = new RateLimiterMemory(perSecond);
    this.shared = new RateLimiterRedis({
      ...perSecond,
      storeClient: redis.commands,
      keyPrefix: redis.key('limit'),
      rejectIfRedisNotReady: true,
      // Who is over the limit is refused from memory until the second is over.
      inMemoryBlockOnConsumed: env.RATE_LIMIT_PER_SECOND,
    });
    this.failures = new RateLimiterMemory({ points: env.FAILED_LOGINS_PER_MINUTE, duration: 60 });
  }

  /** @throws TooManyRequestsError when this principal has asked too often within this second */
  async count(principal: string): Promise<void> {
    const refused = await this.consume(principal);
    if (refused) throw new TooManyRequestsError(secondsUntil(refused));
  }

  /** True: the address has failed so often that nothing more is looked up for it. */
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

  /** @returns until when this one is refused; undefined: it may */
  private async consume(principal: string): Promise<RateLimiterRes | undefined> {
    const limiter = this.now() < this.awayUntil ? this.local : this.shared;
    try {
      await limiter.consume(principal);
      return undefined;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return refused;
      this.awayUntil = this.now() + AWAY_MS;
      return this.consume(principal);
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

const secondsUntil = ({ msBeforeNext }: RateLimiterRes): number => Math.ceil(msBeforeNext / 1000) || 1;

/** An IPv6 client has a whole /64 to itself. */
const networkOf = (address: string): string =>
  address.includes('.') ? address : address.split('::')[0]!.split(':').slice(0, 4).join(':');
