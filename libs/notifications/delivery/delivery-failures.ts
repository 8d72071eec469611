import { Logger } from '@nestjs/common';
import type { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { deduplicationId, type NewNotification } from '../notification.js';
import type { NotificationsService } from '../notifications.service.js';
import type { Failure, Leased } from './delivery.js';
import { retryDelayMs } from './retry-delay.js';

/** Texts about a receiver that is disabled. They contain no part of an address that may be a secret. */
export interface DisabledReceiver {
  title: string;
  /** Subject of the sentence, e.g. `The webhook of push at push.example.com`. */
  subject: string;
  /** Command that resumes it. */
  resume: string;
}

interface Services {
  leases: {
    fail(receiver: Leased, error: string, delayMs: number, tx: Transaction): Promise<Date | null>;
  };
  notifications: NotificationsService;
  transactions: Transactions;
  clock: Clock;
}

/** Handles receivers that do not accept messages. */
export abstract class DeliveryFailures<Receiver extends Leased> {
  private readonly logger = new Logger('DeliveryFailures');

  constructor(
    private readonly kind: 'webhook' | 'channel',
    private readonly services: Services,
  ) {}

  /**
   * Schedules the next attempt. Disables a receiver that has failed for days, and notifies operators in the same
   * transaction.
   */
  async record(receiver: Receiver, { error, retryAfterMs }: Failure): Promise<void> {
    const { leases, notifications, transactions } = this.services;
    const delayMs = retryDelayMs(receiver.failures + 1, retryAfterMs);
    await transactions.run(async (tx) => {
      const since = await leases.fail(receiver, error, delayMs, tx);
      if (since) await notifications.write(this.disabledNotification(receiver, since, error), tx);
    });
    this.logger.warn(`${this.kind} ${receiver.id}: ${error}`);
  }

  protected abstract describe(receiver: Receiver): DisabledReceiver;

  /** Returns a notification without a model. */
  private disabledNotification(receiver: Receiver, since: Date, error: string): NewNotification {
    const { title, subject, resume } = this.describe(receiver);
    return {
      id: deduplicationId(this.kind, receiver.id, since.toISOString()),
      kind: 'alert',
      audience: 'operators',
      type: 'auto',
      title,
      message: `${subject} took nothing since ${since.toISOString()} (${error}). When it does again: ${resume}`,
      modelId: '',
      modelName: '',
      provider: null,
      reason: error,
      details: {},
      silent: false,
      occurredAt: this.services.clock.now(),
    };
  }
}
