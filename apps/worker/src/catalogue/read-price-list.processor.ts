import { Processor } from '@nestjs/bullmq';
import { readAwsPrices } from '#libs/catalogue/catalogue.jobs.js';
import { PriceListImportService } from '#libs/catalogue/price-list-import.service.js';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

@Processor(readAwsPrices.name, WORKER_OPTIONS)
export class ReadPriceListProcessor extends JobProcessor<object> {
  readonly definition = readAwsPrices;

  constructor(
    queue: JobQueue,
    private readonly prices: PriceListImportService,
  ) {
    super(queue);
  }

  protected async handle(): Promise<void> {
    await this.prices.importAll();
  }
}
