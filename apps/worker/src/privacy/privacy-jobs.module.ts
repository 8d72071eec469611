import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { completeErasures, enforceRetention } from '#libs/privacy/privacy.jobs.js';
import { PrivacyModule } from '#libs/privacy/privacy.module.js';
import { CompleteErasuresProcessor } from './complete-erasures.processor.js';
import { EnforceRetentionProcessor } from './enforce-retention.processor.js';

const JOBS = [completeErasures, enforceRetention];

@Module({
  imports: [PrivacyModule, BullModule.registerQueue(...JOBS.map(({ name }) => ({ name })))],
  providers: [CompleteErasuresProcessor, EnforceRetentionProcessor],
})
export class PrivacyJobsModule {}
