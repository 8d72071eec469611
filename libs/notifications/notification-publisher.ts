import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '#libs/platform/database/transactions.js';
import { CoalescingTask } from '#libs/platform/process/coalescing-task.js';
import { NotificationSignal } from './notification-signal.js';
import { NotificationsRepository } from './notifications.repository.js';

const BATCH = 1_000;

/**
 * Numbers committed notifications. Numbers taken at the insert would become visible in the order of the commits: a
 * reader of 7 would miss a 6 that commits later.
 */
@Injectable()
export class NotificationPublisher {
  private readonly logger = new Logger('NotificationPublisher');
  private readonly soon = new CoalescingTask(
    () => this.publish(),
    ({ message }) => this.logger.warn(`the publication of notifications failed and is retried: ${message}`),
  );

  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly transactions: Transactions,
    private readonly signal: NotificationSignal,
  ) {}

  /** Publishes soon. Never throws, and may be called repeatedly. */
  trigger(): void {
    this.soon.trigger();
  }

  /** Publishes what is committed. @returns how many that were */
  async publish(): Promise<number> {
    if (!(await this.notifications.hasUnpublished())) return 0;
    let published = 0;
    let batch: number;
    do {
      batch = await this.transactions.run((tx) => this.notifications.publish(BATCH, tx));
      published += batch;
    } while (batch === BATCH);
    if (published > 0) this.signal.notify();
    return published;
  }

  /** Waits for publications in progress. */
  idle(): Promise<void> {
    return this.soon.idle();
  }
}
