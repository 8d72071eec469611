import { Logger } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import type { JobDefinition } from '../queue/define-job.js';
import { JobQueue } from '../queue/job-queue.js';
import { startSpan } from '../telemetry/spans.js';
import type { LeasedEntry, OutboxService } from './outbox.service.js';
import type { OutboxSignal } from './outbox-signal.js';

const POLL_MS = 500;
const BATCH = 500;
/** Entries that one job does together: a job, a transaction and a flush of the disk for all of them. */
const GROUP = 50;
/** Jobs in the queue above which the relay waits: the backlog stays in PostgreSQL, where it is safe. */
const MAX_WAITING = 100;

/** Hands due outbox entries to BullMQ in groups: their ids only, under a new job id for each publication. */
export class OutboxRelay {
  private readonly logger = new Logger('OutboxRelay');
  private running: Promise<void> | undefined;
  private triggeredAgain = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly job: JobDefinition<{ id: string; others: string[] }>,
    private readonly outbox: OutboxService,
    private readonly queue: JobQueue,
    signal: OutboxSignal,
  ) {
    signal.onNotify(() => this.trigger());
    this.timer = setInterval(() => this.trigger(), POLL_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private trigger(): void {
    if (this.stopped) return;
    if (this.running !== undefined) {
      this.triggeredAgain = true;
      return;
    }
    this.running = this.drain().finally(() => {
      this.running = undefined;
      if (this.triggeredAgain) {
        this.triggeredAgain = false;
        this.trigger();
      }
    });
  }

  private async drain(): Promise<void> {
    try {
      while (!this.stopped && (await this.publishBatch()) === BATCH);
    } catch (error) {
      this.logger.warn(`the relay failed and retries: ${(error as Error).message}`);
    }
  }

  private async publishBatch(): Promise<number> {
    if ((await this.queue.waiting(this.job)) > MAX_WAITING) return 0;
    const entries = await this.outbox.lease(this.job.name, BATCH);
    if (entries.length === 0) return 0;
    const spans = entries.flatMap((entry) => this.spanOf(entry));
    try {
      await this.queue.addBulk(this.job, groupsOf(entries).map(jobOf));
    } catch (error) {
      await this.outbox.release(entries);
      throw error;
    } finally {
      for (const span of spans) span.end();
    }
    return entries.length;
  }

  private spanOf({ id, traceparent }: LeasedEntry) {
    if (!traceparent) return [];
    const attributes = { 'messaging.destination.name': this.job.name, 'messaging.message.id': id };
    return [startSpan({ name: `send ${this.job.name}`, kind: SpanKind.PRODUCER, attributes }, traceparent)];
  }
}

function groupsOf(entries: LeasedEntry[]): LeasedEntry[][] {
  const groups: LeasedEntry[][] = [];
  for (let start = 0; start < entries.length; start += GROUP)
    groups.push(entries.slice(start, start + GROUP));
  return groups;
}

const jobOf = ([first, ...others]: LeasedEntry[]) => ({
  id: `${first!.id}_${first!.publishCount}`,
  payload: { id: first!.id, others: others.map(({ id }) => id) },
});
