import { Injectable, Logger } from '@nestjs/common';
import { Coalesced } from '#libs/platform/process/coalesced.js';
import type { LeasedWebhook } from './webhook.js';
import { WebhookFailures } from './webhook-failures.js';
import { type Step, WebhookMessages } from './webhook-messages.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Webhooks that one worker delivers to at a time. */
const AT_ONCE = 32;
/** After this long it is the turn of another one. */
const TURN_MS = 30_000;

/**
 * Delivers what is published. What was delivered is said by a position in PostgreSQL, which moves on after each answer,
 * so that nothing is lost and the order is kept; a worker that dies in between has its last message sent again, with the
 * same id. One worker at a time delivers to a webhook: whoever holds its lease.
 */
@Injectable()
export class WebhookDelivery {
  private readonly logger = new Logger('Webhooks');
  private readonly turns = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly soon = new Coalesced(
    () => this.beginTurns(),
    ({ message }) => this.logger.warn(`will try again: ${message}`),
  );

  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly messages: WebhookMessages,
    private readonly sender: WebhookSender,
    private readonly failures: WebhookFailures,
  ) {}

  /** Delivers soon. Never throws: who calls it again and again loses nothing but time. */
  wake(): void {
    if (!this.stopping.signal.aborted) this.soon.wake();
  }

  /** Breaks off what is under way: it is sent again by whoever comes next. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.soon.settled();
    await Promise.all(this.turns);
  }

  private async beginTurns(): Promise<void> {
    const room = AT_ONCE - this.turns.size;
    if (room === 0) return;
    for (const webhook of await this.webhooks.lease(room, this.leaseSeconds)) {
      const turn: Promise<void> = this.turn(webhook)
        .catch((error: Error) => this.broken(webhook, error))
        .finally(() => {
          this.turns.delete(turn);
          this.wake();
        });
      this.turns.add(turn);
    }
  }

  private async turn(webhook: LeasedWebhook): Promise<void> {
    const until = performance.now() + TURN_MS;
    // While all places are taken, each gives its own up after one message: others may wait for it.
    const isOver = () =>
      this.stopping.signal.aborted || performance.now() > until || this.turns.size >= AT_ONCE;
    for await (const step of this.messages.after(webhook.feed, webhook)) {
      if (!(await this.take(step, webhook))) return;
      if (isOver()) break;
    }
    await this.webhooks.release(webhook);
  }

  /** @returns false: the turn is over, and the lease with it */
  private async take({ message, cursor }: Step, webhook: LeasedWebhook): Promise<boolean> {
    const delivery = message && (await this.sender.send(webhook, message, this.stopping.signal));
    if (delivery?.delivered === false) {
      await this.failures.record(webhook, delivery);
      return false;
    }
    if (message) webhook.failures = 0;
    return this.webhooks.advance(webhook, cursor, message !== null, this.leaseSeconds);
  }

  /** Stopped amid a message, or PostgreSQL is away: then the lease ends by itself. */
  private async broken(webhook: LeasedWebhook, error: Error): Promise<void> {
    if (!this.stopping.signal.aborted)
      this.logger.warn(`webhook ${webhook.id} will be tried again: ${error.message}`);
    else await this.webhooks.release(webhook).catch(() => undefined);
  }

  /** Longer than an attempt can take. */
  private get leaseSeconds(): number {
    return 2 * this.sender.timeoutSeconds + 10;
  }
}
