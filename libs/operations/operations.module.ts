import { Module } from '@nestjs/common';
import { QueueInspector } from '#libs/platform/queue/queue-inspector.js';
import { BacklogRepository } from './backlog.repository.js';
import { BacklogMetrics } from './backlog-metrics.js';
import { ConnectionMetrics, QueueMetrics } from './connection-metrics.js';
import { LeaderCollector } from './leader-collector.js';

/** Figures and views for operators. */
@Module({
  providers: [
    BacklogRepository,
    LeaderCollector,
    BacklogMetrics,
    ConnectionMetrics,
    QueueInspector,
    QueueMetrics,
  ],
  exports: [QueueInspector],
})
export class OperationsModule {}
