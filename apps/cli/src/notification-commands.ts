import { type Command, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { type Notification, notificationOf, operatorMessage } from './notification-output.js';
import { followNotifications } from './notification-stream.js';
import { stripControlChars } from './output.js';
import { listed, numbered, withLimit } from './pagination.js';
import { type Column, type Page, shownTime, timeColumn } from './render.js';

const KINDS = ['switch', 'lifecycle', 'validation', 'alert', 'change'];

interface Given {
  readonly user?: string;
  readonly kind?: Schemas['Notification']['kind'];
  readonly unacknowledged?: true;
  readonly silent?: true;
  readonly follow?: true;
  readonly limit: number;
}

const COLUMNS: readonly Column<Notification>[] = [
  timeColumn('WHEN', ({ createdAt }) => createdAt),
  { head: 'KIND', cell: ({ kind }) => kind ?? '-', dropOrder: 2 },
  { head: 'MESSAGE', cell: operatorMessage },
  { head: 'OF', cell: (notification) => notificationOf(notification) ?? '-', dropOrder: 1 },
  { head: 'STATE', cell: stateOf },
  { head: 'ID', cell: ({ id }) => id, dropOrder: 3, isKey: true },
];

export function addNotificationCommands(cli: Cli): void {
  const notifications = noun(
    cli.program,
    'notifications',
    'notifications for operators (needs the scope operate or read) or for a user (act-as)',
  );
  addList(notifications, cli);
  addAcknowledge(notifications, cli);
}

function addList(notifications: Command, { run, stream }: Cli): void {
  const list = notifications
    .command('list', { isDefault: true })
    .description('newest first')
    .option('--user <id>', 'notifications for this user', nonEmpty)
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(KINDS))
    .option('--unacknowledged', 'only those that were not acknowledged yet')
    .option('--silent', 'also those that nobody was to be shown')
    .addOption(
      new Option('--follow', 'instead of a list: new ones as they come, until Ctrl-C').conflicts([
        'kind',
        'unacknowledged',
        'silent',
      ]),
    );
  withLimit(list).action(({ user, kind, unacknowledged, silent, limit, ...given }: Given) => {
    if (given.follow) return stream((context) => followNotifications(user, context));
    const filter = {
      userId: user,
      kind,
      unacknowledged,
      includeSilent: silent,
    };
    return run(
      listed({
        page: (api, position) =>
          api.GET('/v1/notifications', { params: { query: { ...filter, ...numbered(position) } } }),
        what: 'notifications',
        most: limit,
        columns: COLUMNS,
        none: () => 'No notifications.',
      }),
    );
  });
  examples(list, '--unacknowledged', '--kind lifecycle', '--user user-456', '--follow');
}

function addAcknowledge(notifications: Command, { run }: Cli): void {
  const acknowledge = notifications
    .command('ack')
    .description('acknowledge one; other recipients still have to')
    .argument('<id>', 'as `notifications -o wide` shows it', nonEmpty)
    .option('--user <id>', 'for this user (needs the scope act-as)', nonEmpty)
    .action((id: string, { user }: { user?: string }) => {
      const params = { path: { id }, query: { userId: user } };
      return run({
        send: (client) => client.api({ effect: 'repeatable' }).POST('/v1/notifications/{id}/ack', { params }),
        show: acknowledgedText,
      });
    });
  examples(acknowledge, '<id>', '<id> --user user-456');
}

function acknowledgedText(notification: Notification, page: Page): string {
  const { acknowledgedAt } = notification;
  const since = acknowledgedAt ? ` (${shownTime(acknowledgedAt, page)})` : '';
  return `✅ Acknowledged${since}: ${stripControlChars(operatorMessage(notification))}`;
}

function stateOf({ acknowledgedAt, shownAt, silent }: Notification): string {
  if (acknowledgedAt) return 'acknowledged';
  if (silent) return 'silent';
  return shownAt ? 'shown' : 'new';
}
