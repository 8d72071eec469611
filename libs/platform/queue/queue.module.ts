import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Env } from '../config/env.js';
import { type RedisClientOptions, redisCluster, redisOptions } from '../redis/redis-client.js';
import { JobQueue } from './job-queue.js';
import { queuePrefix } from './queue-inspector.js';

/** Options of a worker, which waits for Redis. The socket timeout is longer than BullMQ's own idle pauses. */
const workerRedisOptions = (env: Env): RedisClientOptions => ({
  maxRetriesPerRequest: null,
  connectTimeout: 1_000 * env.TIMEOUT_MULTIPLIER,
  socketTimeout: 15_000,
});

@Module({})
export class QueueModule {
  static forRoot(env: Env): DynamicModule {
    const options = workerRedisOptions(env);
    return {
      module: QueueModule,
      global: true,
      imports: [
        BullModule.forRoot({
          // Queues and workers connect by themselves; the nodes of a cluster are found once for all of them.
          connection: env.REDIS_CLUSTER ? redisCluster(env, options) : redisOptions(env, options),
          prefix: queuePrefix(env),
          streams: { events: { maxLen: 100 } },
        }),
      ],
      providers: [JobQueue],
      exports: [JobQueue],
    };
  }
}
