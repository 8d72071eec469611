import { Processor } from '@nestjs/bullmq';
import { makePartitions } from '#libs/costs/costs.jobs.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

@Processor(makePartitions.name, WORKER_OPTIONS)
export class MakePartitionsProcessor extends JobProcessor<object> {
  readonly definition = makePartitions;

  constructor(
    queue: JobQueue,
    private readonly usage: UsageService,
  ) {
    super(queue);
  }

  protected async handle(): Promise<void> {
    await this.usage.makePartitions();
  }
}
