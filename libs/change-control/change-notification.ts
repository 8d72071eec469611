import { changeSentence, textsOf } from '#libs/notifications/channels/channel-texts.js';
import { type ChangeEvent, deduplicationId, type NewNotification } from '#libs/notifications/notification.js';
import type { ChangeRequest, DecisionKind } from './change-request.js';

/** Event that follows from a decision; null: none yet. An approval may not be the last one. */
export const EVENTS: Record<DecisionKind, ChangeEvent | null> = {
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
};

/** Events of changes without approvals, which are reviewed afterwards. */
const OF_REVIEWS: readonly ChangeEvent[] = ['broken_glass', 'reported', 'review_overdue'];

/** Change as far as a notification is about it. */
export type NotifiedRequest = Pick<ChangeRequest, 'id' | 'useCases' | 'reason' | 'applyAt' | 'reviewDueAt'>;

export interface ChangeOccasion {
  event: ChangeEvent;
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
  const notified = { id, event, useCases, dueAt };
  return {
    id: deduplicationId('change', id, event, repetition),
    kind: 'change',
    audience: 'operators',
    useCase: useCases.length === 1 ? useCases[0]! : null,
    type: actor.startsWith('system:') ? 'auto' : 'manual',
    title: TITLES[event],
    message: changeSentence(notified, textsOf('en')),
    modelId: '',
    modelName: '',
    provider: null,
    reason: comment ?? reason,
    details: { change: notified },
    silent: false,
    occurredAt: at,
  };
}

function dueAtOf({ applyAt, reviewDueAt }: NotifiedRequest, event: ChangeEvent): Date | null {
  if (event === 'scheduled') return applyAt;
  return OF_REVIEWS.includes(event) ? reviewDueAt : null;
}
