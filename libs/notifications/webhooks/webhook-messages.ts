import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Step } from '../delivery/delivery.js';
import type { PublishedNotification } from '../notification.js';
import { toNotificationView } from '../notification-view.js';
import { NotificationsRepository } from '../notifications.repository.js';
import type { Cursor, Feed, WebhookMessage } from './webhook.js';

const PAGE = 100;
/** Maximum of users in one message. */
const RECIPIENTS = 500;
/** Maximum of messages of one notification that `again` makes: 100,000 users. */
const MAX_PARTS = 200;

type WebhookStep = Step<WebhookMessage, Cursor>;

/** Returns the next messages of a webhook, from the numbered feed. */
@Injectable()
export class WebhookMessages {
  constructor(private readonly notifications: NotificationsRepository) {}

  /** Yields a page, in the order of publication; nothing: there is nothing new. */
  async *after(feed: Feed, { position, afterUser }: Cursor): AsyncGenerator<WebhookStep> {
    const found = await this.notifications.publishedAfter(position, PAGE);
    for (const published of found) {
      const { seq } = published.notification;
      if (isMeant(published, feed))
        yield* this.messagesOf(published, feed, seq === position + 1 ? afterUser : '');
    }
    const last = found.at(-1);
    if (last) yield { message: null, cursor: cursorAfter(last) };
  }

  /**
   * Makes a message again by its id. @returns undefined: its notification is no longer kept, or its recipients have
   * changed since, so that the same id would have another content
   */
  async again(feed: Feed, id: string): Promise<WebhookMessage | undefined> {
    const published = await this.notifications.publishedOne(id.split('.')[0]!);
    if (!published || !isMeant(published, feed)) return undefined;
    let parts = 0;
    for await (const { message } of this.messagesOf(published, feed, '')) {
      parts += 1;
      if (message?.id === id) return message;
      if (parts === MAX_PARTS) return undefined;
    }
    return undefined;
  }

  private async *messagesOf(
    published: PublishedNotification,
    feed: Feed,
    afterUser: string,
  ): AsyncGenerator<WebhookStep> {
    const { notification, audience } = published;
    if (feed === 'operators') yield { message: messageOf(published, null), cursor: cursorAfter(published) };
    else if (audience === 'user')
      yield { message: messageOf(published, [notification.userId!]), cursor: cursorAfter(published) };
    else yield* this.toFollowers(published, afterUser);
  }

  private async *toFollowers(
    published: PublishedNotification,
    afterUser: string,
  ): AsyncGenerator<WebhookStep> {
    let users: string[];
    let after = afterUser;
    do {
      users = await this.notifications.usersReachedBy(published, after, RECIPIENTS);
      after = users.at(-1) ?? after;
      const isLast = users.length < RECIPIENTS;
      const cursor = isLast
        ? cursorAfter(published)
        : { position: published.notification.seq - 1, afterUser: after };
      if (users.length > 0) yield { message: messageOf(published, users), cursor };
    } while (users.length === RECIPIENTS);
  }
}

const isMeant = ({ audience, notification: { silent } }: PublishedNotification, feed: Feed): boolean =>
  !silent && audience !== (feed === 'users' ? 'operators' : 'user');

const cursorAfter = ({ notification: { seq } }: PublishedNotification): Cursor => ({
  position: seq,
  afterUser: '',
});

function messageOf(
  { notification, audience }: PublishedNotification,
  recipients: string[] | null,
): WebhookMessage {
  const { shownAt, acknowledgedAt, ...content } = toNotificationView(notification);
  const part = recipients && audience === 'followers' ? `.${hash(recipients)}` : '';
  return {
    id: `${notification.id}${part}`,
    body: JSON.stringify({
      type: `notification.${notification.kind}`,
      timestamp: content.createdAt,
      data: { ...content, recipients },
    }),
  };
}

/** Identifies the users of a message: the same id always means the same content. */
const hash = (users: string[]): string =>
  createHash('sha256').update(JSON.stringify(users)).digest('hex').slice(0, 32);
