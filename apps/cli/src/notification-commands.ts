import { type Command, Option } from 'commander';
import { examples, filled } from './command-words.js';
import { follow } from './follow.js';
import { listed, withLimit } from './lists.js';
import { acknowledgedScreen, notificationsScreen, notificationView } from './notification-screens.js';
import type { Ask, Watch } from './question.js';

const PATH = '/v1/notifications';
const KINDS = ['switch', 'lifecycle', 'validation', 'alert'];

interface Given {
  readonly user?: string;
  readonly kind?: string;
  readonly unacknowledged?: true;
  readonly silent?: true;
  readonly follow?: true;
  readonly limit: number;
}

export function addNotificationCommands(program: Command, ask: Ask, watch: Watch): void {
  const notifications = program
    .command('notifications')
    .description('notifications for operators (needs the scope operate or read) or for a user (act-as)');

  const list = notifications
    .command('list', { isDefault: true })
    .description('newest first')
    .option('--user <id>', 'notifications for this user', filled)
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(KINDS))
    .option('--unacknowledged', 'only those that were not acknowledged yet')
    .option('--silent', 'also those that nobody was to be shown')
    .addOption(
      new Option('--follow', 'instead of a list: what comes from now on, until Ctrl-C').conflicts([
        'kind',
        'unacknowledged',
        'silent',
      ]),
    );
  withLimit(list).action(({ user, kind, unacknowledged, silent, limit, ...given }: Given) => {
    if (given.follow) return watch((place) => follow(`${PATH}/stream${ofUser(user)}`, place));
    return ask(
      listed({
        path: PATH,
        what: 'notifications',
        row: notificationView,
        query: {
          userId: user,
          kind,
          unacknowledged: unacknowledged && 'true',
          includeSilent: silent && 'true',
        },
        most: limit,
        show: notificationsScreen,
        none: () => 'No notifications.',
      }),
    );
  });
  examples(list, '--unacknowledged', '--kind lifecycle', '--user user-456', '--follow');
  addAcknowledge(notifications, ask);
}

function addAcknowledge(notifications: Command, ask: Ask): void {
  const acknowledge = notifications
    .command('ack')
    .description('acknowledge one; who else has it still has to')
    .argument('<id>', 'as `notifications --json` shows it', filled)
    .option('--user <id>', 'for this user (needs the scope act-as)', filled)
    .action((id: string, { user }: { user?: string }) =>
      ask({
        send: (service) =>
          service.send({
            method: 'POST',
            path: `${PATH}/${encodeURIComponent(id)}/ack${ofUser(user)}`,
            effect: 'repeatable',
          }),
        answer: notificationView,
        show: acknowledgedScreen,
      }),
    );
  examples(acknowledge, '<id>', '<id> --user user-456');
}

const ofUser = (user: string | undefined): string =>
  user === undefined ? '' : `?${new URLSearchParams({ userId: user })}`;
