import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { RateLimits } from './rate-limits.js';

let asked: number;
let answer: () => Promise<[consumed: number, ttlMs: number]>;
let now: number;
let limits: RateLimits;
beforeEach(() => {
  asked = 0;
  now = 10_000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const commands = {
    status: 'ready',
    defineCommand: () => undefined,
    rlflxIncr: () => {
      asked += 1;
      return answer();
    },
  };
  const redis = { commands, key: (name: string) => name } as unknown as RedisConnections;
  limits = new RateLimits({ RATE_LIMIT_PER_SECOND: 3, FAILED_LOGINS_PER_MINUTE: 3 }, redis);
});

afterEach(() => vi.restoreAllMocks());

it('asks Redis once per request', async () => {
  answer = async () => [1, 1_000];
  for (let request = 0; request < 3; request += 1) await limits.count('anna');
  expect(asked).toBe(3);
});

it('refuses who is over the limit of all instances, and asks Redis no more until the second is over', async () => {
  answer = async () => [4, 900];
  for (let request = 0; request < 5; request += 1)
    await expect(limits.count('anna')).rejects.toMatchObject({ kind: 'rate_limited', retryAfter: 1 });
  expect(asked).toBe(1);
});

it('waits for a Redis that fails once a second, and counts by itself meanwhile', async () => {
  answer = async () => Promise.reject(new Error('Command timed out'));
  for (let request = 0; request < 3; request += 1) await limits.count('anna');
  await expect(limits.count('anna')).rejects.toMatchObject({ kind: 'rate_limited' });
  await limits.count('ben');
  expect(asked).toBe(1);
  answer = async () => [1, 1_000];
  now += 1_000;
  await limits.count('anna');
  expect(asked).toBe(2);
});

describe('with a limit that is taken in shares', () => {
  /** As Redis counts, for all instances. */
  let consumed: number;
  const ofTwoHundred = (shared: RedisConnections) =>
    new RateLimits({ RATE_LIMIT_PER_SECOND: 200, FAILED_LOGINS_PER_MINUTE: 3 }, shared);
  const redisThatCounts = () => {
    const commands = {
      status: 'ready',
      defineCommand: () => undefined,
      rlflxIncr: async ([, points]: string[]) => {
        asked += 1;
        consumed += Number(points);
        return [consumed, 1_000];
      },
    };
    return { commands, key: (name: string) => name } as unknown as RedisConnections;
  };
  const passing = async (limiter: RateLimits, requests: number) => {
    const all = await Promise.allSettled(Array.from({ length: requests }, () => limiter.count('anna')));
    return all.filter(({ status }) => status === 'fulfilled').length;
  };
  beforeEach(() => {
    consumed = 0;
  });

  it('Redis is asked once for ten requests, and the limit is what it was', async () => {
    limits = ofTwoHundred(redisThatCounts());
    expect(await passing(limits, 250)).toBe(200);
    expect(asked).toBe(20);
  });

  it('a request within the share is counted synchronously', async () => {
    limits = ofTwoHundred(redisThatCounts());
    expect(limits.spend('anna')).toBe(false);
    await limits.count('anna');
    expect(Array.from({ length: 10 }, () => limits.spend('anna')).filter(Boolean)).toHaveLength(9);
  });

  it('two instances let no more pass together, and at most one share less', async () => {
    const redis = redisThatCounts();
    const [one, other] = [ofTwoHundred(redis), ofTwoHundred(redis)];
    await one.count('anna');
    const passed = 1 + (await passing(other, 250));
    expect(passed).toBeLessThanOrEqual(200);
    expect(passed).toBeGreaterThanOrEqual(190);
  });

  it('takes what is left where that is less than a share', async () => {
    limits = ofTwoHundred(redisThatCounts());
    consumed = 193;
    expect(await passing(limits, 20)).toBe(7);
  });

  it('a share is good for its second only', async () => {
    limits = ofTwoHundred(redisThatCounts());
    await limits.count('anna');
    now += 1_000;
    expect(limits.spend('anna')).toBe(false);
  });
});
