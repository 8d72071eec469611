import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { CatalogueCache } from './catalogue.cache.js';

/** Exports the age of the catalogue snapshot of this process. */
@Injectable()
export class CatalogueMetrics implements OnModuleInit {
  constructor(
    private readonly cache: CatalogueCache,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      { name: 'catalogue_age_seconds', help: 'Since PostgreSQL last confirmed the catalogue in memory.' },
      () => {
        const { confirmedAt } = this.cache;
        if (confirmedAt === undefined) return [];
        return [{ labels: {}, value: (this.clock.millis() - confirmedAt) / 1000 }];
      },
    );
    this.metrics.total({ name: 'catalogue_loads_total', help: 'Catalogues taken into memory.' }, () => [
      { labels: {}, value: this.cache.loads },
    ]);
  }
}
