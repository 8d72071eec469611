import { Processor } from '@nestjs/bullmq';
import { syncCatalogue } from '#libs/catalogue/catalogue.jobs.js';
import { CatalogueSyncService } from '#libs/catalogue/catalogue-sync.service.js';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

@Processor(syncCatalogue.name, WORKER_OPTIONS)
export class SyncCatalogueProcessor extends JobProcessor<object> {
  readonly definition = syncCatalogue;

  constructor(
    queue: JobQueue,
    private readonly syncs: CatalogueSyncService,
  ) {
    super(queue);
  }

  protected async handle(_: object, runId: string): Promise<void> {
    await this.syncs.sync({ requestId: runId });
  }
}
