import { Module } from '@nestjs/common';
import { BreakersModule } from '#libs/breakers/breakers.module.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { CallAdmission } from './call-admission.service.js';
import { ChatService } from './chat.service.js';
import { ChatContextService } from './chat-context.service.js';
import { FallbackCandidates } from './fallback-candidates.service.js';
import { FallbackEngine } from './fallback-engine.js';
import { FallbackSwitchingService } from './fallback-switching.service.js';
import { RecordedCalls } from './recorded-calls.service.js';

@Module({
  imports: [BreakersModule, CatalogueModule, CostsModule, SwitchingModule],
  providers: [
    CallAdmission,
    ChatContextService,
    FallbackSwitchingService,
    FallbackCandidates,
    FallbackEngine,
    RecordedCalls,
    ChatService,
  ],
  exports: [ChatService, CallAdmission, ChatContextService, RecordedCalls],
})
export class InferenceModule {}
