import { Module } from '@nestjs/common';
import { BreakersModule } from '#libs/breakers/breakers.module.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { OutboxModule } from '#libs/platform/outbox/outbox.module.js';
import { ConversationListRepository } from './conversation-list.repository.js';
import { ConversationListService } from './conversation-list.service.js';
import { ConversationRecoveryService } from './conversation-recovery.service.js';
import { ConversationSwitchHandler } from './conversation-switch.handler.js';
import { ConversationsCache } from './conversations.cache.js';
import { ConversationsRepository } from './conversations.repository.js';
import { ConversationsService } from './conversations.service.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { IdempotencyService } from './idempotency.service.js';
import { ModelRetirementService } from './model-retirement.service.js';
import { MoveBatch } from './moves/move-batch.service.js';
import { MovePlanner } from './moves/move-planner.service.js';
import { MoveRunner } from './moves/move-runner.service.js';
import { MoveSignal } from './moves/move-signal.js';
import { MovedConversationsRepository } from './moves/moved-conversations.repository.js';
import { MovesRepository } from './moves/moves.repository.js';
import { MovesService } from './moves/moves.service.js';
import { UndoBatch } from './moves/undo-batch.service.js';
import { WaysBackBatch } from './moves/ways-back.service.js';
import { RecordedSwitchesRepository } from './recorded-switches.repository.js';
import { SwitchService } from './switch.service.js';
import { SwitchEventRecorder } from './switch-event.recorder.js';
import { SwitchEventsRepository } from './switch-events.repository.js';
import { SwitchHistoryService } from './switch-history.service.js';
import { SwitchUndoService } from './switch-undo.service.js';
import { UseCaseSwitchHandler } from './use-case-switch.handler.js';

@Module({
  imports: [BreakersModule, CatalogueModule, CostsModule, NotificationsModule, OutboxModule],
  providers: [
    ConversationsRepository,
    ConversationListRepository,
    ConversationsCache,
    RecordedSwitchesRepository,
    SwitchEventsRepository,
    IdempotencyRepository,
    SwitchEventRecorder,
    ConversationSwitchHandler,
    UseCaseSwitchHandler,
    IdempotencyService,
    SwitchService,
    ConversationsService,
    ConversationListService,
    SwitchHistoryService,
    SwitchUndoService,
    ConversationRecoveryService,
    MovesRepository,
    MovedConversationsRepository,
    MovePlanner,
    MoveSignal,
    MovesService,
    MoveBatch,
    WaysBackBatch,
    UndoBatch,
    MoveRunner,
    ModelRetirementService,
  ],
  exports: [
    SwitchService,
    ConversationsService,
    ConversationListService,
    SwitchHistoryService,
    SwitchUndoService,
    ConversationRecoveryService,
    ModelRetirementService,
    MovesService,
    MoveRunner,
    MoveSignal,
    IdempotencyService,
  ],
})
export class SwitchingModule {}
