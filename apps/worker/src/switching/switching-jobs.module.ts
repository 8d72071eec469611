import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { OutboxModule } from '#libs/platform/outbox/outbox.module.js';
import { forgetIdempotencyKeys, recordSwitch, recoverConversations } from '#libs/switching/switching.jobs.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { ForgetIdempotencyKeysProcessor } from './forget-idempotency-keys.processor.js';
import { RecordSwitchProcessor } from './record-switch.processor.js';
import { RecoverConversationsProcessor } from './recover-conversations.processor.js';
import { SwitchRelay } from './switch-relay.js';

const JOBS = [recordSwitch, recoverConversations, forgetIdempotencyKeys];

@Module({
  imports: [SwitchingModule, OutboxModule, BullModule.registerQueue(...JOBS.map(({ name }) => ({ name })))],
  providers: [
    SwitchRelay,
    RecordSwitchProcessor,
    RecoverConversationsProcessor,
    ForgetIdempotencyKeysProcessor,
  ],
})
export class SwitchingJobsModule {}
