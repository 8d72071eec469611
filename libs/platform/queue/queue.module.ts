import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Env } from '../config/env.js';
import { reconnect } from '../redis/redis-connections.js';
import { JobQueue } from './job-queue.js';

@Module({})
export class QueueModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: QueueModule,
      global: true,
      imports: [
        BullModule.forRoot({
          // A worker waits for Redis. Its sockets give up after a silence longer than BullMQ's own idle pauses.
          connection: {
            url: env.REDIS_URL,
            maxRetriesPerRequest: null,
            connectTimeout: 1_000,
            socketTimeout: 15_000,
            retryStrategy: reconnect,
          },
          prefix: `{${env.REDIS_PREFIX}}`,
          streams: { events: { maxLen: 100 } },
        }),
      ],
      providers: [JobQueue],
      exports: [JobQueue],
    };
  }
}
