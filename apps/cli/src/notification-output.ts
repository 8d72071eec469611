import { z } from 'zod';
import { stripControlChars } from './output.js';
import { type Page, shownTime } from './render.js';

const text = z.string().nullish();
/** A notification of a list, or of a stream, which a newer service may have written. */
export const streamedNotification = z.object({
  id: z.string(),
  kind: text,
  message: z.string(),
  direction: text,
  conversationId: text,
  useCase: text,
  silent: z.boolean().nullish(),
  createdAt: z.string(),
  shownAt: text,
  acknowledgedAt: text,
});
export type Notification = z.infer<typeof streamedNotification>;

const VERBS: Readonly<Record<string, string>> = { downgrade: 'Downgraded', lateral: 'Switched' };

/** The document's message says "Upgraded" of every switch; operators read the direction. */
export const operatorMessage = ({
  message,
  direction,
}: {
  readonly message: string;
  readonly direction?: string | null;
}): string => message.replace(/^Upgraded\b/, VERBS[direction ?? ''] ?? 'Upgraded');

export const notificationOf = ({ conversationId, useCase }: Notification): string | undefined =>
  conversationId ?? (useCase ? `use case ${useCase}` : undefined);

/** One that has just come. */
export function notificationLine(notification: Notification, page: Page): string {
  const of = notificationOf(notification);
  const message = operatorMessage(notification);
  return stripControlChars(`${shownTime(notification.createdAt, page)}  ${of ? `${of}: ` : ''}${message}`);
}
