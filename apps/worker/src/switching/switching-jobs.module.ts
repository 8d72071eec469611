import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { AuditModule } from '#libs/audit/audit.module.js';
import { sealAuditRows } from '#libs/audit/hash-chain/hash-chain.jobs.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { OutboxModule } from '#libs/platform/outbox/outbox.module.js';
import { forgetIdempotencyKeys, recordSwitch, recoverConversations } from '#libs/switching/switching.jobs.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { ForgetIdempotencyKeysProcessor } from './forget-idempotency-keys.processor.js';
import { RecordSwitchProcessor } from './record-switch.processor.js';
import { RecoverConversationsProcessor } from './recover-conversations.processor.js';
import { SealAuditRowsProcessor } from './seal-audit-rows.processor.js';
import { SwitchRelay } from './switch-relay.js';

const JOBS = [recordSwitch, recoverConversations, forgetIdempotencyKeys, sealAuditRows];

@Module({
  imports: [
    SwitchingModule,
    AuditModule,
    OutboxModule,
    NotificationsModule,
    BullModule.registerQueue(...JOBS.map(({ name }) => ({ name }))),
  ],
  providers: [
    SwitchRelay,
    RecordSwitchProcessor,
    RecoverConversationsProcessor,
    ForgetIdempotencyKeysProcessor,
    SealAuditRowsProcessor,
  ],
})
export class SwitchingJobsModule {}
