import { Module } from '@nestjs/common';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { PeopleModule } from '#libs/people/people.module.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { ApplyTimes } from './apply-times.service.js';
import { ApprovalRights } from './approval-rights.service.js';
import { BreakGlassService } from './break-glass.service.js';
import { ChangeApplier } from './change-applier.service.js';
import { ChangeApprovals } from './change-approvals.service.js';
import { ChangeCalendar } from './change-calendar.service.js';
import { ChangeClock } from './change-clock.service.js';
import { ChangeGateModule } from './change-gate.module.js';
import { ChangePoliciesRepository } from './change-policies.repository.js';
import { ChangePoliciesService } from './change-policies.service.js';
import { ChangePreviews } from './change-preview.service.js';
import { ChangeRequestsService } from './change-requests.service.js';
import { ChangeUndo } from './change-undo.service.js';
import { FreezesService } from './freezes.service.js';
import { IdleModels } from './idle-models.repository.js';
import { OperationRunner } from './operation-runner.service.js';
import { PendingChangesRepository } from './pending-changes.repository.js';

/** Changes of use cases under review: policies, requests, approvals and their application. */
@Module({
  imports: [ChangeGateModule, CatalogueModule, SwitchingModule, NotificationsModule, PeopleModule],
  providers: [
    ChangePoliciesRepository,
    ChangePoliciesService,
    ChangeCalendar,
    OperationRunner,
    ChangePreviews,
    ApprovalRights,
    ChangeApplier,
    ChangeRequestsService,
    ChangeApprovals,
    ApplyTimes,
    FreezesService,
    PendingChangesRepository,
    BreakGlassService,
    ChangeClock,
    IdleModels,
    ChangeUndo,
  ],
  exports: [
    ChangePoliciesService,
    ChangeCalendar,
    ChangeRequestsService,
    ChangeApprovals,
    ChangeApplier,
    ChangeUndo,
    FreezesService,
    BreakGlassService,
    ChangeClock,
  ],
})
export class ChangeControlModule {}
