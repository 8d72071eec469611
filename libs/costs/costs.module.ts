import { Module } from '@nestjs/common';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { PrivacyModule } from '#libs/privacy/privacy.module.js';
import { CallListRepository } from './call-list.repository.js';
import { CallListService } from './call-list.service.js';
import { CallMetrics } from './call-metrics.js';
import { CostsRepository } from './costs.repository.js';
import { CostsService } from './costs.service.js';
import { InvocationsRepository } from './invocations.repository.js';
import { InvocationsService } from './invocations.service.js';
import { UsageJournal } from './journal/usage-journal.js';
import { RollUpRepository } from './roll-up.repository.js';
import { UsageService } from './usage.service.js';

@Module({
  imports: [CatalogueModule, PrivacyModule],
  providers: [
    CostsRepository,
    CostsService,
    InvocationsRepository,
    InvocationsService,
    CallMetrics,
    CallListRepository,
    CallListService,
    RollUpRepository,
    UsageJournal,
    UsageService,
  ],
  exports: [CallListService, CostsService, InvocationsService, UsageService],
})
export class CostsModule {}
