import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { TooManyRequestsError } from './http.errors.js';

type Settings = Pick<Env, 'USER_SWITCHES_PER_MINUTE' | 'USER_CHATS_PER_MINUTE' | 'USER_CHATS_AT_ONCE'>;

/** Limits of one person for what costs more than reading. Service keys have their own limit, and know their users. */
@Injectable()
export class PeopleLimits {
  private readonly switches: RateLimiterRedis;
  private readonly chats: RateLimiterRedis;
  /** Chats of each user that this instance answers now. */
  private readonly running = new Map<string, number>();

  constructor(
    @Inject(ENV) private readonly env: Settings,
    redis: RedisConnections,
  ) {
    const perMinute = (name: string, points: number) =>
      new RateLimiterRedis({
        points,
        duration: 60,
        storeClient: redis.commands,
        keyPrefix: redis.key(name),
        rejectIfRedisNotReady: true,
        // While Redis is unavailable each instance counts alone.
        insuranceLimiter: new RateLimiterMemory({ points, duration: 60 }),
      });
    this.switches = perMinute('user-switches', env.USER_SWITCHES_PER_MINUTE);
    this.chats = perMinute('user-chats', env.USER_CHATS_PER_MINUTE);
  }

  /**
   * Counts a switch before it is made, and reverts the count if nothing was switched.
   * @throws TooManyRequestsError, and the errors of `work`
   */
  async switching<T extends { switched: boolean; dryRun?: true }>(
    principal: Principal,
    work: () => Promise<T>,
  ): Promise<T> {
    if (principal.kind !== 'user') return work();
    await consume(this.switches, principal.subject, 'switches');
    let switched = false;
    try {
      const done = await work();
      switched = done.switched && !done.dryRun;
      return done;
    } finally {
      if (!switched) await this.switches.reward(principal.subject).catch(() => undefined);
    }
  }

  /** Counts a chat, which holds one of its user's places until the reply is out. @throws TooManyRequestsError */
  async chatting(principal: Principal, reply: FastifyReply): Promise<void> {
    if (principal.kind !== 'user') return;
    this.takePlace(principal.subject, reply);
    await consume(this.chats, principal.subject, 'chats');
  }

  private takePlace(user: string, { raw }: FastifyReply): void {
    const running = this.running.get(user) ?? 0;
    if (running >= this.env.USER_CHATS_AT_ONCE)
      throw new TooManyRequestsError(1, `${running} of your chats are running: wait until a chat ends`);
    this.running.set(user, running + 1);
    let isOver = false;
    const leave = () => {
      if (isOver) return;
      isOver = true;
      const left = this.running.get(user)! - 1;
      if (left > 0) this.running.set(user, left);
      else this.running.delete(user);
    };
    raw.once('finish', leave).once('close', leave);
  }
}

async function consume(limiter: RateLimiterRedis, user: string, what: string): Promise<void> {
  await limiter.consume(user).catch((refused: unknown) => {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const seconds = Math.ceil(refused.msBeforeNext / 1000) || 1;
    throw new TooManyRequestsError(
      seconds,
      `The limit is ${limiter.points} ${what} per minute: wait ${seconds} s`,
    );
  });
}
