import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import type { ApiClient } from './api-client.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { stripControlChars } from './output.js';
import { listed } from './pagination.js';
import { parseSpan } from './parse-time.js';
import {
  addDelete,
  addResume,
  deliveryFacts,
  lastDeliveryColumn,
  PATIENCE,
  pathOf,
  statusOf,
  withId,
} from './receiver-commands.js';
import { type Column, facts, type Page, timeOr } from './render.js';
import { addDeliveryCommands } from './webhook-delivery-commands.js';

type Webhook = Schemas['Webhook'];
type WebhookWithSecret = Schemas['WebhookWithSecret'];

const MAX_OVERLAP = 7 * 86_400;

const COLUMNS: readonly Column<Webhook>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'FEED', cell: ({ feed }) => feed, dropOrder: 2 },
  { head: 'URL', cell: ({ url }) => url },
  { head: 'STATUS', cell: statusOf },
  lastDeliveryColumn,
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
  addResume(webhooks, cli, REQUESTS).alias('go-on');
  addDeliveryCommands(webhooks, cli);
  addDelete(webhooks, cli, REQUESTS);
}

const REQUESTS = {
  nameOf: ({ url }: Webhook) => url,
  get: (client: ApiClient, id: string) => client.api().GET('/v1/webhooks/{id}', pathOf(id)),
  resume: (client: ApiClient, id: string, after: number | undefined) =>
    client.api({ effect: 'repeatable' }).POST('/v1/webhooks/{id}/resume', { ...pathOf(id), body: { after } }),
  remove: (client: ApiClient, id: string) => client.api().DELETE('/v1/webhooks/{id}', pathOf(id)),
};

function addShow(webhooks: Command, { run }: Cli): void {
  const show = withId(webhooks.command('show').description('its state and its last error')).action(
    (id: string) => run({ send: (client) => REQUESTS.get(client, id), show: webhookText }),
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

function webhookText(webhook: Webhook, page: Page): string {
  return [
    stripControlChars(webhook.url),
    ...facts([
      ['Id', webhook.id],
      ['Feed', webhook.feed],
      ['Owner', webhook.owner],
      ['Status', statusOf(webhook)],
      ['Position', webhook.position?.toString()],
      ...deliveryFacts(webhook, page),
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

function readOverlap(given: string): number {
  const seconds = parseSpan(given);
  if (seconds === undefined || seconds > MAX_OVERLAP)
    throw new InvalidArgumentError('It must be a span of 7 days at most: 0h, 12h, 7d.');
  return seconds;
}
