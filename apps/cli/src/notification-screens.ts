import { z } from 'zod';
import { plain } from './output.js';
import { type Column, type Page, shownTime, table } from './page.js';

const text = z.string().nullish();
export const notificationView = z.object({
  id: z.string(),
  kind: text,
  message: z.string(),
  conversationId: text,
  useCase: text,
  silent: z.boolean().nullish(),
  createdAt: z.string(),
  shownAt: text,
  acknowledgedAt: text,
});
export type NotificationView = z.infer<typeof notificationView>;

const COLUMNS: readonly Column<NotificationView>[] = [
  { head: 'WHEN (UTC)', cell: ({ createdAt }) => shownTime(createdAt).replace(' UTC', '') },
  { head: 'KIND', cell: ({ kind }) => kind ?? '-', dropOrder: 2 },
  { head: 'MESSAGE', cell: ({ message }) => message },
  {
    head: 'OF',
    cell: ({ conversationId, useCase }) => conversationId ?? (useCase ? `use case ${useCase}` : '-'),
    dropOrder: 1,
  },
  { head: 'STATE', cell: stateOf },
  { head: 'ID', cell: ({ id }) => id, dropOrder: 3 },
];

export function notificationsScreen(notifications: readonly NotificationView[], page: Page): string {
  return table(page, COLUMNS, notifications);
}

/** One that has just come. */
export function notificationLine({ createdAt, message, conversationId, useCase }: NotificationView): string {
  const of = conversationId ?? (useCase ? `use case ${useCase}` : undefined);
  return plain(`${shownTime(createdAt)}  ${of ? `${of}: ` : ''}${message}`);
}

export function acknowledgedScreen({ message, acknowledgedAt }: NotificationView): string {
  const since = acknowledgedAt ? ` (${shownTime(acknowledgedAt)})` : '';
  return `✅ Acknowledged${since}: ${plain(message)}`;
}

function stateOf({ acknowledgedAt, shownAt, silent }: NotificationView): string {
  if (acknowledgedAt) return 'acknowledged';
  if (silent) return 'silent';
  return shownAt ? 'shown' : 'new';
}
