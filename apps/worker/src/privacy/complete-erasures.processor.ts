import { Processor } from '@nestjs/bullmq';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { ErasureService } from '#libs/privacy/erasure.service.js';
import { completeErasures } from '#libs/privacy/privacy.jobs.js';

@Processor(completeErasures.name, WORKER_OPTIONS)
export class CompleteErasuresProcessor extends JobProcessor<object> {
  readonly definition = completeErasures;

  constructor(
    queue: JobQueue,
    private readonly erasures: ErasureService,
  ) {
    super(queue);
  }

  protected async handle(): Promise<void> {
    await this.erasures.completeDue();
  }
}
