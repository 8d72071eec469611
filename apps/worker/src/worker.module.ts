import { type DynamicModule, Module } from '@nestjs/common';
import { HeartbeatModule } from '#libs/operations/heartbeat.module.js';
import { OperationsModule } from '#libs/operations/operations.module.js';
import { BedrockModule } from '#libs/platform/bedrock/bedrock.module.js';
import { ConfigModule } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { DatabaseModule } from '#libs/platform/database/database.module.js';
import { HealthModule } from '#libs/platform/health/health.module.js';
import { QueueModule } from '#libs/platform/queue/queue.module.js';
import { RedisModule } from '#libs/platform/redis/redis.module.js';
import { TelemetryModule } from '#libs/platform/telemetry/telemetry.module.js';
import { MIGRATIONS } from '#migrations/migrations.js';
import { HealthServer } from './health-server.js';
import { JobsModule } from './jobs.module.js';

/** The api less its HTTP, plus everything that happens later. */
@Module({
  imports: [TelemetryModule, HealthModule, OperationsModule, JobsModule],
  providers: [HealthServer],
})
export class WorkerModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(env),
        DatabaseModule.forRoot(env, MIGRATIONS),
        RedisModule.forRoot(env),
        QueueModule.forRoot(env),
        BedrockModule.forRoot(env),
        HeartbeatModule.forKind('worker'),
      ],
    };
  }
}
