import { Injectable } from '@nestjs/common';
import { LifecycleWarnings } from './lifecycle-warnings.js';
import { SweepsService } from './sweeps.service.js';
import { UseCaseFailoverService } from './use-case-failover.service.js';

/** One run of the schedule: look at the models, move what must move, warn of what is to come. */
@Injectable()
export class SweepRunService {
  constructor(
    private readonly sweeps: SweepsService,
    private readonly failover: UseCaseFailoverService,
    private readonly lifecycle: LifecycleWarnings,
  ) {}

  async run(slot: string): Promise<void> {
    if (!(await this.sweeps.sweep(slot))) return;
    await this.failover.failOverUnselectable();
    await this.lifecycle.warn();
  }
}
