import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BreakersModule } from '#libs/breakers/breakers.module.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { OutboxModule } from '#libs/platform/outbox/outbox.module.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { AuditWriter } from './audit-writer.js';
import { ConversationMetrics } from './conversation-metrics.js';
import { ConversationSwitch } from './conversation-switch.js';
import { ConversationsCache } from './conversations.cache.js';
import { ConversationsRepository } from './conversations.repository.js';
import { ConversationsService } from './conversations.service.js';
import { FallbacksService } from './fallbacks.service.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { IdempotencyService } from './idempotency.service.js';
import { PinReleaseService } from './pin-release.service.js';
import { RecordedSwitchesRepository } from './recorded-switches.repository.js';
import { RetirementService } from './retirement.service.js';
import { ScopedSwitches } from './scoped-switches.js';
import { SwitchAnnouncer } from './switch-announcer.js';
import { SwitchEventEntity } from './switch-event.entity.js';
import { SwitchEventsRepository } from './switch-events.repository.js';
import { SwitchLedger } from './switch-ledger.js';
import { SwitchTelemetry } from './switch-telemetry.js';
import { SwitchesService } from './switches.service.js';
import { SwitchingService } from './switching.service.js';
import { UseCaseSwitch } from './use-case-switch.js';

@Module({
  imports: [
    BreakersModule,
    CatalogueModule,
    CostsModule,
    NotificationsModule,
    OutboxModule,
    TypeOrmModule.forFeature([SwitchEventEntity]),
  ],
  providers: [
    ConversationsRepository,
    ConversationsCache,
    RecordedSwitchesRepository,
    SwitchEventsRepository,
    IdempotencyRepository,
    AuditRepository,
    SwitchLedger,
    ConversationSwitch,
    UseCaseSwitch,
    ScopedSwitches,
    IdempotencyService,
    SwitchAnnouncer,
    SwitchTelemetry,
    ConversationMetrics,
    AuditWriter,
    SwitchingService,
    ConversationsService,
    SwitchesService,
    AuditService,
    FallbacksService,
    PinReleaseService,
    RetirementService,
  ],
  exports: [
    SwitchingService,
    ConversationsService,
    SwitchesService,
    AuditService,
    FallbacksService,
    PinReleaseService,
    RetirementService,
    IdempotencyService,
  ],
})
export class SwitchingModule {}
