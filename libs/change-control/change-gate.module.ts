import { Global, Module } from '@nestjs/common';
import { BreakersModule } from '#libs/breakers/breakers.module.js';
import { UseCaseEditGate } from '#libs/catalogue/use-case-edit-gate.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { SwitchGate } from '#libs/switching/switch-gate.js';
import { ChangeGate } from './change-gate.service.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { DecisionRecorder } from './decision.recorder.js';
import { FreezesRepository } from './freezes.repository.js';

/** Binds the gates of libs/switching and libs/catalogue, which import nothing of this lib. */
@Global()
@Module({
  imports: [BreakersModule, NotificationsModule],
  providers: [
    ChangeRequestsRepository,
    FreezesRepository,
    DecisionRecorder,
    ChangeGate,
    { provide: SwitchGate, useExisting: ChangeGate },
    { provide: UseCaseEditGate, useExisting: ChangeGate },
  ],
  exports: [
    ChangeRequestsRepository,
    FreezesRepository,
    DecisionRecorder,
    ChangeGate,
    SwitchGate,
    UseCaseEditGate,
  ],
})
export class ChangeGateModule {}
