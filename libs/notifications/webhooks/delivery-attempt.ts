/** `recovered`: delivered after failed attempts. */
export const ATTEMPT_STATES = ['delivered', 'recovered', 'failed'] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** One request to a receiver and its result. Contains nothing of the message or of the response but its status. */
export interface NewDeliveryAttempt {
  webhookId: string;
  /** The `webhook-id` of the message. */
  messageId: string;
  notificationId: string;
  state: AttemptState;
  /** 1 for the first attempt since the last delivery; null: a resend. */
  attempt: number | null;
  attemptedAt: Date;
  durationMs: number;
  /** HTTP status of the receiver; null: no response. */
  status: number | null;
  /** Our own text. */
  error: string | null;
  /** Actor of a resend; null: the worker. */
  resentBy: string | null;
}

export interface DeliveryAttempt extends NewDeliveryAttempt {
  id: number;
  url: string;
  /** Of the notification; null: it is no longer kept. */
  seq: number | null;
  kind: string | null;
  title: string | null;
  /** Time of the next attempt; only of the newest one, if it failed. */
  nextAttemptAt: Date | null;
}

export interface AttemptFilter {
  webhookId?: string;
  state?: AttemptState;
}
