import { Module } from '@nestjs/common';
import { BreakersModule } from '#libs/breakers/breakers.module.js';
import { BudgetsModule } from '#libs/budgets/budgets.module.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { OperationsModule } from '#libs/operations/operations.module.js';
import { AttentionRepository } from './attention.repository.js';
import { AttentionService } from './attention.service.js';
import { JobsStateService } from './jobs-state.service.js';
import { OverviewRepository } from './overview.repository.js';
import { OverviewService } from './overview.service.js';

@Module({
  imports: [BreakersModule, BudgetsModule, CatalogueModule, OperationsModule],
  providers: [OverviewRepository, AttentionRepository, AttentionService, JobsStateService, OverviewService],
  exports: [OverviewService],
})
export class OverviewModule {}
