import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Deployment } from '../bench-environment.js';
import { redisInfo } from './resource-meter.js';
import type { RedisMemory } from './scaling-report.js';

const LOOK_MS = 100;
const BREAKERS = 100;
const BREAKERS_KEY = 'bench:breakers';

/** Measures what Redis has during a load and after it. */
export async function measureRedisMemory(
  stage: Deployment,
  load: () => Promise<unknown>,
): Promise<RedisMemory> {
  const { url } = stage.redis;
  const used = async () => (await redisInfo(url))('used_memory');
  const looks: number[] = [];
  const state = { ended: false };
  const loading = load().finally(() => {
    state.ended = true;
  });
  while (!state.ended) {
    looks.push(await used());
    await delay(LOOK_MS);
  }
  await loading;
  const redis = new Redis(url);
  try {
    const keys = await keysByKind(redis);
    return {
      usedBytes: await used(),
      peakBytes: Math.max(...looks),
      keys,
      openBreakerBytes: await bytesOfBreaker(redis),
    };
  } finally {
    redis.disconnect();
  }
}

async function keysByKind(redis: Redis): Promise<RedisMemory['keys']> {
  const kinds = new Map<string, { keys: number; bytes: number }>();
  for await (const names of redis.scanStream({ count: 1_000 }) as AsyncIterable<string[]>)
    for (const name of names) {
      const counted = kinds.get(kindOf(name)) ?? { keys: 0, bytes: 0 };
      const bytes = (await redis.memory('USAGE', name)) ?? 0;
      kinds.set(kindOf(name), { keys: counted.keys + 1, bytes: counted.bytes + bytes });
    }
  return [...kinds].map(([kind, sums]) => ({ kind, ...sums })).sort((a, b) => b.bytes - a.bytes);
}

/** A key without what is specific to it: ids, numbers, hashes. */
const kindOf = (key: string): string =>
  key
    .replace(/[\da-f]{8}-[\da-f-]{27}/g, '*')
    .replace(/[A-Za-z\d_-]{32,}/g, '*')
    .replace(/\d+/g, '*');

/** Of the hash that has all open breakers, for one more. */
async function bytesOfBreaker(redis: Redis): Promise<number> {
  for (let index = 0; index < BREAKERS; index += 1) {
    const modelId = `eu.anthropic.claude-haiku-4-5-20251001-v1:${index}`;
    const breaker = { modelId, kind: 'throttled', recheckAt: new Date(0).toISOString() };
    await redis.hset(BREAKERS_KEY, modelId, JSON.stringify(breaker));
  }
  const bytes = (await redis.memory('USAGE', BREAKERS_KEY, 'SAMPLES', 0)) ?? 0;
  await redis.del(BREAKERS_KEY);
  return bytes / BREAKERS;
}
