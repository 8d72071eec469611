import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty, noun, withYes } from './command-help.js';
import { count } from './fields.js';
import { stripControlChars } from './output.js';
import { listed } from './pagination.js';
import { parseSpan } from './parse-time.js';
import { type Column, facts, type Page, timeOr } from './render.js';
import { addDeliveryCommands } from './webhook-delivery-commands.js';

type Webhook = Schemas['Webhook'];
type WebhookWithSecret = Schemas['WebhookWithSecret'];

/** The service itself waits for the receiver. */
const PATIENCE = { totalMs: 65_000, firstAttemptMs: 65_000 };
const MAX_OVERLAP = 7 * 86_400;

const COLUMNS: readonly Column<Webhook>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'FEED', cell: ({ feed }) => feed, dropOrder: 2 },
  { head: 'URL', cell: ({ url }) => url },
  { head: 'STATUS', cell: statusOf },
  {
    head: 'LAST DELIVERY',
    cell: ({ deliveredAt }, page) => timeOr(deliveredAt, 'never', page),
    value: ({ deliveredAt }) => deliveredAt ?? '',
    dropOrder: 1,
  },
  {
    head: 'NEXT TRY',
    cell: ({ nextAttemptAt }, page) => timeOr(nextAttemptAt, '-', page),
    value: ({ nextAttemptAt }) => nextAttemptAt ?? '',
    dropOrder: 3,
  },
  { head: 'OWNER', cell: ({ owner }) => owner ?? '-', dropOrder: 4 },
];

export function addWebhookCommands(cli: Cli): void {
  const webhooks = noun(
    cli.program,
    'webhooks',
    'have notifications sent to a back end (needs the scope act-as, operate or read)',
  );
  webhooks
    .command('list')
    .description('the webhooks of this key (with the scope admin: all), and their states')
    .action(() =>
      cli.run(
        listed({
          page: (api) => api.GET('/v1/webhooks'),
          what: 'webhooks',
          columns: COLUMNS,
          none: ({ program }) =>
            `No webhooks yet. Make one: ${program} webhooks create https://push.example.com/switches --feed users`,
        }),
      ),
    );
  addShow(webhooks, cli);
  addCreate(webhooks, cli);
  addTest(webhooks, cli);
  addRotate(webhooks, cli);
  addResume(webhooks, cli);
  addDeliveryCommands(webhooks, cli);
  addDelete(webhooks, cli);
}

const withId = (command: Command) => command.argument('<id>', 'as `webhooks list` shows it', nonEmpty);
const pathOf = (id: string) => ({ params: { path: { id } } });

function addShow(webhooks: Command, { run }: Cli): void {
  const show = withId(webhooks.command('show').description('its state and its last error')).action(
    (id: string) =>
      run({ send: (client) => client.api().GET('/v1/webhooks/{id}', pathOf(id)), show: webhookText }),
  );
  examples(show, '<id>');
}

function addCreate(webhooks: Command, { run }: Cli): void {
  const create = webhooks
    .command('create')
    .description('make one and show its secret, once')
    .argument('<url>', 'where the back end takes messages: https', nonEmpty)
    .addOption(
      new Option('--feed <feed>', 'users: notifications of all users; operators: notifications of operators')
        .choices(['users', 'operators'])
        .makeOptionMandatory(),
    )
    .action((url: string, { feed }: { feed: Webhook['feed'] }) =>
      run({
        // One whose answer got lost would stay beside the second one, with a secret that nobody has.
        send: (client) => client.api().POST('/v1/webhooks', { body: { url, feed } }),
        show: (made, page) =>
          [
            `✅ ${stripControlChars(made.url)} gets notifications from now on.`,
            ...shownOnce(made, page),
          ].join('\n'),
        quiet: ({ secret }) => secret,
      }),
    );
  examples(create, 'https://push.example.com/switches --feed users');
}

function addTest(webhooks: Command, { run }: Cli): void {
  const test = withId(webhooks.command('test').description('send a test message now')).action((id: string) =>
    run({
      send: (client) => client.api({ patience: PATIENCE }).POST('/v1/webhooks/{id}/test', pathOf(id)),
      show: testedText,
      exitCode: ({ delivered }) => (delivered ? 0 : 1),
    }),
  );
  examples(test, '<id>');
}

