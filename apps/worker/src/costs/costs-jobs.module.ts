import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { makePartitions, measureUsage, rollUpUsage } from '#libs/costs/costs.jobs.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { MakePartitionsProcessor } from './make-partitions.processor.js';
import { MeasureUsageProcessor } from './measure-usage.processor.js';
import { RollUpUsageProcessor } from './roll-up-usage.processor.js';

const JOBS = [measureUsage, rollUpUsage, makePartitions];

@Module({
  imports: [CostsModule, BullModule.registerQueue(...JOBS.map(({ name }) => ({ name })))],
  providers: [MeasureUsageProcessor, RollUpUsageProcessor, MakePartitionsProcessor],
})
export class CostsJobsModule {}
