import { Injectable } from '@nestjs/common';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { CatalogueSyncService } from '#libs/catalogue/catalogue-sync.service.js';
import { UseCaseFailoverService } from './use-case-failover.service.js';

/**
 * Runs a sync and applies its consequences immediately. Models that were gone may be called again, and use cases leave
 * models that are not selectable any more.
 */
@Injectable()
export class SyncRunService {
  constructor(
    private readonly syncs: CatalogueSyncService,
    private readonly failover: UseCaseFailoverService,
    private readonly breakers: BreakersService,
  ) {}

  /** @throws the error of the sync; then nothing has changed */
  async run(options: Parameters<CatalogueSyncService['sync']>[0]): ReturnType<CatalogueSyncService['sync']> {
    const result = await this.syncs.sync(options);
    this.breakers.forgetGone();
    if (result.gone.length + result.changed.length > 0) await this.failover.failOverUnselectable();
    return result;
  }
}
