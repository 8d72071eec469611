import { Injectable } from '@nestjs/common';
import { GuardianService } from './guardian.service.js';
import { LifecycleWarnings } from './lifecycle-warnings.js';
import { SweepsService } from './sweeps.service.js';

/** One run of the schedule: look at the models, move what must move, warn of what is to come. */
@Injectable()
export class SweepRunService {
  constructor(
    private readonly sweeps: SweepsService,
    private readonly guardian: GuardianService,
    private readonly lifecycle: LifecycleWarnings,
  ) {}

  async run(slot: string): Promise<void> {
    if (!(await this.sweeps.sweep(slot))) return;
    await this.guardian.watch();
    await this.lifecycle.warn();
  }
}
