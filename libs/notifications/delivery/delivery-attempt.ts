/** `recovered`: delivered after failed attempts. */
export const ATTEMPT_STATES = ['delivered', 'recovered', 'failed'] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** One request to a receiver and its result. Contains nothing of the message or of the response but its status. */
export interface NewDeliveryAttempt {
  /** Webhook or channel. */
  receiverId: string;
  /** The same at each attempt: the `webhook-id` of a message to a webhook. */
  messageId: string;
  /** Of a digest: its own id. */
  notificationId: string;
  state: AttemptState;
  /** 1 for the first attempt since the last delivery; null: a resend. */
  attempt: number | null;
  attemptedAt: Date;
  durationMs: number;
  /** Status of HTTP or SMTP; null: no response. */
  status: number | null;
  /** Our own text. */
  error: string | null;
  /** Actor of a resend; null: the worker. */
  resentBy: string | null;
}

/** Stored attempt with its notification. */
interface StoredAttempt extends Omit<NewDeliveryAttempt, 'receiverId'> {
  id: number;
  /** Of the notification; null: it is a digest, or the notification is no longer kept. */
  seq: number | null;
  kind: string | null;
  title: string | null;
  /** Time of the next attempt; only of the newest one, if it failed. */
  nextAttemptAt: Date | null;
}

export interface DeliveryAttempt extends StoredAttempt {
  webhookId: string;
  url: string;
}

export interface ChannelAttempt extends StoredAttempt {
  channelId: string;
}

export interface AttemptPage<Attempt> {
  items: Attempt[];
  nextCursor: string | null;
}

export interface AttemptFilter {
  webhookId?: string;
  state?: AttemptState;
}
