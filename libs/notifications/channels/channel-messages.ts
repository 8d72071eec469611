import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { fillIn } from '#libs/switch-texts/switch-texts.js';
import type { Step } from '../delivery/delivery.js';
import { isFreezeEvent, type Notification, type PublishedNotification } from '../notification.js';
import { NotificationsRepository } from '../notifications.repository.js';
import { type ChannelCursor, type ChannelMessage, cursorOf, type LeasedChannel } from './channel.js';
import { linesOf, subjectOf, textsOf, titleOf } from './channel-texts.js';
import { Digest } from './digest.js';
import { isAtLeast, urgencyOf } from './urgency.js';

const PAGE = 100;
/** Longest time that a notification of urgency `info` waits for its digest. */
const DIGEST_MS = 3_600_000;
/** Messages about single notifications within `POSTS_MS`. Those beyond become a digest after the same time. */
const MAX_POSTS = 10;
const POSTS_MS = 60_000;
const DIGEST_PAGE = 1_000;
/** Numbers of the feed that one digest covers, so that a lease does not expire while they are read. */
const MAX_DIGEST = 50_000;

type ChannelStep = Step<ChannelMessage, ChannelCursor>;

/** Returns the next messages of a channel, from the numbered feed. */
@Injectable()
export class ChannelMessages {
  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'PUBLIC_URL'>,
  ) {}

  /** Yields the digest if it is due, and then a page in the order of publication; nothing: there is nothing new. */
  async *after(channel: LeasedChannel): AsyncGenerator<ChannelStep> {
    let cursor = cursorOf(channel);
    if (channel.isDigestDue)
      for await (const step of this.digest(channel, cursor)) {
        cursor = step.cursor;
        yield step;
      }
    const found = await this.notifications.publishedAfter(cursor.position, PAGE);
    for (const published of found) {
      const isSingle = isMeant(published, channel) && this.isSingle(published.notification, cursor);
      cursor = this.cursorAfter(published, channel, cursor);
      if (isSingle) yield { message: this.messageOf(published.notification, channel), cursor };
    }
    if (found.length > 0) yield { message: null, cursor };
  }

  testMessage(channel: LeasedChannel, id: string): ChannelMessage {
    const texts = textsOf(channel.language);
    const { subject, line } = texts.channel.test;
    return {
      id,
      urgency: 'info',
      subject: subjectOf('info', subject, texts),
      lines: [fillIn(line, { name: channel.name })],
      link: this.link(channel, `settings/channels/${channel.id}`),
    };
  }

  /** Returns whether a notification gets its own message, and does not wait for the digest. */
  private isSingle(notification: Notification, cursor: ChannelCursor): boolean {
    if (urgencyOf(notification) === 'info' || cursor.heldAfter !== null) return false;
    return this.postsOf(cursor).posts < MAX_POSTS;
  }

  private cursorAfter(
    published: PublishedNotification,
    channel: LeasedChannel,
    cursor: ChannelCursor,
  ): ChannelCursor {
    const { notification } = published;
    const passed = { ...cursor, position: notification.seq };
    if (!isMeant(published, channel)) return passed;
    if (this.isSingle(notification, cursor)) {
      const { posts, postsSince } = this.postsOf(cursor);
      return { ...passed, posts: posts + 1, postsSince };
    }
    if (urgencyOf(notification) === 'info')
      return { ...passed, digestDueAt: cursor.digestDueAt ?? this.inMs(DIGEST_MS) };
    if (cursor.heldAfter !== null) return passed;
    return {
      ...passed,
      heldAfter: cursor.position,
      digestDueAt: earlier(cursor.digestDueAt, this.inMs(POSTS_MS)),
    };
  }

  /** First saves the end of the digest, so that a repetition has the same content. */
  private async *digest(channel: LeasedChannel, from: ChannelCursor): AsyncGenerator<ChannelStep> {
    const digestUntil = from.digestUntil ?? Math.min(from.position, from.digestAfter + MAX_DIGEST);
    const begun = { ...from, digestUntil };
    if (from.digestUntil === null) yield { message: null, cursor: begun };
    const digest = await this.readDigest(channel, begun, digestUntil);
    const isWhole = digestUntil === from.position;
    const cursor = {
      ...begun,
      digestAfter: digestUntil,
      digestUntil: null,
      ...(isWhole && { digestDueAt: null, heldAfter: null }),
    };
    const link = this.link(channel, 'activity');
    yield { message: digest.message({ channel, until: digestUntil, after: from.digestAfter, link }), cursor };
  }

  private async readDigest(channel: LeasedChannel, cursor: ChannelCursor, until: number): Promise<Digest> {
    const digest = new Digest(textsOf(channel.language));
    let after = cursor.digestAfter;
    while (after < until) {
      const found = await this.notifications.publishedAfter(after, DIGEST_PAGE);
      for (const published of found)
        if (isInDigest(published, channel, cursor, until)) digest.add(published.notification);
      after = found.at(-1)?.notification.seq ?? until;
    }
    return digest;
  }

  private messageOf(notification: Notification, channel: LeasedChannel): ChannelMessage {
    const texts = textsOf(channel.language);
    const urgency = urgencyOf(notification);
    return {
      id: notification.id,
      urgency,
      subject: subjectOf(urgency, titleOf(notification, texts), texts),
      lines: linesOf(notification, texts, channel.includeReasons),
      link: this.link(channel, pageOf(notification)),
    };
  }

  private link({ language }: LeasedChannel, page: string): ChannelMessage['link'] {
    const { PUBLIC_URL } = this.env;
    if (PUBLIC_URL === undefined) return null;
    const label = textsOf(language).channel.open;
    return { label, url: `${PUBLIC_URL.replace(/\/$/, '')}/console/${page}` };
  }

  /** Starts at 0 again after a minute. */
  private postsOf({ posts, postsSince }: ChannelCursor): { posts: number; postsSince: Date } {
    const now = this.clock.now();
    if (postsSince === null || now.getTime() - postsSince.getTime() >= POSTS_MS)
      return { posts: 0, postsSince: now };
    return { posts, postsSince };
  }

  private inMs(ms: number): Date {
    return new Date(this.clock.millis() + ms);
  }
}

/** Channels have the feed of operators. */
function isMeant({ audience, notification }: PublishedNotification, channel: LeasedChannel): boolean {
  const { kinds, useCases, leastUrgency } = channel;
  if (notification.silent || audience === 'user') return false;
  if (kinds && !kinds.includes(notification.kind)) return false;
  if (useCases && !useCasesOf(notification).some((name) => useCases.includes(name))) return false;
  return isAtLeast(urgencyOf(notification), leastUrgency);
}

/** A change may be of several. */
const useCasesOf = ({ useCase, details }: Notification): string[] =>
  details.change?.useCases ?? (useCase === null ? [] : [useCase]);

function isInDigest(
  published: PublishedNotification,
  channel: LeasedChannel,
  { heldAfter }: ChannelCursor,
  until: number,
): boolean {
  const { notification } = published;
  if (notification.seq > until || !isMeant(published, channel)) return false;
  return urgencyOf(notification) === 'info' || (heldAfter !== null && notification.seq > heldAfter);
}

const earlier = (due: Date | null, other: Date): Date => (due && due < other ? due : other);

function pageOf({ kind, useCase, modelId, details: { change } }: Notification): string {
  if (change) return isFreezeEvent(change.event) ? 'lifecycle' : `changes/${change.id}`;
  if (kind === 'switch' && useCase) return `use-cases/${encodeURIComponent(useCase)}`;
  return modelId === '' ? 'overview' : `models/${encodeURIComponent(modelId)}`;
}
