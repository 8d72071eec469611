import type { ChangeEvent, Notification } from '../notification.js';

/** Urgencies, the least one first: `info` waits for the digest, `page` should wake somebody. */
export const URGENCIES = ['info', 'warn', 'page'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Urgency of each topic of a notification. docs/notifications.md has the same table. */
export const TOPIC_URGENCIES = {
  'switch.manual': 'info',
  'switch.auto': 'warn',
  'lifecycle.distant': 'info',
  'lifecycle.near': 'warn',
  'validation.failed': 'warn',
  'validation.passed': 'info',
  'alert.model': 'page',
  'alert.budget': 'info',
  'alert.budget_spent': 'warn',
  'alert.delivery': 'warn',
  'change.proposed': 'info',
  'change.approved': 'info',
  'change.scheduled': 'info',
  'change.applied': 'info',
  'change.rejected': 'info',
  'change.withdrawn': 'info',
  'change.lapsed': 'info',
  'change.conflicted': 'warn',
  'change.failed': 'warn',
  'change.expired': 'warn',
  'change.missed': 'warn',
  'change.broken_glass': 'page',
  'change.reported': 'info',
  'change.reviewed': 'info',
  'change.review_overdue': 'page',
  'change.frozen': 'warn',
  'change.freeze_ended': 'info',
  other: 'warn',
} as const satisfies Record<string, Urgency> & Record<ChangeTopic, Urgency>;
export type ChangeTopic = `change.${ChangeEvent}`;
export type Topic = keyof typeof TOPIC_URGENCIES;

/** Days before an event of the lifecycle from which it is near. */
const NEAR_DAYS = 45;

type Content = Pick<Notification, 'kind' | 'type' | 'modelId' | 'details'>;

const TOPICS: Partial<Record<string, (notification: Content) => Topic>> = {
  switch: ({ type }) => `switch.${type}`,
  lifecycle: ({ details: { days = 0 } }) => (days > NEAR_DAYS ? 'lifecycle.distant' : 'lifecycle.near'),
  validation: ({ details }) => (details.verdict === 'passed' ? 'validation.passed' : 'validation.failed'),
  alert: ({ modelId, details: { budget } }) => {
    if (budget) return budget.threshold >= 100 ? 'alert.budget_spent' : 'alert.budget';
    return modelId === '' ? 'alert.delivery' : 'alert.model';
  },
  change: ({ details: { change } }) => (change ? `change.${change.event}` : 'other'),
};

/** Returns the topic; `other`: a kind or an event that this table does not know yet. */
export function topicOf(notification: Content): Topic {
  const topic = TOPICS[notification.kind]?.(notification) ?? 'other';
  return topic in TOPIC_URGENCIES ? topic : 'other';
}

export const urgencyOf = (notification: Content): Urgency => TOPIC_URGENCIES[topicOf(notification)];

export const isAtLeast = (urgency: Urgency, least: Urgency): boolean =>
  URGENCIES.indexOf(urgency) >= URGENCIES.indexOf(least);
