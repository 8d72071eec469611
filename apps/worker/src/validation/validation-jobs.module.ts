import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { sweepModels } from '#libs/validation/validation.jobs.js';
import { ValidationModule } from '#libs/validation/validation.module.js';
import { FirstSweep } from './first-sweep.js';
import { SweepModelsProcessor } from './sweep-models.processor.js';

@Module({
  imports: [ValidationModule, BullModule.registerQueue({ name: sweepModels.name })],
  providers: [SweepModelsProcessor, FirstSweep],
})
export class ValidationJobsModule {}
