import { Processor } from '@nestjs/bullmq';
import { settlePrices } from '#libs/catalogue/catalogue.jobs.js';
import { PriceImportService } from '#libs/catalogue/price-import.service.js';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

@Processor(settlePrices.name, WORKER_OPTIONS)
export class SettlePricesProcessor extends JobProcessor<object> {
  readonly definition = settlePrices;

  constructor(
    queue: JobQueue,
    private readonly prices: PriceImportService,
  ) {
    super(queue);
  }

  protected async handle(): Promise<void> {
    await this.prices.settleDue();
  }
}
