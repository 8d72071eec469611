import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { syncCatalogue } from '#libs/catalogue/catalogue.jobs.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { SyncCatalogueProcessor } from './sync-catalogue.processor.js';

@Module({
  imports: [CatalogueModule, BullModule.registerQueue({ name: syncCatalogue.name })],
  providers: [SyncCatalogueProcessor],
})
export class CatalogueJobsModule {}
