import { type DynamicModule, Module, StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { AuthModule } from '#libs/platform/auth/auth.module.js';
import { BedrockModule } from '#libs/platform/bedrock/bedrock.module.js';
import { ConfigModule } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { DatabaseModule } from '#libs/platform/database/database.module.js';
import { RedisModule } from '#libs/platform/redis/redis.module.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { ValidationModule } from '#libs/validation/validation.module.js';
import { MIGRATIONS } from '#migrations/migrations.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { CatalogueEditingController } from './catalogue/catalogue-editing.controller.js';
import { CatalogueSyncController } from './catalogue/catalogue-sync.controller.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { HealthController } from './health/health.controller.js';
import { AuthGuard } from './http/auth.guard.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ValidationPipe } from './http/validation.pipe.js';
import { KeysController } from './keys/keys.controller.js';
import { OrchestrateActions } from './orchestrate/orchestrate.actions.js';
import { OrchestrateController } from './orchestrate/orchestrate.controller.js';
import { SwitchesController } from './switches/switches.controller.js';
import { ValidationsController } from './validations/validations.controller.js';

@Module({
  imports: [AuthModule, CatalogueModule, SwitchingModule, ValidationModule],
  controllers: [
    OrchestrateController,
    CatalogueController,
    CatalogueEditingController,
    CatalogueSyncController,
    ConversationsController,
    SwitchesController,
    ValidationsController,
    KeysController,
    HealthController,
  ],
  providers: [
    OrchestrateActions,
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_PIPE, useClass: ValidationPipe },
    { provide: APP_INTERCEPTOR, useClass: StandardSchemaSerializerInterceptor },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class ApiModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ConfigModule.forRoot(env),
        DatabaseModule.forRoot(env, MIGRATIONS),
        RedisModule.forRoot(env),
        BedrockModule.forRoot(env),
      ],
    };
  }
}
