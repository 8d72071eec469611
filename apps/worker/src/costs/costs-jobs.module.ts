import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { measureUsage } from '#libs/costs/costs.jobs.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { MeasureUsageProcessor } from './measure-usage.processor.js';

@Module({
  imports: [CostsModule, BullModule.registerQueue({ name: measureUsage.name })],
  providers: [MeasureUsageProcessor],
})
export class CostsJobsModule {}
