import { Processor } from '@nestjs/bullmq';
import { syncCatalogue } from '#libs/catalogue/catalogue.jobs.js';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { SyncRunService } from '#libs/validation/sync-run.service.js';

@Processor(syncCatalogue.name, WORKER_OPTIONS)
export class SyncCatalogueProcessor extends JobProcessor<object> {
  readonly definition = syncCatalogue;

  constructor(
    queue: JobQueue,
    private readonly syncs: SyncRunService,
  ) {
    super(queue);
  }

  protected async handle(_: object, runId: string): Promise<void> {
    await this.syncs.run({ requestId: runId });
  }
}
