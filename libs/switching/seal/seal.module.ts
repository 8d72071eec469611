import { Module } from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { CheckpointKeys } from './checkpoint.js';
import { SealingService } from './sealing.service.js';
import { SealsRepository } from './seals.repository.js';
import { VerificationService } from './verification.service.js';

const keys = {
  provide: CheckpointKeys,
  inject: [ENV],
  useFactory: (env: Env) =>
    new CheckpointKeys({ privateKey: env.AUDIT_SIGNING_KEY, publicKeys: env.AUDIT_PUBLIC_KEYS }),
};

/** The proof that audit rows are as they were written. */
@Module({
  providers: [SealsRepository, SealingService, VerificationService, keys],
  exports: [SealingService, VerificationService],
})
export class SealModule {}
