import { Injectable } from '@nestjs/common';
import { CatalogueSyncService } from '#libs/catalogue/catalogue-sync.service.js';
import { GuardianService } from './guardian.service.js';

/** A sync and, at once, what follows from it: use cases leave models that it made unselectable. */
@Injectable()
export class SyncRunService {
  constructor(
    private readonly syncs: CatalogueSyncService,
    private readonly guardian: GuardianService,
  ) {}

  /** @throws what the sync throws; then nothing has changed */
  async run(options: Parameters<CatalogueSyncService['sync']>[0]): ReturnType<CatalogueSyncService['sync']> {
    const result = await this.syncs.sync(options);
    if (result.gone.length + result.changed.length > 0) await this.guardian.watch();
    return result;
  }
}
