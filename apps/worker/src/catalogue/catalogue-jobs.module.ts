import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { settlePrices, syncCatalogue } from '#libs/catalogue/catalogue.jobs.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { SettlePricesProcessor } from './settle-prices.processor.js';
import { SyncCatalogueProcessor } from './sync-catalogue.processor.js';

@Module({
  imports: [
    CatalogueModule,
    BullModule.registerQueue({ name: syncCatalogue.name }, { name: settlePrices.name }),
  ],
  providers: [SyncCatalogueProcessor, SettlePricesProcessor],
})
export class CatalogueJobsModule {}
