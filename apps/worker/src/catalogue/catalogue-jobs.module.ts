import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { readAwsPrices, syncCatalogue } from '#libs/catalogue/catalogue.jobs.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { ValidationModule } from '#libs/validation/validation.module.js';
import { ReadPriceListProcessor } from './read-price-list.processor.js';
import { SyncCatalogueProcessor } from './sync-catalogue.processor.js';

const JOBS = [syncCatalogue, readAwsPrices];

@Module({
  imports: [
    CatalogueModule,
    ValidationModule,
    BullModule.registerQueue(...JOBS.map(({ name }) => ({ name }))),
  ],
  providers: [SyncCatalogueProcessor, ReadPriceListProcessor],
})
export class CatalogueJobsModule {}
