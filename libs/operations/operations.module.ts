import { Module } from '@nestjs/common';
import { QueueViews } from '#libs/platform/queue/queue-views.js';
import { BacklogRepository } from './backlog.repository.js';
import { BacklogMetrics } from './backlog-metrics.js';
import { ConnectionMetrics, QueueMetrics } from './connection-metrics.js';
import { FleetReader } from './fleet-reader.js';

/** What those see who keep the service running. */
@Module({
  providers: [BacklogRepository, FleetReader, BacklogMetrics, ConnectionMetrics, QueueViews, QueueMetrics],
  exports: [QueueViews],
})
export class OperationsModule {}
