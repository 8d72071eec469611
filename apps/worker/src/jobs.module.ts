import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { AuditModule } from '#libs/audit/audit.module.js';
import { AuditService } from '#libs/audit/audit.service.js';
import { ChainAppendService } from '#libs/audit/hash-chain/chain-append.service.js';
import { sealAuditRows } from '#libs/audit/hash-chain/hash-chain.jobs.js';
import { BudgetWarnings } from '#libs/budgets/budget-warnings.service.js';
import { raiseBudgetWarnings } from '#libs/budgets/budgets.jobs.js';
import { BudgetsModule } from '#libs/budgets/budgets.module.js';
import { readAwsPrices, syncCatalogue } from '#libs/catalogue/catalogue.jobs.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { PriceListImportService } from '#libs/catalogue/price-list-import.service.js';
import { ChangeControlModule } from '#libs/change-control/change-control.module.js';
import { makePartitions, measureUsage, rollUpUsage } from '#libs/costs/costs.jobs.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { ALL_JOBS } from '#libs/operations/job-registry.js';
import { OutboxModule } from '#libs/platform/outbox/outbox.module.js';
import { handles } from '#libs/platform/queue/handles.js';
import { ErasureService } from '#libs/privacy/erasure.service.js';
import { completeErasures, enforceRetention } from '#libs/privacy/privacy.jobs.js';
import { PrivacyModule } from '#libs/privacy/privacy.module.js';
import { RetentionService } from '#libs/privacy/retention.service.js';
import { ConversationRecoveryService } from '#libs/switching/conversation-recovery.service.js';
import { IdempotencyService } from '#libs/switching/idempotency.service.js';
import { forgetIdempotencyKeys, recordSwitch, recoverConversations } from '#libs/switching/switching.jobs.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { SweepsService } from '#libs/validation/sweeps.service.js';
import { SyncRunService } from '#libs/validation/sync-run.service.js';
import { sweepModels } from '#libs/validation/validation.jobs.js';
import { ValidationModule } from '#libs/validation/validation.module.js';
import { FirstSweep } from './first-sweep.js';
import {
  ChangeClockRelay,
  DeliveryRelay,
  MoveRelay,
  NotificationRelay,
  SweepRelay,
  SwitchRelay,
} from './relays.js';

/** Batches of audit rows in progress in one worker: while one waits for the disk the next is written. */
const RECORD_CONCURRENCY = 4;

const HANDLERS = [
  handles(
    recordSwitch,
    [AuditService, NotificationPublisher],
    async ([audit, publisher], { id, others }) => {
      await audit.record(id, others);
      publisher.trigger();
    },
    { concurrency: RECORD_CONCURRENCY },
  ),
  handles(recoverConversations, [ConversationRecoveryService], async ([recovery]) => {
    await recovery.recoverDue();
    await recovery.unpinDue();
  }),
  handles(forgetIdempotencyKeys, [IdempotencyService], ([idempotency]) => idempotency.forgetOld()),
  handles(sealAuditRows, [ChainAppendService], ([chain]) => chain.appendWaiting()),
  handles(measureUsage, [UsageService], ([usage]) => usage.measure()),
  handles(rollUpUsage, [UsageService], ([usage]) => usage.rollUp()),
  handles(makePartitions, [UsageService], ([usage]) => usage.makePartitions()),
  handles(raiseBudgetWarnings, [BudgetWarnings], ([warnings]) => warnings.warn()),
  handles(sweepModels, [SweepsService], ([sweeps], _, runId) => sweeps.run(runId)),
  handles(syncCatalogue, [SyncRunService], ([syncs], _, requestId) => syncs.run({ requestId })),
  handles(readAwsPrices, [PriceListImportService], ([prices]) => prices.importAll()),
  handles(completeErasures, [ErasureService], ([erasures]) => erasures.completeDue()),
  handles(enforceRetention, [RetentionService], ([retention]) => retention.enforce()),
];

/** Every job of the worker, and the relays that feed it. */
@Module({
  imports: [
    SwitchingModule,
    ChangeControlModule,
    AuditModule,
    CostsModule,
    BudgetsModule,
    ValidationModule,
    CatalogueModule,
    PrivacyModule,
    NotificationsModule,
    OutboxModule,
    BullModule.registerQueue(...ALL_JOBS.map(({ name }) => ({ name }))),
  ],
  providers: [
    ...HANDLERS,
    SwitchRelay,
    SweepRelay,
    NotificationRelay,
    DeliveryRelay,
    MoveRelay,
    ChangeClockRelay,
    FirstSweep,
  ],
})
export class JobsModule {}
