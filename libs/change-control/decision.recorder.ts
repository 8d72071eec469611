import { Injectable } from '@nestjs/common';
import type { RequestEvent } from '#libs/notifications/notification.js';
import { NotificationsService } from '#libs/notifications/notifications.service.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import {
  type ChangeOccasion,
  changeNotification,
  EVENTS,
  type NotifiedRequest,
} from './change-notification.js';
import type { ChangeRequest } from './change-request.js';
import { ChangeRequestsRepository, type NewDecision } from './change-requests.repository.js';
import type { OverdueReview } from './pending-changes.repository.js';

const DAY_MS = 86_400_000;

type DecidedChange = NotifiedRequest & Pick<ChangeRequest, 'revision' | 'hash'>;

/** Records decisions about changes, and notifies operators in the same transaction. */
@Injectable()
export class DecisionRecorder {
  constructor(
    private readonly changes: ChangeRequestsRepository,
    private readonly notifications: NotificationsService,
  ) {}

  /** @param event what follows from the decision, where its kind alone does not say so */
  async record(
    change: DecidedChange,
    decision: NewDecision,
    tx: Transaction,
    event: RequestEvent | null = EVENTS[decision.kind],
  ): Promise<void> {
    await this.changes.addDecision(change, decision, tx);
    const { actor, comment, decidedAt: at } = decision;
    if (event) await this.notify(change, { event, at, actor, comment: comment ?? null }, tx);
  }

  async notify(change: NotifiedRequest, occasion: ChangeOccasion, tx: Transaction): Promise<void> {
    await this.notifications.write(changeNotification(change, occasion), tx);
  }

  /** Notifies of overdue reviews, each once a day. */
  remind(changes: readonly OverdueReview[], now: Date, tx: Transaction): void {
    if (changes.length === 0) return;
    const reminders = changes.map((change) => {
      const days = Math.floor((now.getTime() - change.reviewDueAt!.getTime()) / DAY_MS);
      const occasion = { event: 'review_overdue', at: now, actor: 'system:change-clock' } as const;
      return changeNotification(change, { ...occasion, repetition: String(days) });
    });
    this.notifications.writeAll(reminders, tx);
  }
}
