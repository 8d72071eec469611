import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AnalyticsModule } from '#libs/analytics/analytics.module.js';
import { AuditModule } from '#libs/audit/audit.module.js';
import { BreakersModule } from '#libs/breakers/breakers.module.js';
import { BudgetsModule } from '#libs/budgets/budgets.module.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { ChangeControlModule } from '#libs/change-control/change-control.module.js';
import { ConfigurationModule } from '#libs/configuration/configuration.module.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { InferenceModule } from '#libs/inference/inference.module.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { HeartbeatModule } from '#libs/operations/heartbeat.module.js';
import { OperationsModule } from '#libs/operations/operations.module.js';
import { OverviewModule } from '#libs/overview/overview.module.js';
import { PeopleModule } from '#libs/people/people.module.js';
import { AuthModule } from '#libs/platform/auth/auth.module.js';
import { BedrockModule } from '#libs/platform/bedrock/bedrock.module.js';
import { ConfigModule } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { DatabaseModule } from '#libs/platform/database/database.module.js';
import { HealthModule } from '#libs/platform/health/health.module.js';
import { OutboxModule } from '#libs/platform/outbox/outbox.module.js';
import { RedisModule } from '#libs/platform/redis/redis.module.js';
import { TelemetryModule } from '#libs/platform/telemetry/telemetry.module.js';
import { PrivacyModule } from '#libs/privacy/privacy.module.js';
import { SearchModule } from '#libs/search/search.module.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { ValidationModule } from '#libs/validation/validation.module.js';
import { WiresModule } from '#libs/wires/wires.module.js';
import { MIGRATIONS } from '#migrations/migrations.js';
import { AnalyticsController } from './analytics/analytics.controller.js';
import { OwnUsageController } from './analytics/own-usage.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { BreakersController } from './breakers/breakers.controller.js';
import { BudgetsController } from './budgets/budgets.controller.js';
import { CallsController } from './calls/calls.controller.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { CatalogueEditingController } from './catalogue/catalogue-editing.controller.js';
import { CatalogueSyncController } from './catalogue/catalogue-sync.controller.js';
import { ChangeEmergenciesController } from './change-control/change-emergencies.controller.js';
import { ChangePoliciesController } from './change-control/change-policies.controller.js';
import { ChangeRequestsController } from './change-control/change-requests.controller.js';
import { ChangeWindowsController } from './change-control/change-windows.controller.js';
import { FreezesController } from './change-control/freezes.controller.js';
import { ChannelsController } from './channels/channels.controller.js';
import { ChatController } from './chat/chat.controller.js';
import { ConfigurationController } from './configuration/configuration.controller.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { HealthController } from './health/health.controller.js';
import { MetricsController } from './health/metrics.controller.js';
import { AuthGuard } from './http/auth.guard.js';
import { Authenticator } from './http/authenticator.service.js';
import { PeopleLimits } from './http/people-limits.js';
import { ProblemFilter } from './http/problem-response.js';
import { RateLimits } from './http/rate-limits.js';
import { SessionCookie } from './http/session-cookie.js';
import { ValidationPipe } from './http/validation.pipe.js';
import { InstancesController } from './instances/instances.controller.js';
import { AccessChangesController } from './keys/access-changes.controller.js';
import { KeysController } from './keys/keys.controller.js';
import { MovesController } from './moves/moves.controller.js';
import { NotificationStreamController } from './notifications/notification-stream.controller.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { SseConnections } from './notifications/sse-connections.service.js';
import { OrchestrateActions } from './orchestrate/orchestrate.actions.js';
import { OrchestrateController } from './orchestrate/orchestrate.controller.js';
import { OutboxController } from './outbox/outbox.controller.js';
import { OverviewController } from './overview/overview.controller.js';
import { SearchController } from './search/search.controller.js';
import { SessionController } from './session/session.controller.js';
import { SignInController } from './session/sign-in.controller.js';
import { SwitchesController } from './switches/switches.controller.js';
import { RetentionController } from './users/retention.controller.js';
import { UsersController } from './users/users.controller.js';
import { SweepsController } from './validations/sweeps.controller.js';
import { ValidationsController } from './validations/validations.controller.js';
import { WebhookDeliveriesController } from './webhooks/webhook-deliveries.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { AnthropicWireController } from './wires/anthropic-wire.controller.js';
import { BedrockWireController } from './wires/bedrock-wire.controller.js';
import { OpenAiWireController } from './wires/openai-wire.controller.js';
import { WireAnswers } from './wires/wire-answer.js';

@Module({
  imports: [
    TelemetryModule,
    HealthModule,
    OperationsModule,
    AuthModule,
    PeopleModule,
    CatalogueModule,
    SwitchingModule,
    ChangeControlModule,
    ConfigurationModule,
    AuditModule,
    PrivacyModule,
    ValidationModule,
    NotificationsModule,
    CostsModule,
    InferenceModule,
    WiresModule,
    BreakersModule,
    AnalyticsModule,
    BudgetsModule,
    OverviewModule,
    SearchModule,
    OutboxModule,
  ],
  controllers: [
    OrchestrateController,
    CatalogueController,
    CatalogueEditingController,
    CatalogueSyncController,
    ConfigurationController,
    ConversationsController,
    ChatController,
    CallsController,
    BedrockWireController,
    OpenAiWireController,
    AnthropicWireController,
    SwitchesController,
    MovesController,
    ChangePoliciesController,
    ChangeEmergenciesController,
    FreezesController,
    ChangeWindowsController,
    ChangeRequestsController,
    OutboxController,
    AuditController,
    ValidationsController,
    SweepsController,
    BreakersController,
    NotificationsController,
    NotificationStreamController,
    WebhooksController,
    WebhookDeliveriesController,
    ChannelsController,
    AnalyticsController,
    OwnUsageController,
    BudgetsController,
    OverviewController,
    SearchController,
    SessionController,
    SignInController,
    KeysController,
    AccessChangesController,
    UsersController,
    RetentionController,
    InstancesController,
    HealthController,
    MetricsController,
  ],
  providers: [
    OrchestrateActions,
    RateLimits,
    PeopleLimits,
    Authenticator,
    SessionCookie,
    SseConnections,
    WireAnswers,
    AuthGuard,
    { provide: APP_GUARD, useExisting: AuthGuard },
    { provide: APP_PIPE, useClass: ValidationPipe },
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
        HeartbeatModule.forKind('api'),
      ],
    };
  }
}
