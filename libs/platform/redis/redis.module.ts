import { type DynamicModule, Module } from '@nestjs/common';
import type { Env } from '../config/env.js';
import { RedisConnections } from './redis-connections.js';
import { RedisPubSub } from './redis-pubsub.js';
import { RedisRejections } from './redis-rejections.js';
import { RedisRights } from './redis-rights.js';
import { SignedCopies } from './signed-copies.js';

@Module({})
export class RedisModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: RedisModule,
      global: true,
      providers: [
        {
          provide: RedisConnections,
          useFactory: () => new RedisConnections(env, env.REDIS_PREFIX),
        },
        RedisPubSub,
        RedisRejections,
        SignedCopies,
        RedisRights,
      ],
      exports: [RedisConnections, RedisPubSub, RedisRejections, SignedCopies],
    };
  }
}
