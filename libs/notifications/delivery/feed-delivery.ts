import { Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CoalescingTask } from '#libs/platform/process/coalescing-task.js';
import type { Delivery, Failure, Leased, SlowReceivers, Step } from './delivery.js';
import type { DeliveryRecorder } from './delivery.recorder.js';

/** Receivers of one kind that one worker delivers to concurrently. */
const CONCURRENCY = 32;
/** Slow ones among them: the others find a place, however many are slow. */
const SLOW_CONCURRENCY = 24;
/** A receiver is slow if its response takes longer than this, until a response is faster. */
const SLOW_MS = 500;
const MAX_SLOW = 10_000;
/** After this time the next receiver is served. */
const TURN_MS = 30_000;

/** Parts that differ between kinds of receivers. */
export interface DeliveryPorts<Receiver extends Leased, Message extends { id: string }, Cursor> {
  /** Name of the kind in logs, such as `webhook`. */
  kind: string;
  leases: {
    lease(limit: number, leaseSeconds: number, slow: SlowReceivers): Promise<Receiver[]>;
    advance(receiver: Receiver, cursor: Cursor, delivered: boolean, leaseSeconds: number): Promise<boolean>;
    release(receiver: Receiver): Promise<void>;
  };
  /** Yields a page of the feed from the receiver's cursor, in the order of publication; nothing: nothing is new. */
  steps(receiver: Receiver): AsyncGenerator<Step<Message, Cursor>>;
  sender: {
    /** Longest time of one attempt. */
    readonly timeoutSeconds: number;
    send(receiver: Receiver, message: Message, stop: AbortSignal): Promise<Delivery>;
  };
  failures: { record(receiver: Receiver, failure: Failure): Promise<void> };
  recorder: Pick<DeliveryRecorder, 'record' | 'stop'>;
}

/**
 * Delivers published notifications, and records each attempt. A position in PostgreSQL advances after each response, so that nothing is lost and
 * the order is kept. If a worker dies in between, its last message is sent again with the same id. Only the worker that
 * holds the lease delivers to a receiver.
 */
export abstract class FeedDelivery<Receiver extends Leased, Message extends { id: string }, Cursor> {
  private readonly logger = new Logger('FeedDelivery');
  /** Running deliveries with the id of their receiver. */
  private readonly deliveries = new Map<Promise<void>, string>();
  private readonly slow = new LRUCache<string, true>({ max: MAX_SLOW });
  private readonly stopping = new AbortController();
  private readonly soon = new CoalescingTask(
    () => this.beginTurns(),
    ({ message }) => this.logger.warn(`the start of deliveries failed and is retried: ${message}`),
  );

  constructor(private readonly ports: DeliveryPorts<Receiver, Message, Cursor>) {}

  /** Starts a delivery soon. Never throws, and may be called repeatedly. */
  trigger(): void {
    if (!this.stopping.signal.aborted) this.soon.trigger();
  }

  /** Aborts running deliveries: the next worker sends them again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.soon.idle();
    await Promise.all(this.deliveries.keys());
    await this.ports.recorder.stop();
  }

  private async beginTurns(): Promise<void> {
    const room = CONCURRENCY - this.deliveries.size;
    if (room === 0) return;
    const slow = { ids: [...this.slow.keys()], limit: SLOW_CONCURRENCY - this.slowTurns };
    for (const receiver of await this.ports.leases.lease(room, this.leaseSeconds, slow)) {
      const turn: Promise<void> = this.turn(receiver)
        .catch((error: Error) => this.broken(receiver, error))
        .finally(() => {
          this.deliveries.delete(turn);
          this.trigger();
        });
      this.deliveries.set(turn, receiver.id);
    }
  }

  private async turn(receiver: Receiver): Promise<void> {
    const until = performance.now() + TURN_MS;
    const isOver = () =>
      this.stopping.signal.aborted || performance.now() > until || this.isFullFor(receiver);
    for await (const step of this.ports.steps(receiver)) {
      if (!(await this.take(step, receiver))) return;
      if (isOver()) break;
    }
    await this.ports.leases.release(receiver);
  }

  /** @returns false: the turn is over, and the lease with it */
  private async take({ message, cursor }: Step<Message, Cursor>, receiver: Receiver): Promise<boolean> {
    const delivery = message && (await this.send(receiver, message));
    if (delivery?.delivered === false) {
      await this.ports.failures.record(receiver, delivery);
      return false;
    }
    if (message) receiver.failures = 0;
    return this.ports.leases.advance(receiver, cursor, message !== null, this.leaseSeconds);
  }

  /** Sends a message, records the attempt, and remembers whether the response was slow. */
  private async send(receiver: Receiver, message: Message): Promise<Delivery> {
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      this.slow.set(receiver.id, true);
    }, SLOW_MS);
    const began = performance.now();
    try {
      const delivery = await this.ports.sender.send(receiver, message, this.stopping.signal);
      const durationMs = performance.now() - began;
      this.ports.recorder.record(
        { receiverId: receiver.id, message, delivery, durationMs },
        receiver.failures,
      );
      return delivery;
    } finally {
      clearTimeout(timer);
      // A place for slow receivers is free, although no delivery has ended.
      if (!isSlow && this.slow.delete(receiver.id)) this.trigger();
    }
  }

  /** Returns whether all its places are taken: each is then left after one message, because others may wait for it. */
  private isFullFor({ id }: Receiver): boolean {
    return this.deliveries.size >= CONCURRENCY || (this.slow.has(id) && this.slowTurns >= SLOW_CONCURRENCY);
  }

  private get slowTurns(): number {
    return [...this.deliveries.values()].filter((id) => this.slow.has(id)).length;
  }

  /** Handles an abort during a message, or an unavailable PostgreSQL: then the lease expires. */
  private async broken(receiver: Receiver, error: Error): Promise<void> {
    if (!this.stopping.signal.aborted)
      this.logger.warn(`the delivery of ${this.ports.kind} ${receiver.id} is retried: ${error.message}`);
    else await this.ports.leases.release(receiver).catch(() => undefined);
  }

  /** Longer than an attempt can take. */
  private get leaseSeconds(): number {
    return 2 * this.ports.sender.timeoutSeconds + 10;
  }
}
