import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { CatalogueCache } from './catalogue.cache.js';
import { PriceImportService } from './price-import.service.js';

const CHECK_INTERVAL_MS = 250;
/** Pause while PostgreSQL is unavailable. */
const RETRY_MS = 5_000;

/**
 * Sets prices that were given ahead when they begin to count. Every process does, the first one for all: a call that
 * begins a second later has the new price, also where no worker runs.
 */
@Injectable()
export class PriceSchedule implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('PriceSchedule');
  private timer: NodeJS.Timeout | undefined;
  private isSettling = false;
  private notBefore = 0;

  constructor(
    private readonly cache: CatalogueCache,
    private readonly prices: PriceImportService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.settleDue(), CHECK_INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async settleDue(): Promise<void> {
    const now = this.clock.millis();
    const at = this.cache.nextPriceAt;
    if (at === null || now < Date.parse(at) || now < this.notBefore || this.isSettling) return;
    this.isSettling = true;
    this.notBefore = now + RETRY_MS;
    try {
      await this.prices.settleDue();
    } catch (error) {
      this.logger.warn(`prices of ${at} are not set yet: ${(error as Error).message}`);
    } finally {
      this.isSettling = false;
    }
  }
}
