import { Processor } from '@nestjs/bullmq';
import { measureUsage } from '#libs/costs/costs.jobs.js';
import { CostsService } from '#libs/costs/costs.service.js';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

@Processor(measureUsage.name, WORKER_OPTIONS)
export class MeasureUsageProcessor extends JobProcessor<object> {
  readonly definition = measureUsage;

  constructor(
    queue: JobQueue,
    private readonly costs: CostsService,
  ) {
    super(queue);
  }

  protected async handle(): Promise<void> {
    await this.costs.measureUsage();
  }
}
