import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CoalescingTask } from '#libs/platform/process/coalescing-task.js';
import { DeliveryRecorder } from './delivery.recorder.js';
import type { Delivery, LeasedWebhook, WebhookMessage } from './webhook.js';
import { WebhookFailures } from './webhook-failures.js';
import { type Step, WebhookMessages } from './webhook-messages.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Webhooks that one worker delivers to concurrently. */
const CONCURRENCY = 32;
/** Slow ones among them: the others find a place, however many keys have slow receivers. */
const SLOW_CONCURRENCY = 24;
/** A webhook is slow if its response takes longer than this, until a response is faster. */
const SLOW_MS = 500;
const MAX_SLOW = 10_000;
/** After this time the next webhook is served. */
const TURN_MS = 30_000;

/**
 * Delivers published notifications. A position in PostgreSQL advances after each response, so that nothing is lost and
 * the order is kept. If a worker dies in between, its last message is sent again with the same id. Only the worker that
 * holds the lease delivers to a webhook.
 */
@Injectable()
export class WebhookDelivery {
  private readonly logger = new Logger('Webhooks');
  /** Running deliveries with the id of their webhook. */
  private readonly deliveries = new Map<Promise<void>, string>();
  private readonly slow = new LRUCache<string, true>({ max: MAX_SLOW });
  private readonly stopping = new AbortController();
  private readonly soon = new CoalescingTask(
    () => this.beginTurns(),
    ({ message }) => this.logger.warn(`the start of deliveries failed and is retried: ${message}`),
  );

  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly messages: WebhookMessages,
    private readonly sender: WebhookSender,
    private readonly failures: WebhookFailures,
    private readonly recorder: DeliveryRecorder,
  ) {}

  /** Starts a delivery soon. Never throws, and may be called repeatedly. */
  trigger(): void {
    if (!this.stopping.signal.aborted) this.soon.trigger();
  }

  /** Aborts running deliveries: the next worker sends them again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.soon.idle();
    await Promise.all(this.deliveries.keys());
    await this.recorder.stop();
  }

  private async beginTurns(): Promise<void> {
    const room = CONCURRENCY - this.deliveries.size;
    if (room === 0) return;
    const slow = { ids: [...this.slow.keys()], limit: SLOW_CONCURRENCY - this.slowTurns };
    for (const webhook of await this.webhooks.lease(room, this.leaseSeconds, slow)) {
      const turn: Promise<void> = this.turn(webhook)
        .catch((error: Error) => this.broken(webhook, error))
        .finally(() => {
          this.deliveries.delete(turn);
          this.trigger();
        });
      this.deliveries.set(turn, webhook.id);
    }
  }

  private async turn(webhook: LeasedWebhook): Promise<void> {
    const until = performance.now() + TURN_MS;
    const isOver = () => this.stopping.signal.aborted || performance.now() > until || this.isFullFor(webhook);
    for await (const step of this.messages.after(webhook.feed, webhook)) {
      if (!(await this.take(step, webhook))) return;
      if (isOver()) break;
    }
    await this.webhooks.release(webhook);
  }

  /** @returns false: the turn is over, and the lease with it */
  private async take({ message, cursor }: Step, webhook: LeasedWebhook): Promise<boolean> {
    const delivery = message && (await this.send(webhook, message));
    if (delivery?.delivered === false) {
      await this.failures.record(webhook, delivery);
      return false;
    }
    if (message) webhook.failures = 0;
    return this.webhooks.advance(webhook, cursor, message !== null, this.leaseSeconds);
  }

  /** Sends a message, records the attempt and remembers whether the response was slow. */
  private async send(webhook: LeasedWebhook, message: WebhookMessage): Promise<Delivery> {
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      this.slow.set(webhook.id, true);
    }, SLOW_MS);
    const began = performance.now();
    try {
      const delivery = await this.sender.send(webhook, message, this.stopping.signal);
      const sent = { webhookId: webhook.id, message, delivery, durationMs: performance.now() - began };
      this.recorder.record(sent, webhook.failures);
      return delivery;
    } finally {
      clearTimeout(timer);
      // A place for slow webhooks is free, although no delivery has ended.
      if (!isSlow && this.slow.delete(webhook.id)) this.trigger();
    }
  }

  /** Returns whether all its places are taken: each is then left after one message, because others may wait for it. */
  private isFullFor({ id }: LeasedWebhook): boolean {
    return this.deliveries.size >= CONCURRENCY || (this.slow.has(id) && this.slowTurns >= SLOW_CONCURRENCY);
  }

  private get slowTurns(): number {
    return [...this.deliveries.values()].filter((id) => this.slow.has(id)).length;
  }

  /** Handles an abort during a message, or an unavailable PostgreSQL: then the lease expires. */
  private async broken(webhook: LeasedWebhook, error: Error): Promise<void> {
    if (!this.stopping.signal.aborted)
      this.logger.warn(`the delivery of webhook ${webhook.id} is retried: ${error.message}`);
    else await this.webhooks.release(webhook).catch(() => undefined);
  }

  /** Longer than an attempt can take. */
  private get leaseSeconds(): number {
    return 2 * this.sender.timeoutSeconds + 10;
  }
}
