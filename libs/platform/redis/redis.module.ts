import { type DynamicModule, Module } from '@nestjs/common';
import type { Env } from '../config/env.js';
import { RedisBus } from './redis-bus.js';
import { RedisConnections } from './redis-connections.js';

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
        RedisBus,
      ],
      exports: [RedisConnections, RedisBus],
    };
  }
}
