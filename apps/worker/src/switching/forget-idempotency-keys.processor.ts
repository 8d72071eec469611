import { Processor } from '@nestjs/bullmq';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { IdempotencyService } from '#libs/switching/idempotency.service.js';
import { forgetIdempotencyKeys } from '#libs/switching/switching.jobs.js';

@Processor(forgetIdempotencyKeys.name, WORKER_OPTIONS)
export class ForgetIdempotencyKeysProcessor extends JobProcessor<object> {
  readonly definition = forgetIdempotencyKeys;

  constructor(
    queue: JobQueue,
    private readonly idempotency: IdempotencyService,
  ) {
    super(queue);
  }

  protected async handle(): Promise<void> {
    await this.idempotency.forgetOld();
  }
}
