import { Injectable } from '@nestjs/common';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import type { CallAttempt, Invocation } from './invocation.js';
import type { UsageJournal } from './journal/usage-journal.js';

/** In seconds: a model takes from a quarter of a second to a minute. */
const BUCKETS = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Exports outcomes and costs of calls. The labels are models and use cases of the catalogue. */
@Injectable()
export class CallMetrics {
  private readonly attempts;
  private readonly spend;
  private readonly tokens;

  constructor(private readonly metrics: Metrics) {
    this.attempts = metrics.histogram(
      {
        name: 'model_call_duration_seconds',
        help: 'Calls of models by chats: the outcome, or the kind of failure.',
        labels: ['model_id', 'outcome'],
      },
      BUCKETS,
    );
    this.spend = metrics.counter({
      name: 'spend_usd_total',
      help: 'Cost of calls in USD, where the price is known.',
      labels: ['model_id', 'use_case'],
    });
    this.tokens = metrics.counter({
      name: 'tokens_total',
      help: 'Tokens of calls; input includes cached tokens.',
      labels: ['model_id', 'direction'],
    });
  }

  /** @param buffered calls that wait for PostgreSQL */
  watchBuffer(buffered: () => number): void {
    this.metrics.gauge({ name: 'calls_buffered', help: 'Calls that are not in PostgreSQL yet.' }, () => [
      { labels: {}, value: buffered() },
    ]);
  }

  watchJournal(journal: Pick<UsageJournal, 'bytes' | 'waiting' | 'counts'>): void {
    const { metrics } = this;
    const gauge = (name: string, help: string, read: () => number) =>
      metrics.gauge({ name, help }, () => [{ labels: {}, value: read() }]);
    gauge(
      'usage_journal_calls',
      'Calls in the local journal that wait for PostgreSQL.',
      () => journal.waiting,
    );
    gauge('usage_journal_bytes', 'Size of the local journal of calls.', () => journal.bytes);
    metrics.total(
      {
        name: 'usage_journal_records_total',
        help: 'Records of the journal: replayed after a process vanished, torn, expired (over 30 days old), or not written.',
        labels: ['outcome'],
      },
      () => {
        const { replayed, torn, expired, failedWrites } = journal.counts;
        const outcomes = { replayed, torn, expired, not_written: failedWrites };
        return Object.entries(outcomes).map(([outcome, value]) => ({ labels: { outcome }, value }));
      },
    );
  }

  count({ attempts, useCase }: Invocation): void {
    for (const attempt of attempts) this.countAttempt(attempt, useCase);
  }

  private countAttempt({ modelId, outcome, errorKind, ms, billed }: CallAttempt, useCase: string): void {
    if (outcome === 'skipped') return;
    this.attempts.observe({ model_id: modelId, outcome: errorKind ?? outcome }, ms / 1000);
    if (!billed) return;
    const { input, cacheRead, cacheWrite, output, costUsd } = billed;
    if (costUsd !== null) this.spend.inc({ model_id: modelId, use_case: useCase }, Number(costUsd));
    this.tokens.inc({ model_id: modelId, direction: 'input' }, input + cacheRead + cacheWrite);
    this.tokens.inc({ model_id: modelId, direction: 'output' }, output);
  }
}
