import { createHash } from 'node:crypto';

export const NOTIFICATION_KINDS = ['switch', 'lifecycle', 'validation', 'alert', 'change'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Events of a change request. `missed`: it expired because its time was past; `reported`: a key's fallback switch made it. */
export const REQUEST_EVENTS = [
  'proposed',
  'approved',
  'scheduled',
  'applied',
  'rejected',
  'withdrawn',
  'lapsed',
  'conflicted',
  'failed',
  'expired',
  'missed',
  'broken_glass',
  'reported',
  'reviewed',
  'review_overdue',
] as const;
export type RequestEvent = (typeof REQUEST_EVENTS)[number];

/** Events of a freeze: it is made, or ended early. */
export const FREEZE_EVENTS = ['frozen', 'freeze_ended'] as const;
export type FreezeEvent = (typeof FREEZE_EVENTS)[number];

export const CHANGE_EVENTS = [...REQUEST_EVENTS, ...FREEZE_EVENTS] as const;
export type ChangeEvent = (typeof CHANGE_EVENTS)[number];

export const isFreezeEvent = (event: ChangeEvent): event is FreezeEvent =>
  (FREEZE_EVENTS as readonly string[]).includes(event);

/**
 * Recipients of a notification. A switch of a use case is one notification. It reaches the operators, and everyone with
 * a conversation that followed the use case at that switch.
 */
type Audience =
  | { audience: 'user'; userId: string }
  | { audience: 'followers'; useCase: string; useCaseSeq: number }
  | { audience: 'operators' };

/** Fields that only some kinds have. */
export interface NotificationDetails {
  /** Of a switch: by the tiers of the two models, whose names are `from` and `to`. */
  direction?: 'upgrade' | 'downgrade' | 'lateral';
  from?: string;
  to?: string;
  /** Of a lifecycle warning: the event, its time (ISO 8601), and the whole days until then. */
  milestone?: 'legacy' | 'extended_access' | 'end_of_life';
  dueAt?: string;
  days?: number;
  /** Of a validation: the current model health. */
  verdict?: 'failed' | 'passed';
  budget?: ReachedBudget;
  change?: NotifiedChange;
}

/** Change request or freeze with its event. It names no person, who may be erased: `id` finds it. */
export interface NotifiedChange {
  id: string;
  event: ChangeEvent;
  useCases: string[];
  /** ISO 8601. Of a freeze: its begin; otherwise null or, of an earlier release, absent. */
  from?: string | null;
  /** ISO 8601. Of a scheduled change: its time; of one without approvals: until when it must be reviewed; of a freeze: its end. */
  dueAt: string | null;
}

/** Budget whose spend has reached a threshold. It names no user, who may be erased: `id` finds it in the list of budgets. */
export interface ReachedBudget {
  id: string;
  scope: 'all' | 'use_case' | 'key' | 'user';
  period: 'day' | 'month';
  /** First day (UTC) of the period. */
  from: string;
  /** Percent of the limit. */
  threshold: number;
  /** USD, as decimal strings. */
  limitUsd: string;
  spentUsd: string;
  /** Calls that are not in `spentUsd`, because their cost is not known. */
  unknownCostCalls: number;
  /** True: the real spend is higher. */
  incomplete: boolean;
}

interface Content {
  /** Of a switch: the id of its event. A second notification with the same id is not stored. */
  id: string;
  kind: NotificationKind;
  conversationId?: string | null;
  useCase?: string | null;
  type: 'auto' | 'manual';
  title: string;
  message: string;
  /** The model concerned; of a switch: the new one. */
  modelId: string;
  modelName: string;
  provider: string | null;
  reason: string | null;
  details: NotificationDetails;
  /** True: stored, and never streamed or pushed. */
  silent: boolean;
  occurredAt: Date;
}

export type NewNotification = Content & Audience;

/** Published notification with the receipt of one recipient. */
export interface Notification extends Content {
  /** Number in the order of publication. */
  seq: number;
  /** Null: it has several recipients. */
  userId: string | null;
  conversationId: string | null;
  useCase: string | null;
  shownAt: Date | null;
  acknowledgedAt: Date | null;
}

/** Published notification before its recipients are resolved. */
export interface PublishedNotification {
  notification: Notification;
  audience: Audience['audience'];
  /** Set for a switch of a use case. */
  useCaseSeq: number | null;
}

export interface NotificationFilter {
  kind?: NotificationKind;
  unacknowledged?: boolean;
  includeSilent?: boolean;
}

/** Returns the same id for the same occasion, so that its notification is stored once, however often it is written. */
export function deduplicationId(...occasion: string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(occasion)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80; // RFC 9562: version 8, with a custom layout
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
