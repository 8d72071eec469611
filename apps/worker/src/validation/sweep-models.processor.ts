import { Processor } from '@nestjs/bullmq';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { SweepRunService } from '#libs/validation/sweep-run.service.js';
import { sweepModels } from '#libs/validation/validation.jobs.js';

/** A sweep waits between its questions; its lock is renewed meanwhile. */
@Processor(sweepModels.name, WORKER_OPTIONS)
export class SweepModelsProcessor extends JobProcessor<object> {
  readonly definition = sweepModels;

  constructor(
    queue: JobQueue,
    private readonly sweeps: SweepRunService,
  ) {
    super(queue);
  }

  protected async handle(_: object, runId: string): Promise<void> {
    await this.sweeps.run(runId);
  }
}
