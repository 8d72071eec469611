import { z } from 'zod';
import { plain } from './output.js';
import { type Column, facts, type Page, shownTime, table } from './page.js';

const text = z.string().nullish();
export const webhookView = z.looseObject({
  id: z.string(),
  owner: text,
  feed: z.string(),
  url: z.string(),
  status: z.string(),
  position: z.number().nullish(),
  deliveredAt: text,
  failures: z.number().nullish(),
  failingSince: text,
  lastError: text,
  nextAttemptAt: text,
});
export const webhookWithSecret = webhookView.extend({ secret: z.string() });
export const deliveryView = z.object({
  delivered: z.boolean(),
  status: z.number().nullish(),
  error: text,
});

type WebhookView = z.infer<typeof webhookView>;
type WebhookWithSecret = z.infer<typeof webhookWithSecret>;

const COLUMNS: readonly Column<WebhookView>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'FEED', cell: ({ feed }) => feed, dropOrder: 2 },
  { head: 'URL', cell: ({ url }) => url },
  { head: 'STATUS', cell: statusOf },
  { head: 'LAST DELIVERY', cell: ({ deliveredAt }) => timeOr(deliveredAt, 'never'), dropOrder: 1 },
  { head: 'NEXT TRY', cell: ({ nextAttemptAt }) => timeOr(nextAttemptAt, '-'), dropOrder: 3 },
  { head: 'OWNER', cell: ({ owner }) => owner ?? '-', dropOrder: 4 },
];

export const webhooksScreen = (webhooks: readonly WebhookView[], page: Page) =>
  table(page, COLUMNS, webhooks);

export const noWebhooksYet = ({ program }: Page) =>
  `No webhooks yet. Make one: ${program} webhooks create https://push.example.com/switches --feed users`;

export function createdWebhookScreen(made: WebhookWithSecret, page: Page): string {
  return [`✅ ${plain(made.url)} gets notifications from now on.`, ...shownOnce(made, page)].join('\n');
}

export function rotatedWebhookScreen(made: WebhookWithSecret, page: Page): string {
  return [`✅ ${plain(made.url)} has a new secret.`, ...shownOnce(made, page)].join('\n');
}

export const deletedWebhookScreen = ({ url }: WebhookView) => `✅ ${plain(url)} gets no more notifications.`;

export function testedScreen({ delivered, status, error }: z.infer<typeof deliveryView>): string {
  return delivered
    ? `✅ The receiver took the test message (${status}).`
    : `❌ The receiver did not take the test message: ${plain(error ?? 'no reason given')}.`;
}

export const resumedScreen = ({ url, position }: WebhookView) =>
  `✅ ${plain(url)} gets the notifications after ${position ?? 'its position'} immediately.`;

function shownOnce({ id, secret, feed }: WebhookWithSecret, { program }: Page): string[] {
  return [
    '',
    `   ${plain(secret)}`,
    '',
    '   Copy it now: it is shown this once. The receiver verifies signatures with it.',
    '',
    ...facts([
      ['Id', id],
      ['Feed', feed],
      ['Try it', `${program} webhooks test ${id}`],
    ]),
  ];
}

function statusOf({ status, failures, lastError }: WebhookView): string {
  return lastError ? `${status}: ${lastError}${failures ? `, ${failures} times` : ''}` : status;
}

const timeOr = (iso: string | null | undefined, otherwise: string): string =>
  iso ? shownTime(iso) : otherwise;
