import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClockCorrection } from '#libs/platform/database/clock-correction.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { QueueInspector } from '#libs/platform/queue/queue-inspector.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { ALL_JOBS } from './job-registry.js';
import { LeaderCollector } from './leader-collector.js';

/** Exports whether this process reaches its dependencies. */
@Injectable()
export class ConnectionMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly redis: RedisConnections,
    private readonly transactions: Transactions,
    private readonly clock: ClockCorrection,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge({ name: 'redis_up', help: '1 if Redis answers this process, else 0.' }, async () => [
      { labels: {}, value: (await this.redis.answers()) ? 1 : 0 },
    ]);
    this.metrics.gauge(
      {
        name: 'clock_ahead_seconds',
        help: 'Seconds that the clock of this process is ahead of PostgreSQL; the process corrects its times.',
      },
      () => [{ labels: {}, value: this.clock.aheadSeconds }],
    );
    this.metrics.gauge(
      {
        name: 'database_connections',
        help: 'Connections of the pool: used, idle, the limit; and requests that wait for a connection.',
        labels: ['state'],
      },
      () => Object.entries(this.transactions.pool()).map(([state, value]) => ({ labels: { state }, value })),
    );
  }
}

/** Exports the backlog in Redis. */
@Injectable()
export class QueueMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly inspector: QueueInspector,
    private readonly collector: LeaderCollector,
  ) {}

  onModuleInit(): void {
    const depths = this.collector.shared('the depth of the queues', () =>
      this.inspector.depths(ALL_JOBS.map(({ name }) => name)),
    );
    this.metrics.gauge(
      { name: 'queue_jobs', help: 'Jobs by queue and state.', labels: ['queue', 'state'] },
      async () =>
        ((await depths()) ?? []).flatMap(({ queue, jobs }) =>
          Object.entries(jobs).map(([state, value]) => ({ labels: { queue, state }, value })),
        ),
    );
  }
}
