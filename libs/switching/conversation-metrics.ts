import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { ConversationsCache } from './conversations.cache.js';

/** Tells Prometheus what reads of conversations were answered from. */
@Injectable()
export class ConversationMetrics implements OnModuleInit {
  constructor(
    private readonly cache: ConversationsCache,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.total(
      {
        name: 'conversation_reads_total',
        help: 'Reads of conversations: from memory, from PostgreSQL, or an old copy because PostgreSQL is away.',
        labels: ['source'],
      },
      () => Object.entries(this.cache.reads).map(([source, value]) => ({ labels: { source }, value })),
    );
  }
}
