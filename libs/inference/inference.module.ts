import { Module } from '@nestjs/common';
import { BreakersModule } from '#libs/breakers/breakers.module.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { CallAdmission } from './call-admission.service.js';
import { ChatService } from './chat.service.js';
import { ChatOpening } from './chat-opening.js';
import { FallbackEngine } from './fallback-engine.js';
import { HopPolicy } from './hop-policy.js';
import { Models } from './models.js';
import { StandIns } from './stand-ins.js';

@Module({
  imports: [BreakersModule, CatalogueModule, CostsModule, SwitchingModule],
  providers: [CallAdmission, ChatOpening, StandIns, HopPolicy, Models, FallbackEngine, ChatService],
  exports: [ChatService],
})
export class InferenceModule {}
