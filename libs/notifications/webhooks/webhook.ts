import type { Leased } from '../delivery/delivery.js';

/** Feeds of webhooks: the notifications of all users, or those of operators. */
export const FEEDS = ['users', 'operators'] as const;
export type Feed = (typeof FEEDS)[number];

/** `waiting`: neither its key nor a successor of it is valid and may have the feed. */
export type WebhookStatus = 'active' | 'failing' | 'waiting' | 'disabled';

export interface Webhook {
  id: string;
  /** `owner` of a service key, or bootstrap. */
  owner: string;
  feed: Feed;
  url: string;
  status: WebhookStatus;
  /** The `seq` up to which everything is delivered, or is not for this webhook. */
  position: number;
  createdAt: Date;
  deliveredAt: Date | null;
  /** Failures since the last delivery. */
  failures: number;
  failingSince: Date | null;
  lastError: string | null;
  /** Time of the next attempt; null: nothing failed, or it is disabled. */
  nextAttemptAt: Date | null;
}

/** Part of a webhook that its creator sets. */
export type WebhookSettings = Pick<Webhook, 'owner' | 'feed' | 'url'>;

/** Ids that secrets are derived from. */
export interface SecretIds {
  secretId: string;
  /** Signs in addition to the other until it expires. */
  formerSecretId: string | null;
}

/** Position of a webhook in the feed. `afterUser`: of the notification at `position + 1`, the last user delivered. */
export interface Cursor {
  position: number;
  afterUser: string;
}

/** Webhook that only this process delivers to while it holds the lease. */
export interface LeasedWebhook extends Leased, Cursor, SecretIds {
  owner: string;
  feed: Feed;
  url: string;
}

/** One request to a receiver. The same content always has the same id. */
export interface WebhookMessage {
  id: string;
  body: string;
}
