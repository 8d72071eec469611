import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { CostsService } from '#libs/costs/costs.service.js';
import { NotificationsService } from '#libs/notifications/notifications.service.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { OutboxService } from '#libs/platform/outbox/outbox.service.js';
import type { SwitchEvent } from '#libs/switching/switch.js';
import { storedNotificationOf } from '#libs/switching/switch-notification.js';
import { AuditRepository, type WaitingSwitch } from './audit.repository.js';
import { AuditSpan } from './audit-span.js';

/** Limit for the rows of a failed batch: other jobs of this worker need connections, too. */
const SINGLE_WRITE_CONCURRENCY = 4;

/** Writes the audit rows of switches with their cost impact. Idempotent, so that the worker may retry. */
@Injectable()
export class AuditService {
  private readonly logger = new Logger('Audit');

  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: OutboxService,
    private readonly rows: AuditRepository,
    private readonly costs: CostsService,
    private readonly catalogue: CatalogueService,
    private readonly notifications: NotificationsService,
  ) {}

  /**
   * Writes exactly one row per event: the outbox entries are locked first and removed with the write. Several are
   * written in one batch. If that fails each is written alone, so that one failure does not block the others.
   */
  async record(id: string, others: string[] = []): Promise<void> {
    if (others.length === 0) return this.recordAlone(id);
    const ids = [id, ...others];
    try {
      await this.complete(ids, []);
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      this.logger.warn(
        `a batch of ${ids.length} audit rows failed, so each row is written separately: ${code ?? name}`,
      );
      const limit = pLimit(SINGLE_WRITE_CONCURRENCY);
      const outcomes = await Promise.allSettled(ids.map((each) => limit(() => this.recordAlone(each))));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
    }
  }

  private async recordAlone(id: string): Promise<void> {
    const spans: AuditSpan[] = [];
    try {
      await this.complete([id], spans);
    } catch (error) {
      const { dead } = await this.outbox.fail(id, (error as Error).message);
      const log = dead
        ? () =>
            this.logger.error(
              `switch ${id} has no audit row and is a dead letter: run the command outbox list`,
            )
        : () => this.logger.warn(`switch ${id} has no audit row yet and is retried`);
      if (spans[0]) spans[0].within(log);
      else log();
      throw error;
    }
  }

  /** @param spans receives the spans of the switches in progress */
  private async complete(ids: string[], spans: AuditSpan[]): Promise<void> {
    try {
      const waiting = await this.transactions.run(async (tx) => {
        const claimed = await this.claim(ids, tx);
        spans.push(...claimed.map((each) => new AuditSpan(each)));
        if (claimed.length > 0) await this.write(claimed, tx);
        this.outbox.completed(ids, tx);
        return claimed;
      });
      for (const [place, { id }] of waiting.entries())
        spans[place]!.within(() => this.logger.log(`switch ${id} has its audit row`));
      for (const span of spans) span.end();
    } catch (error) {
      for (const span of spans) span.end(error);
      throw error;
    }
  }

  /** Reads the events after the locks are taken, so that an erasure is complete by then or follows. */
  private async claim(ids: string[], tx: Transaction): Promise<WaitingSwitch[]> {
    const [, waiting] = await Promise.all([this.outbox.claim(ids, tx), this.rows.waiting(ids, tx)]);
    return waiting;
  }

  /** Completes events with their cost impact, stores them as audit rows, and writes the notifications. */
  private async write(events: SwitchEvent[], tx: Transaction): Promise<void> {
    const modelIds = new Set(
      events.flatMap(({ previousModelId, newModelId }) => [previousModelId, newModelId]),
    );
    const [impacts, labels] = await Promise.all([
      this.costs.impactsOf(events, tx),
      this.catalogue.labelsOf([...modelIds], tx),
    ]);
    this.rows.insert(
      impacts.map((impact, place) => ({ ...impact, id: events[place]!.id })),
      tx,
    );
    const notifications = events.map((event) => storedNotificationOf(event, labels));
    this.notifications.writeAll(notifications, tx);
  }
}
