import { changeSentence, textsOf } from '#libs/notifications/channels/channel-texts.js';
import {
  type ChangeEvent,
  deduplicationId,
  type FreezeEvent,
  type NewNotification,
  type NotifiedChange,
  type RequestEvent,
} from '#libs/notifications/notification.js';
import type { ChangeRequest, DecisionKind } from './change-request.js';
import type { Freeze } from './freeze.js';

/** Event that follows from a decision; null: none yet. An approval may not be the last one. */
export const EVENTS: Record<DecisionKind, RequestEvent | null> = {
  propose: 'proposed',
  revise: 'proposed',
  approve: null,
  reject: 'rejected',
  withdraw: 'withdrawn',
  schedule: null,
  lapse: 'lapsed',
  apply: 'applied',
  expire: 'expired',
  conflict: 'conflicted',
  fail: 'failed',
  break_glass: 'broken_glass',
  review_accepted: 'reviewed',
  review_undo: 'reviewed',
};

const TITLES: Record<ChangeEvent, string> = {
  proposed: 'Change Proposed',
  approved: 'Change Approved',
  scheduled: 'Change Scheduled',
  applied: 'Change Applied',
  rejected: 'Change Rejected',
  withdrawn: 'Change Withdrawn',
  lapsed: 'Change Needs Approval Again',
  conflicted: 'Change In Conflict',
  failed: 'Change Failed',
  expired: 'Change Expired',
  missed: 'Change Missed Its Time',
  broken_glass: 'Glass Broken',
  reported: 'Review of a Fallback',
  reviewed: 'Change Reviewed',
  review_overdue: 'Review Overdue',
  frozen: 'Freeze Made',
  freeze_ended: 'Freeze Ended Early',
};

/** Events of changes without approvals, which are reviewed afterwards. */
const OF_REVIEWS: readonly RequestEvent[] = ['broken_glass', 'reported', 'review_overdue'];

/** Change as far as a notification is about it. */
export type NotifiedRequest = Pick<ChangeRequest, 'id' | 'useCases' | 'reason' | 'applyAt' | 'reviewDueAt'>;

export interface ChangeOccasion {
  event: RequestEvent;
  at: Date;
  actor: string;
  /** Absent or null: the reason of the change. */
  comment?: string | null;
  /** Two occasions with the same one are notified once; absent: the time. */
  repetition?: string;
}

/** Notification of operators about a change. It names no person. */
export function changeNotification(change: NotifiedRequest, occasion: ChangeOccasion): NewNotification {
  const { event, at, actor, comment, repetition = at.toISOString() } = occasion;
  const { id, useCases, reason } = change;
  const dueAt = dueAtOf(change, event)?.toISOString() ?? null;
  return {
    ...notificationOf({ id, event, useCases, from: null, dueAt }, at, repetition),
    type: actor.startsWith('system:') ? 'auto' : 'manual',
    reason: comment ?? reason,
  };
}

/**
 * Notification of operators about a freeze. It names no person.
 * @param useCases those that it holds, also where it holds all: a filter by use case then finds it
 */
export function freezeNotification(
  { id, from, to, reason }: Pick<Freeze, 'id' | 'from' | 'to' | 'reason'>,
  { event, at, useCases }: { event: FreezeEvent; at: Date; useCases: string[] },
): NewNotification {
  const notified = { id, event, useCases, from: from.toISOString(), dueAt: to.toISOString() };
  return { ...notificationOf(notified, at, at.toISOString()), type: 'manual', reason };
}

function notificationOf(change: NotifiedChange, at: Date, repetition: string) {
  const { id, event, useCases } = change;
  return {
    id: deduplicationId('change', id, event, repetition),
    kind: 'change',
    audience: 'operators',
    useCase: useCases.length === 1 ? useCases[0]! : null,
    title: TITLES[event],
    message: changeSentence(change, textsOf('en')),
    modelId: '',
    modelName: '',
    provider: null,
    details: { change },
    silent: false,
    occurredAt: at,
  } as const;
}

function dueAtOf({ applyAt, reviewDueAt }: NotifiedRequest, event: RequestEvent): Date | null {
  if (event === 'scheduled') return applyAt;
  return OF_REVIEWS.includes(event) ? reviewDueAt : null;
}
