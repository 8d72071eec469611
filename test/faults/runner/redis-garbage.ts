import { Redis } from 'ioredis';
import type { KeyedLoad } from './keyed-load.js';
import type { Stage } from './stage.js';

/** Texts that no release writes, and some that are nearly right. */
const GARBAGE = [
  ...[
    '',
    'garbage',
    '{',
    'null',
    '[]',
    '{}',
    '0',
    '-1',
    '1e999',
    '9007199254740993',
    '"text"',
    '\u0000\uFFFF',
  ],
  ...[
    '{"id":null,"version":"new"}',
    '{"opened":null}',
    '{"opened":{"modelId":"m","kind":"of a later release"}}',
  ],
  ...['{"closed":{}}', '{"id":{"$ne":null}}', 'x'.repeat(100_000)],
];
const TIMES = 3;
/** Of BullMQ: the settings of a queue and its counter. Without them no queue works, and the runbook has what to do. */
const BOOKKEEPING = /:(meta|id)$/;

/**
 * Writes garbage to every channel that somebody listens to and into every key, several times. A key keeps its type and
 * gets entries that are none.
 */
export async function writeGarbage(stage: Stage, load: KeyedLoad): Promise<void> {
  const redis = new Redis(stage.redis.url);
  try {
    for (let time = 0; time < TIMES; time += 1) {
      await publishGarbage(redis);
      const keys = (await redis.keys('*')).filter((key) => !BOOKKEEPING.test(key));
      for (const [index, key] of keys.entries()) await spoil(redis, key, index + time);
      await load.more(50);
    }
  } finally {
    redis.disconnect();
  }
}

/** @throws when fewer channels than we have are listened to */
async function publishGarbage(redis: Redis): Promise<void> {
  const channels = (await redis.call('pubsub', 'channels')) as string[];
  if (channels.length < 5) throw new Error(`only ${channels.length} channels have listeners`);
  for (const channel of channels) for (const text of GARBAGE) await redis.publish(channel, text);
}

async function spoil(redis: Redis, key: string, seed: number): Promise<void> {
  const garbage = GARBAGE[seed % GARBAGE.length]!;
  const add: Record<string, () => Promise<unknown>> = {
    string: () => redis.set(key, garbage),
    list: () => redis.rpush(key, garbage),
    set: () => redis.sadd(key, garbage),
    zset: () => redis.zadd(key, seed, garbage),
    hash: () => spoilFields(redis, key, garbage),
    stream: () => redis.xadd(key, '*', 'garbage', garbage),
  };
  await add[await redis.type(key)]?.();
}

async function spoilFields(redis: Redis, key: string, garbage: string): Promise<void> {
  await redis.hset(key, garbage, garbage);
  for (const field of await redis.hkeys(key)) await redis.hset(key, field, garbage);
}
