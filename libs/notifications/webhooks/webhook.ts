/** What a webhook is told: what all users are told, or what operators are. */
export const FEEDS = ['users', 'operators'] as const;
export type Feed = (typeof FEEDS)[number];

/** `waiting`: neither its key nor a successor of it lives and may have the feed. */
export type WebhookStatus = 'active' | 'failing' | 'waiting' | 'disabled';

export interface Webhook {
  id: string;
  /** `owner` of a service key, or bootstrap. */
  owner: string;
  feed: Feed;
  url: string;
  status: WebhookStatus;
  /** The `seq` up to which everything was delivered, or is not for this webhook. */
  position: number;
  createdAt: Date;
  deliveredAt: Date | null;
  /** Failures since the last delivery. */
  failures: number;
  failingSince: Date | null;
  lastError: string | null;
  /** When it is tried again; null: nothing failed, or it is disabled. */
  nextAttemptAt: Date | null;
}

/** What secrets are derived from. */
export interface SecretIds {
  secretId: string;
  /** Signs beside the other until it ends. */
  formerSecretId: string | null;
}

/** How far a webhook was told. `afterUser`: of the notification at `position + 1`, the last of its users that it has. */
export interface Cursor {
  position: number;
  afterUser: string;
}

/** A webhook that this process delivers to, and nobody else as long as it holds the lease. */
export interface LeasedWebhook extends Cursor, SecretIds {
  id: string;
  owner: string;
  feed: Feed;
  url: string;
  failures: number;
  lease: string;
}

/** Webhooks whose receivers are known to be slow, and how many of them may be leased; 0 or less: none. */
export interface SlowWebhooks {
  ids: string[];
  limit: number;
}

/** One request to a receiver. The same id for the same content, however often it is sent. */
export interface WebhookMessage {
  id: string;
  body: string;
}

export type Delivery =
  | { delivered: true; status: number }
  | {
      delivered: false;
      /** Null: there was no answer. */
      status: number | null;
      /** In our own words: of the receiver's answer only its status. */
      error: string;
      /** As long as the receiver wants to be left alone. */
      retryAfterMs: number;
    };
