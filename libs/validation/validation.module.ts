import { Module } from '@nestjs/common';
import { BreakersModule } from '#libs/breakers/breakers.module.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { DeepCheckService } from './deep-check.service.js';
import { DeepCheckLimit } from './deep-check-limit.js';
import { GuardianService } from './guardian.service.js';
import { LifecycleRepository } from './lifecycle.repository.js';
import { LifecycleService } from './lifecycle.service.js';
import { LifecycleMetrics } from './lifecycle-metrics.js';
import { LifecycleWarnings } from './lifecycle-warnings.js';
import { ModelChecks } from './model-checks.js';
import { ProbePace } from './probe-pace.js';
import { SweepLog } from './sweep-log.js';
import { SweepRunService } from './sweep-run.service.js';
import { SweepsService } from './sweeps.service.js';
import { SyncRunService } from './sync-run.service.js';
import { ValidationsRepository } from './validations.repository.js';
import { VerdictsService } from './verdicts.service.js';

@Module({
  imports: [BreakersModule, CatalogueModule, CostsModule, SwitchingModule, NotificationsModule],
  providers: [
    ValidationsRepository,
    LifecycleRepository,
    ModelChecks,
    VerdictsService,
    SweepLog,
    ProbePace,
    SweepsService,
    GuardianService,
    LifecycleService,
    LifecycleMetrics,
    LifecycleWarnings,
    SweepRunService,
    SyncRunService,
    DeepCheckLimit,
    DeepCheckService,
  ],
  exports: [SweepRunService, SyncRunService, VerdictsService, DeepCheckService, LifecycleService, SweepLog],
})
export class ValidationModule {}
