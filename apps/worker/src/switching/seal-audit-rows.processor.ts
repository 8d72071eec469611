import { Processor } from '@nestjs/bullmq';
import { ChainAppendService } from '#libs/audit/hash-chain/chain-append.service.js';
import { sealAuditRows } from '#libs/audit/hash-chain/hash-chain.jobs.js';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

@Processor(sealAuditRows.name, WORKER_OPTIONS)
export class SealAuditRowsProcessor extends JobProcessor<object> {
  readonly definition = sealAuditRows;

  constructor(
    queue: JobQueue,
    private readonly chain: ChainAppendService,
  ) {
    super(queue);
    chain.announceSigning();
  }

  protected async handle(): Promise<void> {
    await this.chain.sealWaiting();
  }
}
