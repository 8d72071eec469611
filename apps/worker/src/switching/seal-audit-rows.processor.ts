import { Processor } from '@nestjs/bullmq';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { sealAuditRows } from '#libs/switching/seal/seal.jobs.js';
import { SealingService } from '#libs/switching/seal/sealing.service.js';

@Processor(sealAuditRows.name, WORKER_OPTIONS)
export class SealAuditRowsProcessor extends JobProcessor<object> {
  readonly definition = sealAuditRows;

  constructor(
    queue: JobQueue,
    private readonly sealing: SealingService,
  ) {
    super(queue);
    sealing.announceSigning();
  }

  protected async handle(): Promise<void> {
    await this.sealing.sealWaiting();
  }
}
