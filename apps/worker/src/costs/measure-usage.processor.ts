import { Processor } from '@nestjs/bullmq';
import { measureUsage } from '#libs/costs/costs.jobs.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

@Processor(measureUsage.name, WORKER_OPTIONS)
export class MeasureUsageProcessor extends JobProcessor<object> {
  readonly definition = measureUsage;

  constructor(
    queue: JobQueue,
    private readonly usage: UsageService,
  ) {
    super(queue);
  }

  protected async handle(): Promise<void> {
    await this.usage.measure();
  }
}