function addRotate(webhooks: Command, { run }: Cli): void {
  const rotate = withId(webhooks.command('rotate'))
    .description('give it a new secret and show that, once')
    .option('--overlap <span>', 'how long both secrets sign: 0h, 12h, 7d at most', readOverlap, 86_400)
    .action((id: string, { overlap }: { overlap: number }) => {
      const body = { overlapSeconds: overlap };
      return run({
        send: (client) => client.api().POST('/v1/webhooks/{id}/rotate', { ...pathOf(id), body }),
        show: (made, page) =>
          [`✅ ${stripControlChars(made.url)} has a new secret.`, ...shownOnce(made, page)].join('\n'),
        quiet: ({ secret }) => secret,
      });
    });
  examples(rotate, '<id>', '<id> --overlap 12h');
}

function addResume(webhooks: Command, { run }: Cli): void {
  const resume = withId(webhooks.command('resume'))
    .alias('go-on')
    .description('deliver now what waits, also after it was disabled')
    .option('--after <seq>', 'deliver everything after this number, again if need be', count)
    .action((id: string, { after }: { after?: number }) =>
      run({
        send: (client) =>
          client
            .api({ effect: 'repeatable' })
            .POST('/v1/webhooks/{id}/resume', { ...pathOf(id), body: { after } }),
        show: ({ url, position }) =>
          `✅ ${stripControlChars(url)} gets the notifications after ${position ?? 'its position'} immediately.`,
      }),
    );
  examples(resume, '<id>', '<id> --after 1200');
}

function addDelete(webhooks: Command, { run }: Cli): void {
  const remove = withYes(withId(webhooks.command('delete').description('end it'))).action(
    (id: string, { yes }: { yes?: true }) =>
      run({
        send: (client) => client.api().DELETE('/v1/webhooks/{id}', pathOf(id)),
        show: ({ url }) => `✅ ${stripControlChars(url)} gets no more notifications.`,
        confirm: yes
          ? undefined
          : async (client) => {
              const { data } = await client.api().GET('/v1/webhooks/{id}', pathOf(id));
              return data && `${data.url} gets no more notifications, and its secret is gone. Delete it?`;
            },
      }),
  );
  examples(remove, '<id>', '<id> --yes');
}

function webhookText(webhook: Webhook, page: Page): string {
  return [
    stripControlChars(webhook.url),
    ...facts([
      ['Id', webhook.id],
      ['Feed', webhook.feed],
      ['Owner', webhook.owner],
      ['Status', statusOf(webhook)],
      ['Position', webhook.position?.toString()],
      ['Last delivery', timeOr(webhook.deliveredAt, 'never', page)],
      ['Failing since', webhook.failingSince && timeOr(webhook.failingSince, '-', page)],
      ['Next try', webhook.nextAttemptAt && timeOr(webhook.nextAttemptAt, '-', page)],
      ['Deliveries', `${page.program} webhooks deliveries ${webhook.id}`],
      ['Resume', webhook.status === 'disabled' ? `${page.program} webhooks resume ${webhook.id}` : undefined],
    ]),
  ].join('\n');
}

function testedText({ delivered, status, error }: Schemas['WebhookDelivery']): string {
  return delivered
    ? `✅ The receiver took the test message (${status}).`
    : `❌ The receiver did not take the test message: ${stripControlChars(error ?? 'no reason given')}.`;
}

function shownOnce({ id, secret, feed }: WebhookWithSecret, { program }: Page): string[] {
  return [
    '',
    `   ${stripControlChars(secret)}`,
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

function statusOf({ status, failures, lastError }: Webhook): string {
  return lastError ? `${status}: ${lastError}${failures ? `, ${failures} times` : ''}` : status;
}

function readOverlap(given: string): number {
  const seconds = parseSpan(given);
  if (seconds === undefined || seconds > MAX_OVERLAP)
    throw new InvalidArgumentError('It must be a span of 7 days at most: 0h, 12h, 7d.');
  return seconds;
}
