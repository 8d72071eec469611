import { Module } from '@nestjs/common';
import { BudgetsModule } from '#libs/budgets/budgets.module.js';
import { QueueInspector } from '#libs/platform/queue/queue-inspector.js';
import { BacklogRepository } from './backlog.repository.js';
import { BacklogMetrics } from './backlog-metrics.js';
import { BudgetMetrics } from './budget-metrics.js';
import { ConnectionMetrics, QueueMetrics } from './connection-metrics.js';
import { InstancesRepository } from './instances.repository.js';
import { InstancesService } from './instances.service.js';
import { LeaderCollector } from './leader-collector.js';

/** Figures and views for operators. */
@Module({
  imports: [BudgetsModule],
  providers: [
    BacklogRepository,
    LeaderCollector,
    BacklogMetrics,
    BudgetMetrics,
    ConnectionMetrics,
    QueueInspector,
    QueueMetrics,
    InstancesRepository,
    InstancesService,
  ],
  exports: [QueueInspector, InstancesService],
})
export class OperationsModule {}
