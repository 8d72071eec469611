import { Module } from '@nestjs/common';
import { BreakersModule } from '#libs/breakers/breakers.module.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { CostsModule } from '#libs/costs/costs.module.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { DeepCheckService } from './deep-check.service.js';
import { GuardrailCheckService } from './guardrail-check.service.js';
import { LifecycleRepository } from './lifecycle.repository.js';
import { LifecycleService } from './lifecycle.service.js';
import { LifecycleMetrics } from './lifecycle-metrics.js';
import { LifecycleWarnings } from './lifecycle-warnings.js';
import { ModelHealthService } from './model-health.service.js';
import { ModelProber } from './model-prober.service.js';
import { SweepRequestsRepository } from './sweep-requests.repository.js';
import { SweepRequestsService } from './sweep-requests.service.js';
import { SweepStateService } from './sweep-state.service.js';
import { SweepsService } from './sweeps.service.js';
import { SyncRunService } from './sync-run.service.js';
import { UseCaseFailoverService } from './use-case-failover.service.js';
import { ValidationsRepository } from './validations.repository.js';

@Module({
  imports: [BreakersModule, CatalogueModule, CostsModule, SwitchingModule, NotificationsModule],
  providers: [
    ValidationsRepository,
    LifecycleRepository,
    ModelProber,
    ModelHealthService,
    SweepRequestsRepository,
    SweepRequestsService,
    SweepStateService,
    SweepsService,
    UseCaseFailoverService,
    LifecycleService,
    LifecycleMetrics,
    LifecycleWarnings,
    SyncRunService,
    DeepCheckService,
    GuardrailCheckService,
  ],
  exports: [
    GuardrailCheckService,
    SweepRequestsService,
    SweepsService,
    SyncRunService,
    ModelHealthService,
    DeepCheckService,
    LifecycleService,
    SweepStateService,
  ],
})
export class ValidationModule {}
