import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { pageOf } from '#libs/platform/paging/page.js';
import type { NewNotification, Notification, NotificationFilter } from './notification.js';
import { NotificationNotFoundError } from './notifications.errors.js';
import { NotificationsRepository } from './notifications.repository.js';
import { recipientOf } from './recipient.js';

export interface NotificationPage {
  items: Notification[];
  /** `seq` before which the next page starts; undefined: this is the last. */
  next?: number;
}

/** Stores notifications, lists those of a recipient, and stores which were shown or acknowledged. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a notification in the transaction of its cause. It is published, and so visible, after the commit.
   * @param tx not needed if nothing else is written
   * @returns false: it is stored already
   */
  async write(notification: NewNotification, tx?: Transaction): Promise<boolean> {
    return this.notifications.insert(notification, tx);
  }

  /** Stores a batch; notifications that are stored already stay unchanged. */
  writeAll(notifications: NewNotification[], tx: Transaction): void {
    this.notifications.insertAll(notifications, tx);
  }

  /** Lists the newest first. @throws ForbiddenError */
  async list(
    { userId, ...filter }: NotificationFilter & { userId?: string },
    principal: Principal,
    page: { limit: number; before?: number },
  ): Promise<NotificationPage> {
    const recipient = recipientOf(principal, userId);
    const found = await this.notifications.list(recipient, filter, page.limit + 1, page.before);
    const { items, next } = pageOf(found, page.limit);
    return { items, ...(next && { next: next.seq }) };
  }

  /**
   * Stores that it was shown or acknowledged, which implies shown. Only the first time counts.
   * @throws ForbiddenError, NotificationNotFoundError
   */
  async mark(
    id: string,
    as: 'shown' | 'acknowledged',
    principal: Principal,
    userId: string | undefined,
  ): Promise<Notification> {
    const recipient = recipientOf(principal, userId);
    const found = await this.notifications.find(id, recipient);
    if (!found) throw new NotificationNotFoundError(id);
    if (as === 'shown' ? found.shownAt : found.acknowledgedAt) return found;
    await this.notifications.saveReceipt(id, recipient, this.clock.now(), as === 'acknowledged');
    return (await this.notifications.find(id, recipient))!;
  }
}
