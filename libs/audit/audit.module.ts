import { Module } from '@nestjs/common';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { OutboxModule } from '#libs/platform/outbox/outbox.module.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { ChainAppendService } from './hash-chain/chain-append.service.js';
import { ChainEntriesRepository } from './hash-chain/chain-entries.repository.js';
import { CheckpointKeys } from './hash-chain/checkpoint.js';
import { VerificationService } from './hash-chain/verification.service.js';

const keys = {
  provide: CheckpointKeys,
  inject: [ENV],
  useFactory: (env: Env) =>
    new CheckpointKeys({ privateKey: env.AUDIT_SIGNING_KEY, publicKeys: env.AUDIT_PUBLIC_KEYS }),
};

/** The audit rows, and the proof that they are as they were written. */
@Module({
  imports: [CatalogueModule, CostsModule, NotificationsModule, OutboxModule],
  providers: [
    AuditRepository,
    AuditService,
    ChainEntriesRepository,
    ChainAppendService,
    VerificationService,
    keys,
  ],
  exports: [AuditService, ChainAppendService, VerificationService],
})
export class AuditModule {}
