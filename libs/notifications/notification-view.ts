import type { Notification } from './notification.js';

const NO_DETAILS = {
  direction: null,
  from: null,
  to: null,
  milestone: null,
  dueAt: null,
  days: null,
  verdict: null,
};
const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** As JSON: the same in the list, in the stream and to webhooks. */
export const toNotificationView = ({ details, occurredAt, ...notification }: Notification) => ({
  ...notification,
  ...NO_DETAILS,
  ...details,
  switchId: notification.kind === 'switch' ? notification.id : null,
  createdAt: occurredAt.toISOString(),
  shownAt: iso(notification.shownAt),
  acknowledgedAt: iso(notification.acknowledgedAt),
});
