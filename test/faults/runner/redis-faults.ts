import { setTimeout as delay } from 'node:timers/promises';
import { redisCommand } from '../../support/redis-under-test.js';
import type { Fault } from './fault.js';
import type { KeyedLoad } from './keyed-load.js';
import { writeGarbage } from './redis-garbage.js';
import type { Stage } from './stage.js';

/** Kills it twice: once during the load, once while the system recovers from the first kill. */
async function killTwice(stage: Stage, load: KeyedLoad): Promise<void> {
  for (let time = 0; time < 2; time += 1) {
    await stage.redis.kill();
    await load.more(100);
    await stage.redis.startAgain();
    await load.more(100);
  }
}

export const REDIS_FAULTS: Fault[] = [
  {
    name: 'redis-killed-with-aof',
    title: 'kill -9 of Redis with AOF, twice',
    needsRedisServer: true,
    inject: killTwice,
  },
  {
    name: 'redis-killed-without-aof',
    title: 'kill -9 of Redis that comes back empty, twice',
    inSubset: true,
    stage: { forgetful: true },
    inject: killTwice,
  },
  {
    name: 'redis-flushed',
    title: 'FLUSHALL, ten times',
    async inject(stage, load) {
      for (let time = 0; time < 10; time += 1) {
        await redisCommand(stage.redis.url, 'flushall');
        await load.more(20);
      }
    },
  },
  {
    name: 'redis-frozen',
    title: 'Redis frozen for 20 s',
    needsRedisServer: true,
    async inject(stage) {
      stage.redis.signal('SIGSTOP');
      await delay(20_000);
      stage.redis.signal('SIGCONT');
    },
  },
  {
    name: 'redis-black-hole',
    title: 'all sockets to Redis swallow what is sent, for ever',
    stage: { proxied: 'redis' },
    async inject(stage, load) {
      stage.proxy.blackHole();
      await load.more(200);
    },
  },
  {
    name: 'redis-full',
    title: 'Redis out of memory (noeviction) for 8 s',
    needsRedisServer: true,
    async inject(stage) {
      await redisCommand(stage.redis.url, 'config', 'set', 'maxmemory', '1mb');
      await delay(8_000);
      await redisCommand(stage.redis.url, 'config', 'set', 'maxmemory', '0');
    },
  },
  {
    name: 'redis-garbage',
    title: 'garbage on every channel and in every key of Redis, three times',
    inSubset: true,
    inject: writeGarbage,
  },
];
