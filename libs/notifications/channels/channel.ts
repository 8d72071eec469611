import type { Leased } from '../delivery/delivery.js';
import type { NotificationKind } from '../notification.js';
import type { Urgency } from './urgency.js';

/** Where people read messages. Each kind has its address in a field of its name. */
export const CHANNEL_KINDS = ['slack', 'email'] as const;

/** `implicit`: TLS from the first byte; `starttls`: required before the login; `none`: only to this machine. */
export const TLS_MODES = ['implicit', 'starttls', 'none'] as const;

/** Address of a Slack channel: an incoming webhook, whose URL is the secret. */
export interface SlackTarget {
  host: string;
}

/** Mail server and addresses. The password of `user` is the secret. */
export interface EmailTarget {
  host: string;
  port: number;
  tls: (typeof TLS_MODES)[number];
  /** Null: the server asks for no login. */
  user: string | null;
  from: string;
  to: string[];
}

export type ChannelTarget = { kind: 'slack'; target: SlackTarget } | { kind: 'email'; target: EmailTarget };

/** Notifications that a channel gets, and how they are worded. */
export interface ChannelSettings {
  name: string;
  /** Null: all kinds. */
  kinds: NotificationKind[] | null;
  /** Null: all, also notifications without a use case. */
  useCases: string[] | null;
  leastUrgency: Urgency;
  /** Code of a language of the texts, e.g. `en`. */
  language: string;
  /** True: messages contain the reasons that callers gave, which may be about people. */
  includeReasons: boolean;
}

interface Stored extends ChannelSettings {
  id: string;
}

export type Channel = Stored &
  ChannelTarget & {
    status: 'active' | 'failing' | 'disabled';
    /** The `seq` up to which everything is delivered, waits for the digest, or is not for this channel. */
    position: number;
    /** Time of the next digest; null: nothing waits for it. */
    digestDueAt: Date | null;
    createdAt: Date;
    deliveredAt: Date | null;
    /** Failures since the last delivery. */
    failures: number;
    failingSince: Date | null;
    lastError: string | null;
    /** Time of the next attempt; null: nothing failed, or it is disabled. */
    nextAttemptAt: Date | null;
  };

/**
 * Position of a channel in the feed. Notifications after `digestAfter` and up to `position` wait for the digest if they
 * are of urgency `info`, or after `heldAfter`.
 */
export interface ChannelCursor {
  position: number;
  digestAfter: number;
  /** Last `seq` of the digest that is being sent: a repetition has the same content and id. Null: none is. */
  digestUntil: number | null;
  digestDueAt: Date | null;
  /** The `seq` after which urgent notifications wait, too, because there were too many; null: they do not wait. */
  heldAfter: number | null;
  /** Messages about single notifications since `postsSince`. */
  posts: number;
  postsSince: Date | null;
}

export type LeasedChannel = Leased &
  Stored &
  ChannelTarget &
  ChannelCursor & {
    encryptedSecret: string;
    isDigestDue: boolean;
  };

/** One message to people. The same content always has the same id. */
export interface ChannelMessage {
  id: string;
  urgency: Urgency;
  subject: string;
  lines: string[];
  /** Page of the console and its label; null: the address of the console is not configured. */
  link: { label: string; url: string } | null;
}

/** Returns the fields of the cursor alone. */
export const cursorOf = (channel: ChannelCursor): ChannelCursor => ({
  position: channel.position,
  digestAfter: channel.digestAfter,
  digestUntil: channel.digestUntil,
  digestDueAt: channel.digestDueAt,
  heldAfter: channel.heldAfter,
  posts: channel.posts,
  postsSince: channel.postsSince,
});
