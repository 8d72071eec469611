import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import pLimit from 'p-limit';
import { CoalescingTask } from '#libs/platform/process/coalescing-task.js';
import type { PublishedNotification } from './notification.js';
import { NotificationSignal } from './notification-signal.js';
import { NotificationsRepository } from './notifications.repository.js';
import type { Recipient } from './recipient.js';
import { type Listener, Subscription, Subscriptions } from './subscriptions.js';

/** Interval of polling PostgreSQL without a signal: Redis may be unavailable. */
const POLL_MS = 1_000;
/** Small enough for a page of the longest notifications to fit in the buffer of a stream. */
const PAGE = 25;
/** After a deployment all readers reconnect together: others need connections, too. */
const CATCH_UP_CONCURRENCY = 4;
const USER_BATCH_SIZE = 500;

/**
 * Passes published notifications to all listeners of this instance. PostgreSQL is read once for all of them. Each
 * listener reads only the notifications that it missed before.
 */
@Injectable()
export class NotificationStreams implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('NotificationStreams');
  private readonly subscriptions = new Subscriptions();
  private readonly catchUps = pLimit(CATCH_UP_CONCURRENCY);
  private readonly news = new CoalescingTask(
    () => this.readOn(),
    ({ message }) => this.logger.warn(`the read of new notifications failed and is retried: ${message}`),
  );
  /** Position up to which the live subscriptions were served; null: there are none. */
  private position: number | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly signal: NotificationSignal,
  ) {}

  onModuleInit(): void {
    this.signal.onNotify(() => this.news.trigger());
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /**
   * @param after number after which to start; null: only new notifications
   * @returns a function that ends the subscription
   */
  subscribe(recipient: Recipient, listener: Listener, after: number | null): () => void {
    const subscription = new Subscription(recipient, listener);
    this.subscriptions.add(subscription);
    this.timer ??= setInterval(() => this.news.trigger(), POLL_MS);
    this.catchUp(subscription, after).catch((error: Error) => {
      this.logger.warn(`a stream is closed and must reconnect: ${error.message}`);
      listener.cut();
    });
    return () => this.unsubscribe(subscription);
  }

  private unsubscribe(subscription: Subscription): void {
    this.subscriptions.remove(subscription);
    if (!this.subscriptions.isEmpty) return;
    this.position = null;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Reads missed notifications until the subscription is at the live position, and joins it synchronously. */
  private async catchUp(subscription: Subscription, after: number | null): Promise<void> {
    const { listener } = subscription;
    let joined = false;
    for (let from = after; !joined && !listener.isGone; from = subscription.position) {
      const { missed, upTo } = await this.catchUps(() => this.missedBy(subscription, from));
      for (const notification of missed) listener.send(notification);
      subscription.position = upTo;
      joined = missed.length < PAGE && this.join(subscription);
      if (!joined) await listener.drained();
    }
  }

  /** @returns a page, and the number up to which there is nothing else for the subscription */
  private async missedBy({ recipient }: Subscription, from: number | null) {
    const newest = await this.notifications.newestSeq();
    // A number beyond the newest one comes from before a restore of the database.
    const position = Math.min(from ?? newest, newest);
    const missed = position < newest ? await this.notifications.listAfter(recipient, position, PAGE) : [];
    const last = missed.at(-1)?.seq ?? position;
    return { missed, upTo: missed.length < PAGE ? Math.max(newest, last) : last };
  }

  /** Makes a subscription live. @returns false: it lacks notifications that were passed on meanwhile */
  private join(subscription: Subscription): boolean {
    this.position ??= subscription.position;
    if (this.position > subscription.position) return false;
    subscription.live = true;
    subscription.listener.ready(subscription.position);
    return true;
  }

  private async readOn(): Promise<void> {
    let found: PublishedNotification[];
    do {
      if (this.position === null) return;
      found = await this.notifications.publishedAfter(this.position, PAGE);
      await this.passOn(found);
    } while (found.length === PAGE);
  }

  /**
   * Passes on notifications. Moves the position first, so that a new subscription reads these by itself; if this fails,
   * they are read again.
   */
  private async passOn(found: PublishedNotification[]): Promise<void> {
    const before = this.position;
    const last = found.at(-1)?.notification.seq;
    if (before === null || last === undefined || last <= before) return;
    this.position = last;
    const notSilent = found.filter(({ notification }) => !notification.silent);
    try {
      const reached = await this.followersOf(notSilent.filter(({ audience }) => audience === 'followers'));
      for (const published of notSilent) {
        const { notification } = published;
        for (const subscription of this.subscriptions.recipientsOf(
          published,
          reached.get(notification.id) ?? [],
        ))
          subscription.offer(notification);
      }
    } catch (error) {
      if (this.position !== null) this.position = before;
      throw error;
    }
  }

  /** Returns the users listening here that each of these switches of use cases reached. */
  private async followersOf(shared: PublishedNotification[]): Promise<Map<string, string[]>> {
    const reached = new Map<string, string[]>();
    const { userIds } = this.subscriptions;
    if (shared.length === 0) return reached;
    for (let start = 0; start < userIds.length; start += USER_BATCH_SIZE) {
      const some = await this.notifications.followersOf(
        shared,
        userIds.slice(start, start + USER_BATCH_SIZE),
      );
      for (const [id, users] of some) reached.set(id, [...(reached.get(id) ?? []), ...users]);
    }
    return reached;
  }
}
