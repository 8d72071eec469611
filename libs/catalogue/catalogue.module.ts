import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogueCache } from './catalogue.cache.js';
import { CatalogueRepository } from './catalogue.repository.js';
import { CatalogueService } from './catalogue.service.js';
import { CatalogueEditor } from './catalogue-editor.service.js';
import { CatalogueEditsRepository } from './catalogue-edits.repository.js';
import { CatalogueMetrics } from './catalogue-metrics.js';
import { CatalogueRemoval } from './catalogue-removal.service.js';
import { CatalogueSettingsService } from './catalogue-settings.service.js';
import { CatalogueSyncRepository } from './catalogue-sync.repository.js';
import { CatalogueSyncService } from './catalogue-sync.service.js';
import { CatalogueUsesRepository } from './catalogue-uses.repository.js';
import { CatalogueWriter } from './catalogue-writer.service.js';
import { FactsImportService } from './facts-import.service.js';
import { LearnedRefusals } from './learned-refusals.service.js';
import { ModelEntity } from './model.entity.js';
import { ModelFactsRepository } from './model-facts.repository.js';
import { ModelLatencyService } from './model-latency.service.js';
import { PriceImportService } from './price-import.service.js';
import { PriceListImportService } from './price-list-import.service.js';
import { PriceQuotesRepository } from './price-quotes.repository.js';
import { PriceSchedule } from './price-schedule.service.js';
import { TransactionalCatalogue } from './transactional-catalogue.service.js';
import { UseCaseEntity } from './use-case.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([ModelEntity, UseCaseEntity])],
  providers: [
    CatalogueRepository,
    CatalogueCache,
    CatalogueService,
    TransactionalCatalogue,
    CatalogueEditsRepository,
    CatalogueWriter,
    CatalogueEditor,
    CatalogueUsesRepository,
    CatalogueRemoval,
    CatalogueSettingsService,
    CatalogueSyncRepository,
    CatalogueSyncService,
    PriceQuotesRepository,
    PriceImportService,
    PriceListImportService,
    PriceSchedule,
    ModelFactsRepository,
    FactsImportService,
    ModelLatencyService,
    LearnedRefusals,
    CatalogueMetrics,
  ],
  exports: [
    CatalogueService,
    TransactionalCatalogue,
    CatalogueWriter,
    CatalogueEditor,
    CatalogueRemoval,
    CatalogueSettingsService,
    CatalogueSyncService,
    PriceImportService,
    PriceListImportService,
    FactsImportService,
    ModelLatencyService,
    LearnedRefusals,
  ],
})
export class CatalogueModule {}
