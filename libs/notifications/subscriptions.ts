import type { Notification, PublishedNotification } from './notification.js';
import type { Recipient } from './recipient.js';

/** Delivers notifications to a reader, in their order. */
export interface Listener {
  send(notification: Notification): void;
  /** Called when all notifications up to this number are sent; later ones are new. */
  ready(seq: number): void;
  /** Resolves when there is room for more, or the reader is gone; undefined: there is room. */
  drained(): Promise<void> | undefined;
  readonly isGone: boolean;
  /** Disconnects the reader, which reconnects with its last position. */
  cut(): void;
}

/** Subscription of a listener. Until it is `live` it reads missed notifications by itself. */
export class Subscription {
  /** Number up to which it has all notifications for it. */
  position = 0;
  live = false;

  constructor(
    readonly recipient: Recipient,
    readonly listener: Listener,
  ) {}

  /** Sends a notification that it does not have yet. */
  offer(notification: Notification): void {
    if (!this.live || notification.seq <= this.position) return;
    this.position = notification.seq;
    this.listener.send(notification);
  }
}

/** Listeners of this instance. */
export class Subscriptions {
  private readonly allRecipients = new Set<Subscription>();
  private readonly operators = new Set<Subscription>();
  private readonly users = new Map<string, Set<Subscription>>();

  add(subscription: Subscription): void {
    const { userId, allRecipients } = subscription.recipient;
    if (allRecipients) this.allRecipients.add(subscription);
    else if (userId === null) this.operators.add(subscription);
    else this.users.set(userId, (this.users.get(userId) ?? new Set()).add(subscription));
  }

  remove(subscription: Subscription): void {
    const { userId } = subscription.recipient;
    if (userId === null) this.allRecipients.delete(subscription) || this.operators.delete(subscription);
    else if (this.users.get(userId)?.delete(subscription) && this.users.get(userId)!.size === 0)
      this.users.delete(userId);
  }

  get isEmpty(): boolean {
    return this.allRecipients.size === 0 && this.operators.size === 0 && this.users.size === 0;
  }

  get userIds(): string[] {
    return [...this.users.keys()];
  }

  /** @param reached users that a switch of a use case has reached */
  *recipientsOf(
    { audience, notification: { userId } }: PublishedNotification,
    reached: string[],
  ): Iterable<Subscription> {
    yield* this.allRecipients;
    if (audience === 'user') yield* this.users.get(userId!) ?? [];
    else yield* this.operators;
    if (audience === 'followers') for (const user of reached) yield* this.users.get(user) ?? [];
  }
}
