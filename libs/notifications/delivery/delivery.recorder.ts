import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { CoalescingTask } from '#libs/platform/process/coalescing-task.js';
import type { Delivery } from './delivery.js';
import type { NewDeliveryAttempt } from './delivery-attempt.js';
import { DeliveryAttemptsRepository } from './delivery-attempts.repository.js';

/** Rows of one statement. */
const BATCH = 500;
/** Time that an attempt waits for others. */
const FLUSH_MS = 500;
/** Attempts that wait while PostgreSQL is unavailable; the oldest are lost beyond it. */
const MAX_WAITING = 5_000;
const MAX_ERROR_LENGTH = 200;
/** Length of a UUID: the id of a message begins with that of its notification, unless it is a digest. */
const UUID_LENGTH = 36;

export interface Sent {
  /** Webhook or channel. */
  receiverId: string;
  message: { id: string };
  delivery: Delivery;
  durationMs: number;
}

/**
 * Records each attempt of a delivery, many in one statement, so that deliveries never wait for it. A worker that dies
 * loses the records of its last half second; the position of the receiver is not among them.
 */
@Injectable()
export class DeliveryRecorder {
  private readonly logger = new Logger('Deliveries');
  private waiting: NewDeliveryAttempt[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly flushing = new CoalescingTask(
    () => this.write(),
    (error: Error & { code?: string }) => {
      this.logger.warn(`records of deliveries wait: ${error.name} ${error.code ?? ''}`);
      this.schedule();
    },
  );

  constructor(
    private readonly attempts: DeliveryAttemptsRepository,
    private readonly clock: Clock,
  ) {}

  /** Records an attempt soon. Never throws. @param failures of the receiver before this attempt */
  record(sent: Sent, failures: number): void {
    this.waiting.push(this.attemptOf(sent, failures + 1, null));
    const lost = this.waiting.length - MAX_WAITING;
    if (lost > 0) this.waiting.splice(0, lost);
    if (this.waiting.length >= BATCH) this.flushing.trigger();
    else this.schedule();
  }

  /** Records a resend immediately. @returns its id */
  async recordResend(sent: Sent, actor: string): Promise<number> {
    const [id] = await this.attempts.insert([this.attemptOf(sent, null, actor)]);
    return id!;
  }

  /** Writes what waits. An attempt that PostgreSQL does not take then is lost. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.flushing.trigger();
    await this.flushing.idle();
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => this.flushing.trigger(), FLUSH_MS);
  }

  private async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, BATCH);
      await this.attempts.insert(batch);
      // The oldest may have been dropped meanwhile.
      this.waiting = this.waiting.filter((attempt) => !batch.includes(attempt));
    }
  }

  private attemptOf(
    { receiverId, message, delivery, durationMs }: Sent,
    attempt: number | null,
    resentBy: string | null,
  ): NewDeliveryAttempt {
    const isRecovery = attempt !== null && attempt > 1;
    return {
      receiverId,
      messageId: message.id,
      notificationId: message.id.slice(0, UUID_LENGTH),
      state: !delivery.delivered ? 'failed' : isRecovery ? 'recovered' : 'delivered',
      attempt,
      attemptedAt: new Date(this.clock.millis() - durationMs),
      durationMs: Math.round(durationMs),
      status: delivery.status,
      error: delivery.delivered ? null : delivery.error.slice(0, MAX_ERROR_LENGTH),
      resentBy,
    };
  }
}
