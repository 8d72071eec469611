import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../telemetry/metrics.js';

/** One line a minute for each place: access to Redis must not suffice to fill a disk with our log. */
const LOG_EVERY_MS = 60_000;

/** Counts what came from Redis and was not used, and logs it now and then, without its content. */
@Injectable()
export class RedisRejections {
  private readonly logger = new Logger('Redis');
  private readonly nextLogAt = new Map<string, number>();
  private readonly rejected;

  constructor(metrics: Metrics) {
    this.rejected = metrics.counter({
      name: 'redis_rejected_total',
      help: 'Messages and entries in Redis that were not used: not what this release writes, or not signed by it.',
      labels: ['source'],
    });
  }

  /** @param source channel or key, one of a few names */
  add(source: string, problem: string): void {
    this.rejected.inc({ source });
    const now = performance.now();
    if (now < (this.nextLogAt.get(source) ?? 0)) return;
    this.nextLogAt.set(source, now + LOG_EVERY_MS);
    this.logger.warn(`${source}: ${problem}; it is ignored. Check which other programs write to this Redis.`);
  }
}
