import { beforeEach, expect, it } from 'vitest';
import type { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { SetClock } from '../../../../test/support/set-clock.js';
import { RateLimits } from './rate-limits.js';

let asked: number;
let answer: () => Promise<[consumed: number, ttlMs: number]>;
let clock: SetClock;
let limits: RateLimits;
beforeEach(() => {
  asked = 0;
  clock = new SetClock();
  const commands = {
    status: 'ready',
    defineCommand: () => undefined,
    rlflxIncr: () => {
      asked += 1;
      return answer();
    },
  };
  const redis = { commands, key: (name: string) => name } as unknown as RedisConnections;
  limits = new RateLimits({ RATE_LIMIT_PER_SECOND: 3, FAILED_LOGINS_PER_MINUTE: 3 }, redis, clock);
});

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
  clock.advance(1_000);
  await limits.count('anna');
  expect(asked).toBe(2);
});
