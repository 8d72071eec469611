import { Injectable, Logger } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { Transactions } from '#libs/platform/database/transactions.js';
import { OutboxService } from '#libs/platform/outbox/outbox.service.js';
import { inSpan } from '#libs/platform/telemetry/spans.js';
import { continueFrom } from '#libs/platform/telemetry/work-context.js';
import { AuditWriter } from './audit-writer.js';
import { SwitchEventsRepository } from './switch-events.repository.js';
import { recordSwitch } from './switching.jobs.js';

/** Writes the audit row of a switch with what it saves. The worker calls it, as often as it likes. */
@Injectable()
export class AuditService {
  private readonly logger = new Logger('Audit');

  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: OutboxService,
    private readonly events: SwitchEventsRepository,
    private readonly writer: AuditWriter,
  ) {}

  /** Exactly one row per event: the outbox entry is locked first and is gone when the row is there. */
  async record(eventId: string): Promise<void> {
    const origin = await this.events.originOf(eventId);
    if (!origin) return;
    const attributes = { 'messaging.destination.name': recordSwitch.name, 'messaging.message.id': eventId };
    const span = { name: `process ${recordSwitch.name}`, kind: SpanKind.CONSUMER, attributes };
    await continueFrom(origin, span, () => this.complete(eventId));
  }

  private async complete(eventId: string): Promise<void> {
    try {
      await this.transactions.run(async (tx) => {
        if (!(await this.outbox.claim(eventId, tx))) return;
        const event = await this.events.find(eventId, tx);
        if (!event) throw new Error(`outbox entry ${eventId} has no event`);
        await inSpan({ name: 'write audit row' }, () => this.writer.write(event, tx));
        await this.outbox.complete(eventId, tx);
      });
      this.logger.log(`switch ${eventId} has its audit row`);
    } catch (error) {
      const { dead } = await this.outbox.fail(eventId, (error as Error).message);
      if (!dead) this.logger.warn(`switch ${eventId} has no audit row yet, and is tried again`);
      else
        this.logger.error(
          `switch ${eventId} has no audit row and was set aside: see the command outbox list`,
        );
      throw error;
    }
  }
}
