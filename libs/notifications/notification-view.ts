import { ENGLISH, openingOf } from '#libs/switch-texts/switch-texts.js';
import type { Notification } from './notification.js';

const NO_DETAILS = {
  direction: null,
  from: null,
  to: null,
  milestone: null,
  dueAt: null,
  days: null,
  verdict: null,
  budget: null,
  change: null,
};
const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const { switched } = ENGLISH;
const UPGRADED = openingOf(switched.upgrade);

/** Replaces "Upgraded from", which the action endpoint and the audit row use for every switch as a contract. */
const exactly = (message: string, direction: keyof typeof switched | undefined): string =>
  direction && message.startsWith(UPGRADED)
    ? openingOf(switched[direction]) + message.slice(UPGRADED.length)
    : message;

/** Converts to JSON: the same in the list, in the stream and in webhooks. */
export const toNotificationView = ({ details, occurredAt, ...notification }: Notification) => ({
  ...notification,
  message: exactly(notification.message, details.direction),
  ...NO_DETAILS,
  ...details,
  switchId: notification.kind === 'switch' ? notification.id : null,
  createdAt: occurredAt.toISOString(),
  shownAt: iso(notification.shownAt),
  acknowledgedAt: iso(notification.acknowledgedAt),
});
