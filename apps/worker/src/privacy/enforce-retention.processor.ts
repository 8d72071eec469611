import { Processor } from '@nestjs/bullmq';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { enforceRetention } from '#libs/privacy/privacy.jobs.js';
import { RetentionService } from '#libs/privacy/retention.service.js';

@Processor(enforceRetention.name, WORKER_OPTIONS)
export class EnforceRetentionProcessor extends JobProcessor<object> {
  readonly definition = enforceRetention;

  constructor(
    queue: JobQueue,
    private readonly retention: RetentionService,
  ) {
    super(queue);
  }

  protected async handle(): Promise<void> {
    await this.retention.enforce();
  }
}
